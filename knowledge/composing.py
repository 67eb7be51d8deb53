"""Parts of an answer and how they become one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knowledge.model import Abstain, Finding, Statement, Step

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Part:
    """What one clause reference or one topic adds to an answer."""

    statements: tuple[Statement, ...]
    quotes: tuple[str, ...] = ()
    abstain: Abstain | None = None
    nearest: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    topics: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    confidence: float = 0.0


def composed(parts: Sequence[Part], standing_of: str | None, *, abstain: Abstain | None = None) -> Finding:
    """One finding out of parts, the first leading, nothing said twice.

    ``abstain`` overrides; otherwise an answer abstains only where each of its parts does, and
    then for the first one's reason.
    """
    if abstain is None and parts and all(part.abstain for part in parts):
        abstain = parts[0].abstain
    return Finding(
        statements=tuple(_once(one for part in parts for one in part.statements)),
        quotes=tuple(_once(one for part in parts for one in part.quotes)),
        abstain=abstain,
        nearest=tuple(_once(one for part in parts for one in part.nearest)),
        steps=tuple(_once(one for part in parts for one in part.steps)),
        topics=tuple(_once(one for part in parts for one in part.topics)),
        resolved=tuple(_once(one for part in parts for one in part.resolved)),
        confidence=max((part.confidence for part in parts), default=0.0),
        standing_of=standing_of,
    )


def _once(things: Iterable[_Thing]) -> list[_Thing]:
    return list(dict.fromkeys(things))
