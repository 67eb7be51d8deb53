"""Facts understood from a message against the facts that it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.evaluation.matching import same


@dataclass(frozen=True, slots=True)
class FactScore:
    """How many facts were right, missed, invented; ``faults`` says which."""

    right: int
    missed: int
    invented: int
    faults: tuple[str, ...]


def score(
    understood: Mapping[str, Any],
    facts: Mapping[str, Any],
    alternatives: Mapping[str, Any] | None = None,
    tolerated: Mapping[str, Any] | None = None,
) -> FactScore:
    """Judge ``understood``: ``facts`` must be there, one of ``alternatives`` too, ``tolerated`` may be.

    A stated fact with a wrong value is both missed and invented.
    """
    allowed = {**(tolerated or {}), **(alternatives or {}), **facts}
    found = {
        name for name, value in understood.items() if name in allowed and same(name, allowed[name], value)
    }
    invented = [f"invents {name}={understood[name]!r}" for name in understood if name not in found]
    missed = [f"misses {name}={value!r}" for name, value in facts.items() if name not in found]
    right = len(facts) - len(missed)
    if alternatives:
        if found & alternatives.keys():
            right += 1
        else:
            missed.append(f"misses any of {dict(alternatives)!r}")
    return FactScore(right, len(missed), len(invented), (*missed, *invented))
