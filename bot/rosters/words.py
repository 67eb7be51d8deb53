"""How rosters are written: the lexicon's tables for columns, cells and rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.lists.names import normal

_DATA = Path(__file__).parents[1] / "lexicon" / "roster.toml"

SINCE = "insurance_since"  # a day from which months are counted
EXPIRY = "certificate_expiry"  # the day on which a certificate ends


@cache
def table(name: str) -> Mapping[str, tuple[Any, ...]]:
    """A table of lists, as written."""
    return {key: tuple(values) for key, values in _tables()[f"roster_{name}"].items()}


@cache
def normal_table(name: str) -> Mapping[str, frozenset[str]]:
    """A table of words, as they are compared."""
    return {key: frozenset(map(normal, words)) for key, words in table(name).items()}


@cache
def limit(name: str) -> int:
    """A figure of ours, none of the law's."""
    return int(_tables()["roster_limits"][name])


def means(cell: str, mark: str) -> bool:
    """Whether a cell is one of the signs for yes, no, empty or until_now."""
    return cell.casefold() in table("marks")[mark]


def is_person(name: str) -> bool:
    """Whether a name cell names a person rather than a sum, a note or the template's example."""
    plain, rows = name.casefold(), table("rows")
    return normal(name) not in normal_table("rows")["no_person"] and not plain.startswith(rows["begins"])


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))
