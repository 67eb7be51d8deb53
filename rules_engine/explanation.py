"""Explains a judged goal line by line: what is required since when, what was given, with what outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules_engine.definitions import (
    AtLeast,
    Compare,
    Demand,
    Not,
    Parameter,
    Requirement,
    SameYear,
    Test,
    Use,
)
from rules_engine.evaluation import Judged
from rules_engine.judging import facts_in, judge, obligation
from rules_engine.model import Outcome, RequirementResult, Words
from rules_engine.rules import Rules
from rules_engine.values import Kleene, to_json
from rules_engine.wording import say

_OUTCOMES = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}


class Explainer:
    """Explains on one judged situation."""

    def __init__(self, rules: Rules, judged: Judged) -> None:
        self.rules = rules
        self.on = judged.on
        self.situation = judged.situation
        self.resolve = rules.resolver(judged.on)

    def demand(self, demand: Demand, outcome: Kleene) -> RequirementResult:
        """One line of a verdict."""
        requirement = self.rules.requirements[demand.requirement]
        shown = _OUTCOMES[outcome]
        if requirement.applies is not None and self._judge(requirement.applies) is False:
            shown = Outcome.NOT_APPLICABLE
        return self._line(
            requirement.id,
            requirement.title,
            requirement.test,
            shown,
            demand.citations or requirement.citations,
        )

    def _judge(self, test: Test) -> Kleene:
        return judge(test, self.situation.values, self.resolve, self.rules.requirements)

    def _line(
        self, line_id: str, title: Words, test: Test, outcome: Outcome, citations: tuple[str, ...]
    ) -> RequirementResult:
        held = self._judge(test)
        leaf = isinstance(test, Compare)
        return RequirementResult(
            id=line_id,
            title=title,
            outcome=outcome,
            required=self.required(test),
            given=self._given(test, held),
            facts=facts_in(test, self.rules.requirements),
            citations=citations,
            since=self._since(test),
            children=() if leaf else self._children(line_id, test, citations),
        )

    def _children(
        self, line_id: str, test: Test, citations: tuple[str, ...]
    ) -> tuple[RequirementResult, ...]:
        if isinstance(test, Use):
            inner = self.rules.requirements[test.requirement]
            found = self._judge(obligation(inner))
            return (
                self._line(inner.id, inner.title, inner.test, _OUTCOMES[found], inner.citations or citations),
            )
        if isinstance(test, SameYear | Compare):
            return ()
        parts = (test.of,) if isinstance(test, Not) else test.of
        return tuple(
            self._line(f"{line_id}.{index}", self.title(part), part, _OUTCOMES[self._judge(part)], citations)
            for index, part in enumerate(parts, 1)
        )

    def title(self, test: Test) -> Words:
        """What a part is about."""
        return part_title(self.rules, test)

    def required(self, test: Test) -> Any:
        """What is demanded, as JSON."""
        return required_value(test, self.resolve)

    def _given(self, test: Test, held: Kleene) -> Any:
        if not isinstance(test, Compare):
            return held
        if held is None and test.fact in self.situation.bounded:
            return None  # not said, and what bounds it does not settle it
        return to_json(self.situation.values.get(test.fact))

    def _since(self, test: Test) -> date | None:
        if not isinstance(test, Compare) or not isinstance(test.value, Parameter):
            return None
        period = self.rules.parameters[test.value.name].on(self.on)
        return period.start if period else None


def required_value(test: Test, resolve: Any) -> Any:
    """What a test demands, as JSON; true for one of several parts."""
    if not isinstance(test, Compare):
        return True
    value = to_json(resolve(test.value))
    names = {"at_most": "max", "before": "before", "on_or_after": "from"}
    return {names[test.op]: value} if test.op in names else value


def part_title(rules: Rules, test: Test) -> Words:
    """What a part of a test is about."""
    if isinstance(test, Compare):
        return rules.facts[test.fact].label
    if isinstance(test, Use):
        requirement: Requirement = rules.requirements[test.requirement]
        return requirement.title
    if isinstance(test, SameYear):
        return say("tree.same_year", one=rules.facts[test.fact].label, other=rules.facts[test.other].label)
    if isinstance(test, AtLeast):
        return say("tree.at_least", count=test.count)
    return say(f"tree.{ {'AllOf': 'all', 'AnyOf': 'any'}.get(type(test).__name__, 'not') }")
