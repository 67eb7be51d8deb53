"""A roster's row as a person: each cell with the value that the rulebook makes of it. What does not tell is
unknown, never wrong; what several columns say of one field is taken together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.lists.files import Row
from bot.lists.names import normal
from bot.rosters import cells
from bot.rosters.columns import NAME, Header
from bot.rosters.words import EXPIRY, SINCE, is_person, means, table
from rules_engine.definitions import Condition, CountRecords, RecordField
from rules_engine.derivation import names_subject
from rules_engine.intake import take
from rules_engine.rules import Rules

ROSTER = "roster"  # the fact that holds people, from which counts follow

_LONGEST = 200  # characters of a text that the rulebook takes
_NONE = "none"  # the choice of those who have nothing of the kind


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster. ``given``: what the cells say, by field, as written; ``record``: what of it
    was understood; ``expires``: the day on which the certificate ends."""

    line: int
    name: str
    given: Mapping[str, str]
    record: Mapping[str, Any]
    expires: date | None = None
    unclear: tuple[str, ...] = ()  # fields whose cell says something that was not understood
    blank: tuple[str, ...] = ()  # fields with a column and an empty cell that could stand for none


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands under a title."""

    title: str
    text: str


class RowReader:
    """Reads rows into people. ``blank_is_none``: an empty cell says that there is none."""

    def __init__(self, rules: Rules, header: Header, today: date, *, blank_is_none: bool) -> None:
        self._rules = rules
        self._header = header
        self._today = today
        self._blank_is_none = blank_is_none
        self._fields = [field for field in rules.facts[ROSTER].fields if not field.key]

    def people(self, rows: Sequence[Row]) -> Iterator[Person]:
        """The people of the rows below the header; sums, notes and signatures are none."""
        for line, row in rows:
            filled = {name: self._filled(name, row) for name in self._header.columns}
            name = " ".join(_joined(filled.get(NAME, ())).split())[:_LONGEST]
            if name and is_person(name):
                yield self._person(line, name, filled)

    def _filled(self, field: str, row: Sequence[str]) -> tuple[_Cell, ...]:
        """The cells of a field's columns in which something stands."""
        columns = (self._header.columns[field], *self._header.more.get(field, ()))
        found = (_Cell(self._header.titles[at], row[at]) for at in columns if at < len(row))
        return tuple(cell for cell in found if cell.text and not means(cell.text, "empty"))

    def _person(self, line: int, name: str, filled: Mapping[str, tuple[_Cell, ...]]) -> Person:
        record: dict[str, Any] = {NAME: name}
        for field in self._fields:
            value = self._value(field, filled.get(field.name, ()))
            if value is None:
                value = self._from_elsewhere(field, filled)
            if value is not None:
                record[field.name] = value
        blank = [field.name for field in self._fields if self._is_blank(field, filled)]
        if self._blank_is_none:
            record.update({field: _NONE for field in blank if field not in record})
        unclear = (one.name for one in self._fields if filled.get(one.name) and one.name not in record)
        given = {field: _joined(found) for field, found in filled.items() if found}
        expires = cells.last_day(given.get(EXPIRY, ""))
        return Person(line, name, given, record, expires, tuple(unclear), tuple(blank))

    def _is_blank(self, field: RecordField, filled: Mapping[str, tuple[_Cell, ...]]) -> bool:
        return field.name in self._header.columns and not filled[field.name] and _NONE in field.choices

    # --- one field ---------------------------------------------------------------------------

    def _value(self, field: RecordField, found: Sequence[_Cell]) -> Any:
        """What a field's cells say, None where they do not tell."""
        if field.type == "choice":
            return self._of_several(field, [self._choice(field, cell) for cell in found])
        said = (self._single(field, cell) for cell in found)
        return next((value for value in said if value is not None), None)

    def _single(self, field: RecordField, cell: _Cell) -> Any:
        if field.type == "count":
            return self._count(cell)
        if field.type == "boolean":
            known = field.accepts.get(cell.text.casefold())
            return _yes_or_no(cell.text) if known is None else known
        return cell.text[:_LONGEST]

    def _count(self, cell: _Cell) -> int | None:
        """Months. A yes under a title that names a length of time (社保满一年) says that length."""
        length = cells.months(cell.title)
        if means(cell.text, "yes"):
            return length
        if means(cell.text, "no"):
            return 0 if length is None else None
        counts_years = normal(cell.title).endswith(tuple(map(normal, table("units")["years"])))
        found = cells.months(cell.text, in_years=counts_years)
        return self._possible(cells.months_paid(cell.text, self._today) if found is None else found)

    def _possible(self, number: int | None) -> int | None:
        """A number that the rulebook takes; a date typed as a number is none."""
        most = self._rules.facts[ROSTER].maximum
        return None if number is not None and most is not None and number > most else number

    def _choice(self, field: RecordField, cell: _Cell) -> str | None:
        """A yes under a title that names a choice (高级职称) says that choice. A no says that there is none,
        unless the title names one choice of several that would do (国家证书)."""
        if means(cell.text, "yes"):
            return self._recognised(field, cell.title)
        if means(cell.text, "no") and _NONE in field.choices:
            named = self._recognised(field, cell.title)
            return None if named is not None and self._wanted(field.name) - {named} else _NONE
        return self._recognised(field, cell.text)

    def _of_several(self, field: RecordField, said: Sequence[str | None]) -> str | None:
        """Of several columns the best counts: choices come best first. Where one does not tell, none of the
        others' noes settles it."""
        best = min((value for value in said if value is not None), key=field.choices.index, default=None)
        return None if best == _NONE and None in said else best

    def _recognised(self, field: RecordField, words: str) -> str | None:
        """The choice that the rulebook itself makes of the words."""
        probe = [{NAME: "-", field.name: words[:_LONGEST]}]
        found = take(self._rules.facts, {ROSTER: probe}).values.get(ROSTER, ({},))
        value = found[0].get(field.name)
        return None if value is None else str(value)

    # --- from other columns --------------------------------------------------------------------

    def _from_elsewhere(self, field: RecordField, filled: Mapping[str, tuple[_Cell, ...]]) -> Any:
        """Months counted from their first day; else what a neighbour's words say clearly."""
        if field.type == "count":
            return self._since(_joined(filled.get(SINCE, ())))
        if filled.get(field.name):
            return None
        neighbours = (_joined(filled.get(other, ())) for other in table("said_in").get(field.name, ()))
        said = (self._in_passing(field, words) for words in neighbours if words)
        return next((value for value in said if value is not None), None)

    def _since(self, text: str) -> int | None:
        paid = cells.months_paid(text, self._today)
        return self._possible(cells.months(text) if paid is None else paid)

    def _in_passing(self, field: RecordField, words: str) -> str | None:
        if field.type == "choice":
            return self._recognised(field, words)
        lists = (one.vocabulary for one in self._conditions if one.field == field.name and one.vocabulary)
        tells = any(names_subject(self._rules.vocabularies[name], words) is not None for name in lists)
        return words[:_LONGEST] if tells else None

    # --- the rulebook ----------------------------------------------------------------------------

    @cached_property
    def _conditions(self) -> tuple[Condition, ...]:
        """Everything that people of a roster are counted by."""
        return tuple(
            condition
            for fact in self._rules.facts.values()
            for way in fact.derived
            if isinstance(way, CountRecords) and way.source == ROSTER
            for condition in way.where
        )

    def _wanted(self, field: str) -> set[str]:
        """The choices of a field by which somebody is counted."""
        return {choice for one in self._conditions if one.field == field for choice in one.one_of}


def _joined(found: Sequence[_Cell]) -> str:
    return "、".join(cell.text for cell in found)


def _yes_or_no(text: str) -> bool | None:
    return True if means(text, "yes") else False if means(text, "no") else None
