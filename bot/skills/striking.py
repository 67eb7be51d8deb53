"""社保那个删掉, 日期记错了: one thing that was told is no longer held, or is asked for anew."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.messages import Intent, Reply, Text
from bot.skills import asking, checks, companies, deadlines
from bot.skills.chatting import tells_nothing
from bot.skills.cues import hear
from bot.skills.help import starts
from bot.skills.showing import brief, value
from bot.turn import Turn
from bot.understanding.dialect import mandarin
from knowledge.kept import read_table

TABLE = Path(__file__).with_name("called.toml")
_CLAUSE = re.compile("[,。!;，！；]")
_FEW = 24  # characters of a message that strikes something out, twice as many in Latin letters


def can(turn: Turn) -> bool:
    """Whether the message strikes out something that is held, and tells nothing in its place."""
    words = turn.read.text
    short = len(words) <= (2 * _FEW if words.isascii() else _FEW)
    aside = not (turn.understood or turn.read.hypothetical or turn.read.leads)
    short = short or (aside and _in_a_clause(words))
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
    if again is None or not again.asks:
        turn.session.asked = ()
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


def can_all(turn: Turn) -> bool:
    """Whether all that was told is of no use, and no reminder hangs on it."""
    short = len(turn.read.text) <= (4 * _FEW if turn.read.text.isascii() else 2 * _FEW)
    known = bool(turn.facts) and turn.subscription is None and not turn.understood
    return short and known and not turn.read.question


def strike_all(turn: Turn) -> Reply:
    """前面说的全部不要了: nothing told of the company in play is held any more, and the talk begins anew."""
    company = turn.company
    assert company is not None  # noqa: S101 - routed here by what it holds
    struck = [
        turn.say.say("check.change", name=brief(turn, name), value=value(turn, name, held))
        for name, held in turn.facts.items()
    ]
    for name in turn.facts:
        turn.talk.facts.pop((company.id, name), None)
    turn.session.leave_check()
    turn.session.unknown = ()
    deadlines.keep(turn, deadlines.compute(turn))
    return Reply(
        Intent.CANCEL, (Text(turn.say.say("asking.struck", facts=struck), "headline"),), starts(turn)
    )


def can_amend(turn: Turn) -> bool:
    """Whether the message says that something held is wrong, and not yet what it is instead."""
    words = turn.read.text
    short = len(words) <= (2 * _FEW if words.isascii() else _FEW)
    named = bool(turn.read.named or _called(turn)) and not _named(turn)
    return short and bool(turn.facts) and not named and tells_nothing(turn)


def amend(turn: Turn) -> Reply:
    """What is named is asked for anew; where nothing is, all that is noted, each with a button."""
    named = _named(turn)
    return asking.anew(turn, named[0]) if named else companies.noted(turn)


def _in_a_clause(words: str) -> bool:
    """名录那个先当我没说，那位也不太肯定: one clause strikes it out and names it, the others say why."""
    if len(words) > 2 * _FEW:
        return False
    return any("strike" in hear(part) and _calls(part) for part in _CLAUSE.split(words))


def _named(turn: Turn) -> tuple[str, ...]:
    """What the words name of all that is held."""
    named = tuple(name for name in turn.read.named if name in turn.facts)
    return named or tuple(name for name in _called(turn) if name in turn.facts)[:1]


def _called(turn: Turn) -> tuple[str, ...]:
    """What the words may name, held or not, by what people call it."""
    return _calls(turn.read.text)


def _calls(text: str) -> tuple[str, ...]:
    words = mandarin(text.lower())
    return tuple(name for name, form in _names().items() if form.search(words))


@cache
def _names() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(form) for name, form in read_table(TABLE)["called"].items()}
