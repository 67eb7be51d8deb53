"""Parts of an answer and how they become one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TypeVar

from knowledge.model import Abstain, Finding, PartFound, Statement, Step

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


def together(parts: Sequence[PartFound]) -> Finding:
    """The findings of several questions as one: it abstains only where each does."""
    findings = [part.finding for part in parts]
    steps = chain.from_iterable(zip_longest(*(finding.steps for finding in findings)))
    return Finding(
        statements=tuple(_once(one for finding in findings for one in finding.statements)),
        quotes=tuple(_once(ref for finding in findings for ref in finding.quotes)),
        abstain=findings[0].abstain if all(finding.abstain for finding in findings) else None,
        nearest=tuple(_once(ref for finding in findings for ref in finding.nearest)),
        steps=tuple(_once(step for step in steps if step is not None)),
        topics=tuple(_once(topic for finding in findings for topic in finding.topics)),
        resolved=tuple(_once(ref for finding in findings for ref in finding.resolved)),
        confidence=max(finding.confidence for finding in findings),
        standing_of=next((one.standing_of for one in findings if one.standing_of), None),
        parts=tuple(parts),
    )


def _once(things: Iterable[_Thing]) -> list[_Thing]:
    return list(dict.fromkeys(things))
