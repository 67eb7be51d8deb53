"""A roster read from a spreadsheet's rows: the people that the rulebook's roster knows, columns that must be
asked about, and what is no roster at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.lists.errors import ListError
from bot.lists.files import Bounds, Row, read_sheets
from bot.rosters.columns import NAME, Decision, Doubt, find_header, lists_companies
from bot.rosters.rows import ROSTER, Person, RowReader
from bot.rosters.words import SINCE, limit
from rules_engine.intake import take
from rules_engine.model import Words
from rules_engine.rules import Rules

_MEGABYTE = 2**20
_ROWS = 3_000  # of a sheet, empty ones included; how many people is another matter


@dataclass(frozen=True, slots=True)
class Roster:
    """A file's people. ``doubts``: columns that must be asked about; ``missing``: fields without a column."""

    people: tuple[Person, ...]
    doubts: tuple[Doubt, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def records(self) -> list[dict[str, Any]]:
        """The people as the fact ``roster``."""
        return [dict(person.record) for person in self.people]


def read_file(path: Path) -> list[Row]:
    """The rows of the file's roster. Raises UserError with one sentence for anything that is none."""
    bounds = Bounds(limit("megabytes") * _MEGABYTE, limit("megabytes_unpacked") * _MEGABYTE, _ROWS)
    try:
        sheets = read_sheets(path, bounds, computed=True)
    except ListError as error:
        raise UserError(f"file.{error.fault}", limit=error.limit) from error
    best = max(sheets, key=lambda rows: (NAME in (found := find_header(rows)).columns, found.worth))
    header = find_header(best)
    may_be_named = any(doubt.field == NAME for doubt in header.doubts)
    if header.worth > 2 and (NAME in header.columns or may_be_named):
        return best
    if all(len([cell for cell in cells if cell]) < 2 for _, cells in best):
        raise UserError("file.wrong_type")  # words, line by line
    if lists_companies(best):
        raise UserError("file.companies")
    raise UserError("file.no_people" if NAME in header.columns else "file.no_names")


def read_people(
    rows: Sequence[Row],
    rules: Rules,
    today: date,
    decided: Sequence[Decision] = (),
    *,
    blank_is_none: bool = False,
) -> Roster:
    """The people of a roster's rows. ``decided``: what was answered about doubtful columns;
    ``blank_is_none``: the user said that an empty cell means that there is none. Raises UserError where
    there is nobody, or too many."""
    header = find_header(rows, decided)
    if not header.doubts and len(header.columns) < 2:
        raise UserError("file.no_people" if NAME in header.columns else "file.no_names")
    people = tuple(
        RowReader(rules, header, today, blank_is_none=blank_is_none).people(rows[header.place + 1 :])
    )
    if not people and NAME in header.columns:
        raise UserError("file.nobody")
    if len(people) > limit("people"):
        raise UserError("file.too_many_people", limit=limit("people"))
    missing = [
        column.name
        for column in rules.facts[ROSTER].fields
        if column.name not in header.columns and not (column.type == "count" and SINCE in header.columns)
    ]
    return Roster(people, header.doubts, tuple(missing))


def refused(rules: Rules, roster: Roster) -> Words | None:
    """Why the rulebook does not take these people (the same person twice), or None where it does."""
    return take(rules.facts, {ROSTER: roster.records}).rejected.get(ROSTER)
