"""Which rulebook goal a talk is about. What a goal selects (route, kind …) is the rulebook's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.turn import Turn
from rules_engine.model import CheckResult


def in_play(turn: Turn) -> tuple[str, ...]:
    """The goals that the message or the talk is about; several while a selecting fact is open."""
    if turn.tap is not None and turn.tap.verb == "goal":
        return _known(turn, (turn.tap.argument,))
    named = _known(turn, turn.read.goals)
    candidates = named or _known(turn, turn.session.goals) or _from_facts(turn)
    return _narrowed(turn, candidates)


def agree(results: Sequence[CheckResult]) -> bool:
    """Whether the goals give one verdict for the same reasons, so that none need be chosen."""
    return len({(result.verdict, result.missing) for result in results}) <= 1


def deciding_fact(turn: Turn, goals: Sequence[str]) -> str | None:
    """The fact that tells these goals apart, or None where they differ in nothing that can be asked."""
    selecting = [turn.sources.rulebook.goals[goal].selects for goal in goals]
    names = dict.fromkeys(name for selected in selecting for name in selected)
    for name in names:
        if len({selected.get(name) for selected in selecting}) > 1 and name not in turn.facts:
            return name
    return None


def other_routes(turn: Turn, goal: str) -> tuple[str, ...]:
    """Goals that differ from this one in exactly one selecting fact: what one may check next."""
    goals = turn.sources.rulebook.goals
    mine = goals[goal].selects
    return tuple(
        name
        for name, other in goals.items()
        if other.selects.keys() == mine.keys() and mine and _differences(mine, other.selects) == 1
    )


def _differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    return sum(value != other.get(key) for key, value in one.items())


def _known(turn: Turn, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in turn.sources.rulebook.goals)


def _from_facts(turn: Turn) -> tuple[str, ...]:
    """Goals that use the facts of this message, when the talk has none in play."""
    stated = set(turn.understood)
    uses = {
        name: len(stated & set(goal.facts))
        for name, goal in turn.sources.rulebook.goals.items()
        if goal.selects
    }
    best = max(uses.values(), default=0)
    return tuple(name for name, count in uses.items() if count == best) if best else ()


def _narrowed(turn: Turn, candidates: tuple[str, ...]) -> tuple[str, ...]:
    facts = turn.facts
    fitting = tuple(
        name
        for name in candidates
        if all(
            facts.get(key, wanted) == wanted
            for key, wanted in turn.sources.rulebook.goals[name].selects.items()
        )
    )
    return fitting or candidates
