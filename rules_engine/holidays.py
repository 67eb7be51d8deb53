"""Year files of rest days that an operator adds when a new arrangement is published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine.source import Problem, documents
from rules_engine.workdays import YearArrangement

_KEYS = {"year", "notice", "holidays", "workdays"}


def read_holidays(directories: Iterable[Path]) -> tuple[dict[int, YearArrangement], list[str]]:
    """Arrangements by year, and what is wrong with the files.

    A file says ``year``, ``notice`` (the source's name and number), ``holidays`` (days off) and
    ``workdays`` (weekend days that are worked), each day written YYYY-MM-DD.
    """
    years: dict[int, YearArrangement] = {}
    problems: list[str] = []
    for directory in directories:
        for file in sorted(directory.glob("*.yaml")) if directory.is_dir() else ():
            try:
                year, arrangement = _year(file)
                years[year] = arrangement
            except (Problem, ValueError) as problem:
                problems.append(str(problem) if isinstance(problem, Problem) else f"{file.name}:1: {problem}")
    return years, problems


def _year(file: Path) -> tuple[int, YearArrangement]:
    tree: Any = next(documents(file), None)
    if not isinstance(tree, dict) or set(tree) != _KEYS or not isinstance(tree["year"], int):
        raise ValueError(f"a year file has the keys {', '.join(sorted(_KEYS))}")
    return tree["year"], YearArrangement(_days(tree, "holidays"), _days(tree, "workdays"))


def _days(tree: dict[str, Any], key: str) -> frozenset[date]:
    days = frozenset(date.fromisoformat(text) for text in tree[key])
    if any(day.year != tree["year"] for day in days):
        raise ValueError(f"{key}: every day must lie in {tree['year']}")
    return days
