"""A published list read from a file: its companies, and every row that cannot be read with the reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot.lists.columns import find_header, kind_of
from bot.lists.errors import ListError
from bot.lists.files import read_rows
from bot.lists.names import normal
from bot.phrases import Phrases
from storage.records import ListedCompany, PublishedList

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be read. ``code`` names a phrase of ``list.row``; ``given``: the cell, or the line of
    the same company."""

    line: int
    code: str
    given: str = ""

    def said(self, say: Phrases) -> str:
        """Why, in a language."""
        return say.say(f"list.row.{self.code}", given=self.given)


@dataclass(frozen=True, slots=True)
class ReadList:
    """A file, read."""

    published: PublishedList
    rows: tuple[ListedCompany, ...]
    faults: tuple[Fault, ...]


def read_list(
    path: Path, *, at: datetime, published_on: date | None = None, kind: str = "", name: str = ""
) -> ReadList:
    """Read a list. ``published_on`` and ``kind`` hold where a row says nothing of its own; ``name`` is what
    contacts read, else the file's. Raises ListError for the file as a whole."""
    rows = read_rows(path)
    place, columns = find_header(rows)
    if published_on is None and "published" not in columns:
        raise ListError("no publication date: neither a column nor --published gives it", "no_day")
    reader = _RowReader(columns, published_on, kind)
    for line, cells in rows[place + 1 :]:
        reader.read(line, cells)
    if not reader.rows and not reader.faults:
        raise ListError(f"{path.name}: there is no row below the header", "no_rows")
    days = [row.published_on for row in reader.rows if row.published_on is not None]
    found = tuple(replace(row, id=_row_id(row)) for row in reader.rows)
    list_id = _digest(*sorted(row.id for row in found))
    return ReadList(
        PublishedList(list_id, name or path.stem, published_on or min(days, default=at.date()), at),
        tuple(replace(row, list_id=list_id) for row in found),
        tuple(reader.faults),
    )


class _BadRow(ValueError):
    """Why a row cannot be read: a fault's code and what was given."""

    def __init__(self, code: str, given: str = "") -> None:
        super().__init__(code, given)
        self.code = code
        self.given = given


class _RowReader:
    """Reads row by row; the same company twice is a fault of the second row."""

    def __init__(self, columns: Mapping[str, int], published_on: date | None, kind: str) -> None:
        self.rows: list[ListedCompany] = []
        self.faults: list[Fault] = []
        self._columns = columns
        self._published_on = published_on
        self._kind = kind
        self._lines: dict[str, int] = {}

    def read(self, line: int, cells: tuple[str, ...]) -> None:
        try:
            row = self._row(line, cells)
        except _BadRow as bad:
            self.faults.append(Fault(line, bad.code, bad.given))
            return
        key = row.credit_code or normal(row.name)
        if key in self._lines:
            self.faults.append(Fault(line, "twice", str(self._lines[key])))
        else:
            self._lines[key] = line
            self.rows.append(row)

    def _row(self, line: int, cells: tuple[str, ...]) -> ListedCompany:
        name = self._cell(cells, "company")
        if not normal(name):
            raise _BadRow("no_name")
        kind = kind_of(self._cell(cells, "kind"))
        if kind is None:
            raise _BadRow("kind", self._cell(cells, "kind"))
        return ListedCompany(
            id="",
            list_id="",
            line=line,
            name=name,
            credit_code=credit_code(self._cell(cells, "credit_code")),
            district=self._cell(cells, "district"),
            industry=self._cell(cells, "industry"),
            kind=kind or self._kind,
            published_on=self._day(self._cell(cells, "published")),
        )

    def _cell(self, cells: tuple[str, ...], field: str) -> str:
        column = self._columns.get(field)
        return cells[column] if column is not None and column < len(cells) else ""

    def _day(self, cell: str) -> date:
        if not cell:
            if self._published_on is None:
                raise _BadRow("no_day")
            return self._published_on
        found = _DAY.fullmatch(cell) or _COMPACT_DAY.fullmatch(cell)
        try:
            if found is None:
                raise ValueError
            return date(*map(int, found.groups()))
        except ValueError:
            raise _BadRow("day", cell) from None


def credit_code(text: str) -> str:
    """A unified social credit code, checked; "" for an empty cell. Raises ValueError with the reason."""
    if not text:
        return ""
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, ValidationError

    if "E+" in text.upper():
        raise _BadRow("code_cut", text)
    try:
        return str(uscc.validate(text))
    except InvalidChecksum:
        raise _BadRow("code_digit", text) from None
    except ValidationError:
        raise _BadRow("code", text) from None


def _row_id(row: ListedCompany) -> str:
    """What a row says, whatever the file is called: the same row of another file is the same row."""
    day = row.published_on.isoformat() if row.published_on is not None else ""
    return _digest(day, row.credit_code or normal(row.name), row.kind)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_ID_LENGTH]
