"""Which column of a roster holds what: sure by its header, or likely enough to ask about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from bot.lists.files import Row
from bot.lists.names import normal
from bot.rosters.words import normal_table, table

NAME = "name"

_HEADER_WITHIN = 15  # rows: titles and notes may stand above the header
_LONGEST_HEADER = 40
_SURE = 86.0  # of 100: how near a header must come to a usual one
_LIKELY = 62.0  # from here on it is asked about
_ASKED_ABOUT = 75.0  # a header that is known to mean one thing or another
_CONTAINED = 84.0  # a usual header within a longer one; grows with how much of it that is
_BRACKETS = re.compile(r"[（(\[【].*?(?:[）)\]】]|$)|[:：].*$")

Decision = tuple[int, str, bool]  # column, field, whether it is that


@dataclass(frozen=True, slots=True)
class Doubt:
    """A header that may mean a field: ``header`` as written in ``column``."""

    column: int
    field: str
    header: str


@dataclass(frozen=True, slots=True)
class Header:
    """The last row of headers among the rows, what the columns are called, the column of each field, and
    what is to be asked about. ``more``: further columns that surely say the same (国家证书, 省级证书)."""

    place: int
    titles: tuple[str, ...]
    columns: Mapping[str, int]
    doubts: tuple[Doubt, ...] = ()
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def worth(self) -> int:
        """How much of a roster was recognised."""
        return 2 * len(self.columns) + len(self.doubts)


def find_header(rows: Sequence[Row], decided: Iterable[Decision] = ()) -> Header:
    """The header row, or two where titles are divided. ``decided``: what was answered about doubtful
    columns."""
    answers = tuple(decided)
    found = [_read(place, cells, answers) for place, (_, cells) in enumerate(rows[:_HEADER_WITHIN])]
    best = max(found, key=_likeliness)
    divided = _with_next(rows, best)
    return max(best, _read(best.place + 1, divided, answers), key=_likeliness) if divided else best


def _likeliness(header: Header) -> tuple[bool, int, int]:
    return NAME in header.columns, header.worth, -header.place


def _with_next(rows: Sequence[Row], header: Header) -> tuple[str, ...]:
    """The header with the row below it, where that divides its titles (社保: 起缴, 月数) and names nobody."""
    name = header.columns.get(NAME)
    if name is None or header.place + 1 >= len(rows):
        return ()
    below = rows[header.place + 1][1]
    if name < len(below) and below[name]:
        return ()
    titles, over = [], ""
    for column in range(max(len(header.titles), len(below))):
        own = header.titles[column] if column < len(header.titles) else ""
        part = below[column] if column < len(below) else ""
        over = own or over
        titles.append(f"{over}{part}" if part else own)
    return tuple(titles)


def lists_companies(rows: Sequence[Row]) -> bool:
    """Whether the rows are a published list of enterprises rather than people."""
    names = normal_table("others")["company"]
    return any(normal(cell) in names for _, cells in rows[:_HEADER_WITHIN] for cell in cells)


def _read(place: int, cells: Sequence[str], decided: Sequence[Decision]) -> Header:
    columns = {name: column for column, name, right in decided if right}
    refused = {column for column, _, right in decided if not right}
    doubts: dict[str, Doubt] = {}
    scores = sorted(_scores(cells), key=lambda found: (-found[0], found[2]))
    for score, name, column in scores:
        taken = {*columns.values(), *(doubt.column for doubt in doubts.values())}
        if column in taken or column in refused or name in columns or name in doubts:
            continue
        if score >= _SURE:
            columns[name] = column
        elif not _is_of_no_use(cells[column]):
            doubts[name] = Doubt(column, name, cells[column])
    used = {*columns.values(), *refused, *(doubt.column for doubt in doubts.values())}
    return Header(place, tuple(cells), columns, tuple(doubts.values()), _more(cells, scores, used))


def _more(
    cells: Sequence[str], scores: Iterable[tuple[float, str, int]], used: Iterable[int]
) -> dict[str, tuple[int, ...]]:
    """Columns left over that surely say what another says already, each under the field it says best."""
    more: dict[str, tuple[int, ...]] = {}
    taken = set(used)
    for score, name, column in scores:
        if score >= _SURE and name != NAME and column not in taken and not _is_of_no_use(cells[column]):
            taken.add(column)
            more[name] = (*more.get(name, ()), column)
    return more


def _is_of_no_use(header: str) -> bool:
    """Whether a column holds numbers of papers, offices or telephones: never worth a question."""
    return normal(header).endswith(tuple(map(normal, table("fillers")["useless_ends"])))


def _scores(cells: Sequence[str]) -> list[tuple[float, str, int]]:
    """How much each cell speaks for each field, where it is worth asking at all."""
    return [
        (score, name, column)
        for column, cell in enumerate(cells)
        for name, aliases in normal_table("columns").items()
        if (score := _likeness(cell, name, aliases)) >= _LIKELY
    ]


def _without_fillers(header: str) -> str:
    """A header without words that say nothing: 社保情况."""
    for filler in normal_table("fillers")["anywhere"]:
        header = header.replace(filler, "")
    return header


@cache
def _doubtful() -> frozenset[str]:
    """Headers that are known to mean one thing or another, and so nothing near them."""
    return frozenset().union(*normal_table("doubtful").values())


def _likeness(cell: str, name: str, aliases: frozenset[str]) -> float:
    from rapidfuzz import fuzz

    forms = {normal(cell), normal(_BRACKETS.sub("", cell))}
    forms |= {_without_fillers(form) for form in forms}
    best = 0.0
    for form in forms - {""}:
        if len(form) > _LONGEST_HEADER:
            continue
        if form in aliases:
            return 100.0
        if form in _doubtful():
            best = max(best, _ASKED_ABOUT if form in normal_table("doubtful").get(name, ()) else 0.0)
            continue
        for alias in aliases:
            best = max(best, fuzz.ratio(form, alias))
            if len(alias) > 1 and alias in form:
                best = max(best, _CONTAINED + 15 * (len(alias) - 1) / len(form))
    return best
