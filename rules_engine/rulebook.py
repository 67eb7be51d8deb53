"""The rulebook as the other rooms use it: facts in, verdicts, schedules and comparisons out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from rules_engine.classification import Classification
from rules_engine.definitions import FactDefinition, GoalDefinition, Layer, Parameter
from rules_engine.errors import UnknownFact, UnknownGoal, did_you_mean
from rules_engine.evaluation import Evaluator, Judged
from rules_engine.explanation import Explainer
from rules_engine.fixes import find_fixes
from rules_engine.intake import Accepted
from rules_engine.judging import facts_in
from rules_engine.missing import find_missing
from rules_engine.model import CheckResult, RulebookStamp, Schedule, ScheduleRequest, Verdict, Words
from rules_engine.remarks import computed_remarks, either_way_words, healing, heals_words, shown_notes
from rules_engine.rules import Rules, read_by
from rules_engine.schedule import Scheduler
from rules_engine.situation import settle
from rules_engine.values import to_json
from rules_engine.wording import say
from rules_engine.workdays import DayKind, Workdays


@dataclass(frozen=True, slots=True)
class Difference:
    """The same case side by side: one result for each goal and day, and per fact what each demands of it."""

    sides: tuple[CheckResult, ...]
    demands: Mapping[str, tuple[Any, ...]]


class Rulebook:
    """Checked rules, compiled on first use. Safe to share: nothing changes but caches."""

    def __init__(
        self,
        rules: Rules,
        stamp: RulebookStamp,
        workdays: Workdays,
        quotes: Callable[[str], str | None] | None = None,
    ) -> None:
        self.rules = rules
        self.stamp = stamp
        self.quotes = quotes or (lambda _: None)
        self._workdays = workdays
        self._facts = {name: fact for name, fact in rules.facts.items() if fact.asked}
        self._evaluator = Evaluator(rules)
        self._scheduler = Scheduler(rules, stamp, workdays)

    @property
    def facts(self) -> Mapping[str, FactDefinition]:
        """All facts that can be stated, by name, in the rulebook's order."""
        return self._facts

    @property
    def goals(self) -> Mapping[str, GoalDefinition]:
        """All goals by name."""
        return self.rules.goals

    def schedules(self, deadline: str) -> bool:
        """Whether a deadline's id is one that a schedule may hold: register, round_2."""
        stem, _, count = deadline.rpartition("_")
        return deadline in self.rules.deadlines or (count.isdecimal() and stem in self.rules.deadlines)

    @cached_property
    def schedule_facts(self) -> frozenset[str]:
        """The facts that dates depend on: events, and what sets how often rounds come back."""
        rules = self.rules
        names = {item.trigger for item in rules.deadlines.values()}
        for consequence in rules.consequences.values():
            names.update(facts_in(consequence.when, rules.requirements))
        tables = {item.table for item in rules.deadlines.values() if item.table}
        waiting = [key for table in tables for key in rules.tables[table].keys]
        while waiting:
            name = waiting.pop()
            if name not in names:
                names.add(name)
                waiting += [read for way in rules.facts[name].derived for read in read_by(rules.parts, way)]
        return frozenset(name for name in names if rules.facts[name].asked)

    def applying(self, ref: str) -> tuple[str, ...]:
        """The goals that rest on a provision or on a part of it, in the rulebook's order."""
        inside = (f"{ref}__",) if "#" in ref else (f"{ref}#",)
        return tuple(
            name
            for name, goal in self.rules.goals.items()
            for cited in [{*goal.citations, *(one for demand in goal.demands for one in demand.citations)}]
            if any(one == ref or one.startswith(inside) for one in cited)
        )

    def parameter(self, name: str, on: date) -> Any:
        """A figure's value on a day. KeyError for an unknown name, NotInForce for a day without one."""
        if name not in self.rules.parameters:
            raise KeyError(name)
        return to_json(self.rules.resolver(on)(Parameter(name)))

    def classify(self, text: str, classification: str | None = None) -> Classification:
        """The class of a name (an industry). Without a name of the classification: the first there is."""
        name = classification or next(iter(self.rules.parts.classifications))
        return self.rules.classification(name, text)

    def accept(self, facts: Mapping[str, Any]) -> Accepted:
        """JSON facts checked, contradictions included. Raises UnknownFact for a name that is none."""
        self._know(facts)
        situation = settle(self.rules, facts, self.rules.borders[-1])
        return Accepted(situation.stated, situation.rejected)

    def check(self, goal: str, facts: Mapping[str, Any], on: date) -> CheckResult:
        """Judge a goal on JSON facts by the rules of a day. Raises UnknownGoal, UnknownFact."""
        definition = self._goal(goal)
        self._know(facts)
        layer = self._layer_not_held(definition, on)
        if layer is not None:
            return self._no_rule(definition, layer, facts, on)
        return self._result(self._evaluator.judged(definition, facts, on), facts)

    def in_force(self, goal: str, on: date) -> bool:
        """Whether there are rules for a goal on a day. Raises UnknownGoal."""
        return self._layer_not_held(self._goal(goal), on) is None

    def decide(self, goal: str, values: Mapping[str, Any], on: date) -> tuple[bool | None, ...]:
        """The outcomes alone, on values accepted before: the fast way for many cases."""
        return self._evaluator.compiled(self._goal(goal), on)(values)

    def what_if(
        self, goal: str, facts: Mapping[str, Any], changes: Mapping[str, Any], on: date
    ) -> tuple[CheckResult, CheckResult]:
        """The goal as it is and as it would be with the changes; null takes a fact away. Nothing is kept."""
        changed = {**facts, **changes}
        return self.check(goal, facts, on), self.check(goal, changed, on)

    def diff(self, sides: Iterable[tuple[str, date]], facts: Mapping[str, Any]) -> Difference:
        """The same case under several goals or days."""
        results = tuple(self.check(goal, facts, on) for goal, on in sides)
        names = dict.fromkeys(
            name
            for result in results
            for row in result.requirements
            for name in row.facts
            if len(row.facts) == 1
        )
        return Difference(
            results, {name: tuple(_demanded(result, name) for result in results) for name in names}
        )

    def schedule(self, request: ScheduleRequest) -> Schedule:
        """What is due when. Raises UnknownFact."""
        self._know(request.facts)
        return self._scheduler.schedule(request)

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day; Monday to Friday in a year whose arrangement is not published."""
        kind = self._workdays.kind(day)
        return (
            day.isoweekday() <= 5
            if kind is DayKind.UNPUBLISHED
            else kind in (DayKind.WORKDAY, DayKind.MAKE_UP)
        )

    def is_arranged(self, year: int) -> bool:
        """Whether the year's arrangement of rest days is known."""
        return self._workdays.kind(date(year, 12, 31)) is not DayKind.UNPUBLISHED

    def _know(self, facts: Mapping[str, Any]) -> None:
        for name in facts:
            if name not in self._facts:
                raise UnknownFact(_near(name, self._facts))

    def _goal(self, name: str) -> GoalDefinition:
        if name not in self.rules.goals:
            raise UnknownGoal(_near(name, self.rules.goals))
        return self.rules.goals[name]

    def _layer_not_held(self, goal: GoalDefinition, on: date) -> Layer | None:
        names = dict.fromkeys(
            (goal.layer, *(self.rules.requirements[d.requirement].layer for d in goal.demands))
        )
        return next(
            (self.rules.layers[name] for name in names if not self.rules.layers[name].holds(on)), None
        )

    def _no_rule(self, goal: GoalDefinition, layer: Layer, facts: Mapping[str, Any], on: date) -> CheckResult:
        if on < layer.start:
            note = say("check.no_rule", day=on, layer=layer.title, start=layer.start)
        else:
            note = say("check.no_rule_after", day=on, layer=layer.title, end=layer.end)
        return CheckResult(
            goal=goal.id,
            title=goal.title,
            verdict=Verdict.UNKNOWN,
            requirements=(),
            failing=(),
            missing=(),
            rejected=settle(self.rules, facts, layer.start).rejected,
            fixes=(),
            notes=(note,),
            citations=layer.citations,
            rulebook=self.stamp,
            on=on,
        )

    def _result(self, judged: Judged, facts: Mapping[str, Any]) -> CheckResult:
        rules, evaluator = self.rules, self._evaluator
        missing = find_missing(evaluator, judged)
        explainer = Explainer(rules, judged)
        lines = tuple(
            explainer.demand(demand, outcome)
            for demand, outcome in zip(judged.goal.demands, judged.outcomes, strict=True)
        )
        failing = (ref for line in lines if line.outcome == "not_met" for ref in line.citations)
        heals_on, enough = healing(evaluator, judged, facts)
        notes = shown_notes(rules, judged)
        said: list[Words] = [note.text for note in notes]
        said += computed_remarks(rules, judged)
        if heals_on is not None:
            said.append(heals_words(heals_on))
        if missing.either_way:
            said.append(either_way_words(rules, missing.either_way))
        cited = [ref for line in lines for ref in line.citations] + [
            ref for note in notes for ref in note.citations
        ]
        return CheckResult(
            goal=judged.goal.id,
            title=judged.goal.title,
            verdict=missing.verdict or judged.verdict,
            requirements=lines,
            failing=tuple(dict.fromkeys(failing)),
            missing=missing.facts,
            rejected=judged.situation.rejected,
            fixes=find_fixes(evaluator, judged, facts),
            notes=tuple(dict.fromkeys(said)),
            citations=tuple(dict.fromkeys(cited)),
            rulebook=self.stamp,
            on=judged.on,
            heals_on=heals_on if enough else None,
            either_way=missing.either_way,
            standing=tuple(note for note in dict.fromkeys(said) if note in rules.standing),
        )


def _demanded(result: CheckResult, fact: str) -> Any:
    return next((row.required for row in result.requirements if row.facts == (fact,)), None)


def _near(name: str, known: Iterable[str]) -> str:
    return f"{name}: unknown{did_you_mean(name, known)}"
