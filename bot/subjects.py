"""What can be checked, as people divide it: by route, and by kind of audit. The table is the lexicon's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "lexicon" / "goals.toml"
KINDS = ("voluntary", "mandatory")


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be checked. ``by_kind`` names the goal for each kind of audit, often the same."""

    name: str
    route: str | None
    principal: bool  # the subject that the bare route means
    by_kind: Mapping[str, str]

    @property
    def goals(self) -> tuple[str, ...]:
        """Its goals, each once."""
        return tuple(dict.fromkeys(self.by_kind.values()))

    def narrowed(self, kind: Any) -> tuple[str, ...]:
        """Its goal for a kind of audit, or all while the kind is open."""
        return (self.by_kind[kind],) if kind in self.by_kind else self.goals


@cache
def subjects() -> tuple[Subject, ...]:
    """All subjects, in the table's order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["goal"]
    return tuple(
        Subject(name, row.get("route"), not row.get("strong", False), {kind: row[kind] for kind in KINDS})
        for name, row in rows.items()
    )


def subject_of(goal: str) -> Subject | None:
    """The first subject that has this goal."""
    return next((item for item in subjects() if goal in item.goals), None)


def subject_for_route(route: Any) -> Subject | None:
    """The subject that a bare route means; None without a route."""
    return (
        None
        if route is None
        else next((item for item in subjects() if item.principal and item.route == route), None)
    )
