"""Decision tables over facts of finite range: one answer, or unknown while rows that may match disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from rules_engine.definitions import Row, Table


@dataclass(frozen=True, slots=True)
class Found:
    """What a table gives. ``asks``: keys to be known before it can tell. ``assumed``: readings used."""

    value: Any
    row: Row | None = None
    asks: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


def look_up(table: Table, values: Mapping[str, Any], resolve: Callable[[Any], Any]) -> Found:
    """The table's answer on what is known; keys not known take the table's assumption, if it declares one."""
    known = {key: values.get(key) for key in table.keys}
    assumed = tuple(key for key in table.keys if known[key] is None and key in table.assume)
    for reading in ((), assumed):  # an assumption is made only where it is needed
        known.update((key, table.assume[key]) for key in reading)
        rows = _candidates(table, known)
        if len({repr(row.value) for row in rows}) == 1:
            return Found(_resolved(rows[0].value, resolve), rows[0], (), reading)
    return Found(None, None, tuple(key for key in table.keys if known[key] is None and _matters(rows, key)))


def _candidates(table: Table, known: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = []
    for row in table.rows:
        fits = [_fits(row, key, known[key]) for key in table.keys]
        if False in fits:
            continue
        rows.append(row)
        if None not in fits and table.hit == "first":
            break
    return rows


def _fits(row: Row, key: str, value: Any) -> bool | None:
    accepted = row.match[key]
    if accepted is None:
        return True
    return None if value is None else value in accepted


def _matters(rows: list[Row], key: str) -> bool:
    return len({row.match[key] for row in rows}) > 1


def _resolved(value: Any, resolve: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {name: resolve(item) for name, item in value.items()}
    return resolve(value)


def gaps_and_overlaps(table: Table, ranges: Mapping[str, tuple[Any, ...]]) -> list[str]:
    """Combinations of key values that no row takes, or that several rows of a ``unique`` table take."""
    problems: list[str] = []
    for combination in product(*(ranges[key] for key in table.keys)):
        known = dict(zip(table.keys, combination, strict=True))
        hits = [row for row in table.rows if all(_fits(row, key, known[key]) for key in table.keys)]
        shown = ", ".join(f"{key} = {value}" for key, value in known.items())
        if not hits:
            problems.append(f"no row takes {shown}")
        elif table.hit == "unique" and len(hits) > 1:
            problems.append(f"rows of lines {', '.join(str(row.line) for row in hits)} all take {shown}")
    return problems
