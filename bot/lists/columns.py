"""Which column holds what: headers in Chinese or English, in any order, a little different from usual."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.lists.errors import ListError
from bot.lists.files import Row
from bot.lists.names import normal

_DATA = Path(__file__).parent / "headers.toml"
_HEADER_WITHIN = 15  # rows: titles and notes may stand above the header
_ALIKE = 80.0  # of 100: how near a header must come to a usual one


def find_header(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    """The place of the header among the rows, and the column of each field. Raises ListError."""
    found = [(place, _columns(cells)) for place, (_, cells) in enumerate(rows[:_HEADER_WITHIN])]
    place, columns = max(found, key=lambda pair: (len(pair[1]), -pair[0]))
    if "company" not in columns:
        names = "、".join(_aliases()["company"][:3])
        said = f"no column with the companies' names was found; call it {names} or company"
        raise ListError(said, "no_names")
    return place, columns


def kind_of(cell: str) -> str | None:
    """The kind of audit that a cell names, "" for an empty cell, None for something else."""
    said = normal(cell)
    if not said:
        return ""
    return next((kind for kind, names in _kinds().items() if said in names), None)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Each field's column, the surest first; a column speaks for one field."""
    scores = sorted(
        (
            (score, field, column)
            for column, cell in enumerate(cells)
            for field, names in _aliases().items()
            if (score := _likeness(normal(cell), names)) >= _ALIKE
        ),
        key=lambda found: (-found[0], found[2]),
    )
    columns: dict[str, int] = {}
    for _, field, column in scores:
        if field not in columns and column not in columns.values():
            columns[field] = column
    return columns


def _likeness(header: str, names: Sequence[str]) -> float:
    from rapidfuzz import fuzz

    if not header or len(header) > 40:
        return 0.0
    return max(fuzz.ratio(header, name) if header != name else 100.0 for name in names)


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    return {field: tuple(map(normal, names)) for field, names in _read()["columns"].items()}


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    return {kind: tuple(map(normal, names)) for kind, names in _read()["kinds"].items()}


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))
