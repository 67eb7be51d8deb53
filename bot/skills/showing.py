"""How values, days and deadlines are said: shared by the skills that show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.messages import Timeline, TimelineRow
from bot.turn import Turn
from rules_engine.model import DeadlineResult
from storage.records import Company

_BEHIND_A_NAME = re.compile(r"^(?:'s\b|那家|这家|那边|这边|他们|公司|呢|的|[,:。!?、\s])+")
_TURNING = re.compile(
    r"(?:那么?|好的?|嗯|行|先|再|接着|然后|说?回到?|转回|切换?[回到]?|换[回到]?|转到|看看?|说说?|查查?|问问?|一?下|"
    r"ok|so|and|now|(?:switch(?:ing)?|go(?:ing)?|back|turn) ?(?:back )?to|[,，。 ])+"
)


def day(turn: Turn, on: date) -> str:
    """2026年2月28日（周六）."""
    weekday = turn.say.say(f"weekday.{on.isoweekday()}")
    return turn.say.say("day", year=on.year, month=on.month, day=on.day, weekday=weekday, iso=on.isoformat())


def of_whom(turn: Turn) -> str:
    """The name of the company in play before what is said of it, where the contact has several."""
    company, known = turn.company, [item for item in turn.talk.companies.values() if item.name]
    return turn.say.say("of_whom", name=company.name) if company and company.name and len(known) > 1 else ""


def value(turn: Turn, name: str, held: Any) -> str:
    """A fact's value as a person says it: 4, 是, 至少 5, 2026年2月28日."""
    if isinstance(held, bool):
        return turn.say.say("value.yes" if held else "value.no")
    if isinstance(held, Mapping):
        return _loose(turn, name, held)
    if isinstance(held, list | tuple):
        held = [_called(turn, name, item) for item in held]
        return turn.say.say("value.list", count=len(held), items=[value(turn, name, item) for item in held])
    definition = turn.sources.rulebook.facts.get(name)
    if definition is not None and isinstance(held, str):
        if held in definition.choices:
            return turn.say.words(definition.choices[held])
        if definition.type == "date":
            return day(turn, date.fromisoformat(held))
    return str(held)


def label(turn: Turn, name: str) -> str:
    """A fact's short noun."""
    definition = turn.sources.rulebook.facts.get(name)
    return turn.say.words(definition.label) if definition is not None else name


def brief(turn: Turn, name: str) -> str:
    """A fact in a few characters, for cards and buttons."""
    definition = turn.sources.rulebook.facts.get(name)
    return turn.say.words(definition.brief) if definition is not None else name


def timeline(turn: Turn, deadlines: tuple[DeadlineResult, ...]) -> Timeline:
    """Deadlines as shown, rest-day notes included."""
    return Timeline(
        tuple(
            TimelineRow(
                on=item.due,
                day=day(turn, item.due),
                title=turn.say.words(item.title),
                status=item.status.value,
                remaining=turn.say.say(
                    "remaining.within", months=item.within_months, left=remaining(turn, item)
                ),
                note=turn.say.words(item.postponement) if item.postponement else "",
            )
            for item in deadlines
        )
    )


def remaining(turn: Turn, item: DeadlineResult) -> str:
    """还有 7 天, 今天, 已过 3 天, 已完成."""
    return turn.say.say(f"remaining.{item.status}", days=abs(item.days_left))


def without_name(words: str, called: str) -> str:
    """What a message says behind the name of a company, or the first part of the name, at its head."""
    turning = _TURNING.match(words.lower())
    if turning and words[turning.end() :][:2] in called:
        words = words[turning.end() :]  # 回到恒信达，启动哪天
    head = next((size for size in range(len(called), 1, -1) if words[:size] in called), 0)
    return _BEHIND_A_NAME.sub("", words[head:]) if head else words


def known_as(turn: Turn, company: Company) -> str:
    """A company by its name, or that it has none yet."""
    return company.name or turn.say.say("company.unnamed")


def _called(turn: Turn, name: str, item: Any) -> Any:
    """An item of a list as it is called: a record goes by its key, a person by the name."""
    definition = turn.sources.rulebook.facts.get(name)
    keys = [column.name for column in definition.fields if column.key] if definition is not None else []
    return " ".join(str(item.get(key, "")) for key in keys) if keys and isinstance(item, Mapping) else item


def _loose(turn: Turn, name: str, held: Mapping[str, Any]) -> str:
    low, high = held.get("min", held.get("from")), held.get("max", held.get("to"))
    said = [value(turn, name, end) if end is not None else None for end in (low, high)]
    return turn.say.say("value.loose", low=said[0], high=said[1])
