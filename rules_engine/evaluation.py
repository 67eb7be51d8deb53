"""Judges a goal: compiled outcomes first, then what to ask, what to change and what to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.compiler import Judge, compile_requirements
from rules_engine.definitions import GoalDefinition
from rules_engine.model import Verdict
from rules_engine.rules import Rules
from rules_engine.situation import Situation, settle
from rules_engine.values import Kleene


@dataclass(frozen=True, slots=True)
class Judged:
    """A goal's outcomes, one for each demand (a demand that does not apply counts as met)."""

    goal: GoalDefinition
    on: date
    situation: Situation
    outcomes: tuple[Kleene, ...]
    verdict: Verdict


class Evaluator:
    """Judges goals on days; compiled functions are kept for each stretch of days without change."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._compiled: dict[tuple[str, int], Judge] = {}

    def compiled(self, goal: GoalDefinition, on: date) -> Judge:
        """The goal's function for the day."""
        key = (goal.id, self.rules.slice(on))
        judge = self._compiled.get(key)
        if judge is None:
            names = tuple(demand.requirement for demand in goal.demands)
            judge = compile_requirements(names, self.rules.requirements, self.rules.resolver(on))
            self._compiled[key] = judge
        return judge

    def judged(self, goal: GoalDefinition, facts: Mapping[str, Any], on: date) -> Judged:
        """Outcomes and verdict on JSON facts."""
        situation = settle(self.rules, facts, on)
        outcomes = self.compiled(goal, on)(situation.values)
        verdict = verdict_of(outcomes)
        if verdict is Verdict.PASS and not situation.rejected.keys().isdisjoint(goal.facts):
            verdict = Verdict.UNKNOWN  # what was refused may still speak against it
        return Judged(goal, on, situation, outcomes, verdict)


def verdict_of(outcomes: tuple[Kleene, ...]) -> Verdict:
    """One not met fails, whatever is unknown."""
    if False in outcomes:
        return Verdict.FAIL
    return Verdict.UNKNOWN if None in outcomes else Verdict.PASS
