"""社保那个删掉: one thing that was told is no longer held; what follows from it is judged anew."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Intent, Reply, Text
from bot.skills import checks, deadlines
from bot.skills.cues import hear
from bot.skills.help import starts
from bot.skills.showing import brief, value
from bot.turn import Turn

_FEW = 24  # characters of a message that strikes something out, twice as many in Latin letters


def can(turn: Turn) -> bool:
    """Whether the message strikes out something that is held, and tells nothing in its place."""
    words = turn.read.text
    short = len(words) <= (2 * _FEW if words.isascii() else _FEW)
    return short and not turn.read.question and "strike" in hear(words) and bool(_named(turn))


def strike(turn: Turn) -> Reply:
    """Drop what is named; then the check or the dates as they stand without it."""
    company = turn.company
    assert company is not None  # noqa: S101 - routed here by what it holds
    named, held = _named(turn), turn.facts
    struck = [
        turn.say.say("check.change", name=brief(turn, name), value=value(turn, name, held[name]))
        for name in named
    ]
    for name in named:
        turn.talk.facts.pop((company.id, name))
    # Whoever strikes it out does not know it now, so it is not asked again at once.
    turn.session.unknown = tuple(dict.fromkeys((*turn.session.unknown, *named)))
    first = Text(turn.say.say("asking.struck", facts=struck), "headline")
    again = _again(turn)
    return (
        Reply(Intent.COMPANY, (first,), starts(turn))
        if again is None
        else replace(again, blocks=(first, *again.blocks))
    )


def _again(turn: Turn) -> Reply | None:
    turn.read = replace(turn.read, unknown=())
    schedule = deadlines.compute(turn)
    deadlines.keep(turn, schedule)
    if turn.session.goals:
        return checks.answer(turn)
    return deadlines.answer(turn) if schedule.deadlines else None


def _named(turn: Turn) -> tuple[str, ...]:
    """What the words name of all that is held."""
    return tuple(name for name in turn.read.named if name in turn.facts)
