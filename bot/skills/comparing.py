"""Several clients beside each other: how each stands in the check that was made for it."""

from __future__ import annotations

from bot.messages import Bullets, Intent, Reply, Text
from bot.skills import judged, portfolio
from bot.skills.clauses import standing
from bot.skills.showing import known_as
from bot.taps import button, offered
from bot.turn import Turn
from rules_engine.model import CheckResult, Verdict
from storage.records import Company

_ORDER = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS)  # what has to be done comes first


def can(turn: Turn) -> bool:
    """Whether there are several clients, and a check was made for one at least."""
    return portfolio.several(turn) and not turn.read.company and bool(_standings(turn))


def answer(turn: Turn) -> Reply:
    """Which of them are enough and which are not, a line each; those without a check are named too."""
    standings = _standings(turn)
    groups = [
        (verdict.value, [known_as(turn, one) for one, result in standings if result.verdict is verdict])
        for verdict in _ORDER
    ]
    checked = {one.id for one, _ in standings}
    unchecked = [known_as(turn, one) for one in portfolio.named(turn) if one.id not in checked]
    first = turn.say.say("comparing.headline", groups=[one for one in groups if one[1]], unchecked=unchecked)
    lines = tuple(judged.line(turn, one, result) for one, result in standings)
    refs = tuple(ref for _, result in standings for ref in result.failing or result.citations[:1])
    instrument = turn.sources.library.provision(refs[0]).instrument if refs else None
    return Reply(
        Intent.COMPANY,
        (Text(first, "headline"), Bullets(lines), *standing(turn, instrument)),
        offered(
            *(button(known_as(turn, one), "company", one.id) for one, _ in standings[: portfolio.BUTTONS])
        ),
        citations=turn.cite(refs),
    )


def _standings(turn: Turn) -> list[tuple[Company, CheckResult]]:
    """The companies for which a check was made, those first that are not enough."""
    made = [(one, result) for one in portfolio.named(turn) if (result := judged.of(turn, one)) is not None]
    return sorted(made, key=lambda held: _ORDER.index(held[1].verdict))
