"""社保那个删掉: one thing that was told is no longer held; what follows from it is judged anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.messages import Intent, Reply, Text
from bot.skills import checks, deadlines
from bot.skills.cues import hear
from bot.skills.help import starts
from bot.skills.showing import brief, label, value
from bot.turn import Turn

_FEW = 24  # characters of a message that strikes something out, twice as many in Latin letters
_NO_NOUN = re.compile(r"[\d\W_]+|[零〇一二两三四五六七八九十百]+")
_LEAST = 2  # signs that a noun shares with what it names; of Latin letters
_LEAST_LATIN = 5
_OWN = (
    "人员",
    "审核",
    "公司",
    "一个",
    "这个",
    "那个",
    "发布",
    "清洁",
    "生产",
    "类型",
    "方式",
    "有没",
    "没有",
)


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
    """The facts held that the words name best: by their nouns, or by the words they were told in."""
    shared = {name: max(map(len, _shared(turn, name)), default=0) for name in turn.facts}
    most = max(shared.values(), default=0)
    return tuple(name for name, size in shared.items() if size == most) if most else ()


def _shared(turn: Turn, name: str) -> Iterator[str]:
    """The runs of signs that the message has in common with what a fact is called."""
    words = turn.read.text.lower()
    definition = turn.sources.rulebook.facts.get(name)
    called = [turn.said.get(name, ""), brief(turn, name), label(turn, name)]
    called += [definition.label.zh, definition.brief.zh] if definition is not None else []
    for part in (part for text in called for part in _NO_NOUN.split(text.lower()) if part not in _OWN):
        least = _LEAST_LATIN if part.isascii() else _LEAST
        for start in range(len(part) - least + 1):
            size = next(
                (
                    size
                    for size in range(len(part) - start, least - 1, -1)
                    if part[start : start + size] in words
                ),
                0,
            )
            if size and part[start : start + size] not in _OWN:
                yield part[start : start + size]
