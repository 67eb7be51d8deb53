"""Takes facts in as JSON: each value is checked and becomes a plain value, an Interval, or a rejection."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.definitions import FactDefinition, RecordField
from rules_engine.model import Interval, Words
from rules_engine.script import simplify
from rules_engine.values import interval
from rules_engine.wording import say

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Accepted:
    """Facts that may be used and, by name, why others may not."""

    values: Mapping[str, Any]
    rejected: Mapping[str, Words]


class _Refused(Exception):
    def __init__(self, reason: Words) -> None:
        super().__init__(reason.en)
        self.reason = reason


def take(definitions: Mapping[str, FactDefinition], facts: Mapping[str, Any]) -> Accepted:
    """Check each fact by itself. Null is absent. Names must be known already."""
    values: dict[str, Any] = {}
    rejected: dict[str, Words] = {}
    for name, value in facts.items():
        if value is None:
            continue
        try:
            values[name] = _READERS[definitions[name].type](definitions[name], value)
        except _Refused as refusal:
            rejected[name] = refusal.reason
    return Accepted(values, rejected)


def _count(definition: FactDefinition, value: Any) -> Any:
    if isinstance(value, dict):
        return _range(value, "min", "max", lambda end: _whole(definition, end))
    return _whole(definition, value)


def _whole(definition: FactDefinition, value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Refused(say("rejected.not_a_count"))
    _within(definition, value)
    return int(value)


def _number(definition: FactDefinition, value: Any) -> Any:
    if isinstance(value, dict):
        return _range(value, "min", "max", lambda end: _plain_number(definition, end))
    return _plain_number(definition, value)


def _plain_number(definition: FactDefinition, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Refused(say("rejected.not_a_number"))
    _within(definition, value)
    return value


def _within(definition: FactDefinition, value: float) -> None:
    if definition.maximum is not None and value > definition.maximum:
        raise _Refused(say("rejected.too_large", maximum=definition.maximum))
    if definition.minimum is not None and value < definition.minimum:
        raise _Refused(say("rejected.too_small", minimum=definition.minimum))


def _range(value: Mapping[str, Any], low: str, high: str, read: Any) -> Any:
    if not value or not value.keys() <= {low, high}:
        raise _Refused(say("rejected.empty_interval"))
    first, last = (None if value.get(key) is None else read(value[key]) for key in (low, high))
    if first is last is None or (first is not None and last is not None and first > last):
        raise _Refused(say("rejected.empty_interval"))
    return interval(first, last)


def _boolean(_: FactDefinition, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Refused(say("rejected.not_a_boolean"))
    return value


def _date(_: FactDefinition, value: Any) -> date | Interval:
    if isinstance(value, dict):
        found: date | Interval = _range(value, "from", "to", _day)
        return found
    return _day(value)


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        if not isinstance(value, str) or len(value) != len("2000-01-01"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise _Refused(say("rejected.no_such_day")) from None


def _choice(definition: FactDefinition, value: Any) -> str:
    value = definition.accepts.get(value, value) if isinstance(value, str) else value
    if not isinstance(value, str) or value not in definition.choices:
        raise _Refused(say("rejected.not_a_choice", choices=" / ".join(map(str, definition.choices))))
    return value


def _text(_: FactDefinition, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_TEXT:
        raise _Refused(say("rejected.not_a_text"))
    return value.strip()


def _counts(definition: FactDefinition, value: Any) -> tuple[Any, ...]:
    return tuple(_count(definition, item) for item in _list(value))


def _dates(definition: FactDefinition, value: Any) -> tuple[Any, ...]:
    return tuple(_date(definition, item) for item in _list(value))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise _Refused(say("rejected.not_a_list"))
    return list(value)


def _records(definition: FactDefinition, value: Any) -> tuple[Mapping[str, Any], ...]:
    fields = {item.name: item for item in definition.fields}
    records = tuple(_record(definition, fields, row, line) for line, row in enumerate(_list(value), 1))
    for key in (item.name for item in definition.fields if item.key):
        seen: set[str] = set()
        for record in records:
            name = "".join(str(record[key]).split()).casefold()
            if name in seen:
                raise _Refused(say("rejected.twice", name=record[key]))
            seen.add(name)
    return records


def _digits(column: RecordField, text: str) -> int | str:
    """A spreadsheet's number that was typed as text: "18", "18个月"."""
    for ending in column.endings:
        text = text.removesuffix(ending).strip()
    return int(text) if text.isascii() and text.isdigit() else text


def _record(
    definition: FactDefinition, fields: Mapping[str, RecordField], row: Any, number: int
) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise _Refused(say("rejected.not_a_list"))
    record: dict[str, Any] = {}
    for name, value in row.items():
        if name not in fields:
            raise _Refused(say("rejected.unknown_field", row=number, field=name))
        if value is None or value == "":
            continue
        try:
            cell = _cell(definition, fields[name], value)
        except _Refused as refusal:
            raise _Refused(
                say("rejected.in_row", row=number, field=fields[name].label, reason=refusal.reason)
            ) from None
        if cell is not None:
            record[name] = cell
    if any(item.key and item.name not in record for item in fields.values()):
        raise _Refused(say("rejected.unnamed", row=number))
    return record


def _cell(definition: FactDefinition, column: RecordField, value: Any) -> Any:
    """A spreadsheet's cell. None where its words are not recognised: unclear is unknown, not wrong."""
    if isinstance(value, str):
        value = value.strip()
    if column.type == "choice" and isinstance(value, str):
        return _recognised(column, value)
    if isinstance(value, str) and value in column.accepts:
        return column.accepts[value]
    if column.type == "count":
        return _whole(definition, _digits(column, value) if isinstance(value, str) else value)
    return _boolean(definition, value) if column.type == "boolean" else _text(definition, value)


def _recognised(column: RecordField, text: str) -> Any:
    """The value that words mean, in either script; None where they are not known."""
    found = _known(column, text.casefold())
    return _known(column, simplify(text.casefold())) if found is None else found


def _known(column: RecordField, plain: str) -> Any:
    """The words as they stand, else the longest known words within them.

    A negation within (无高级职称) leaves it open, for what it denies cannot be told.
    """
    if plain in column.choices:
        return plain
    if plain in column.accepts:
        return column.accepts[plain]
    if any(word in plain for word in column.negations):
        return None
    return column.accepts.get(max((word for word in column.accepts if word in plain), key=len, default=""))


_READERS = {
    "count": _count,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "choice": _choice,
    "text": _text,
    "counts": _counts,
    "dates": _dates,
    "records": _records,
}
