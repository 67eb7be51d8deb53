"""The checked rules of a rulebook with what is looked up again and again worked out once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from rules_engine.building import Parts
from rules_engine.classification import Classification, classify
from rules_engine.definitions import (
    Derivation,
    FactDefinition,
    FixedWhen,
    GoalDefinition,
    Parameter,
    TableValue,
)
from rules_engine.derivation import sources_of
from rules_engine.errors import NotInForce
from rules_engine.judging import facts_in
from rules_engine.model import Words


class Rules:
    """Facts, requirements, tables and figures, ready for use. Built from checked parts only."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.facts: Mapping[str, FactDefinition] = parts.facts
        self.relations = tuple(parts.relations)
        self.parameters = parts.parameters
        self.layers = parts.layers
        self.notes = parts.notes
        self.requirements = parts.requirements
        self.goals: Mapping[str, GoalDefinition] = parts.goals
        self.tables = parts.tables
        self.deadlines = parts.deadlines
        self.consequences = parts.consequences
        self.vocabularies = parts.vocabularies
        self._resolvers: dict[int, Callable[[Any], Any]] = {}
        self._classified: dict[tuple[str, str], Classification] = {}

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Facts with a value where nothing was said."""
        return tuple(name for name, fact in self.facts.items() if fact.assumed is not None)

    @cached_property
    def derived_order(self) -> tuple[str, ...]:
        """Derived facts, each after those that it reads."""
        return derived_order(self.parts)

    @cached_property
    def standing(self) -> frozenset[Words]:
        """The notes that say the standing of a layer."""
        return frozenset(self.notes[name].text for layer in self.layers.values() for name in layer.notes)

    @cached_property
    def borders(self) -> tuple[date, ...]:
        """Days on which a figure or a layer begins or ends: between two of them nothing changes."""
        days = {day for layer in self.layers.values() for day in (layer.start, layer.end)}
        for parameter in self.parameters.values():
            days |= {day for period in parameter.periods for day in (period.start, period.end)}
        return tuple(sorted(day for day in days if day is not None))

    def slice(self, on: date) -> int:
        """Which stretch without change holds the day."""
        return bisect_right(self.borders, on)

    def resolver(self, on: date) -> Callable[[Any], Any]:
        """Turns parameters into their values on a day and leaves everything else as it is."""
        index = self.slice(on)
        found = self._resolvers.get(index)
        if found is None:
            found = self._resolvers[index] = self._make_resolver(on)
        return found

    def _make_resolver(self, on: date) -> Callable[[Any], Any]:
        current = {name: definition.on(on) for name, definition in self.parameters.items()}

        def resolve(value: Any) -> Any:
            if not isinstance(value, Parameter):
                return value
            period = current[value.name]
            if period is None:
                raise NotInForce(f"{value.name} on {on}")
            return period.value

        return resolve

    def classification(self, name: str, text: str) -> Classification:
        """What a classification makes of a text. Texts repeat within a talk, so answers are kept."""
        key = (name, text)
        if key not in self._classified:
            if len(self._classified) > 1000:
                self._classified.clear()
            self._classified[key] = classify(self.parts.classifications[name], text)
        return self._classified[key]

    def classify(self, name: str, text: str) -> str | None:
        """The class alone; None where the text leaves it open."""
        return self.classification(name, text).value


def derived_order(parts: Parts) -> tuple[str, ...]:
    """Derived facts in an order in which each follows what it reads. Raises ValueError on a circle."""
    order: dict[str, None] = {}
    under_way: list[str] = []

    def visit(name: str) -> None:
        definition = parts.facts.get(name)
        if definition is None or name in order:
            return
        if name in under_way:
            raise ValueError(" -> ".join((*under_way[under_way.index(name) :], name)))
        under_way.append(name)
        for way in definition.derived:
            for source in read_by(parts, way):
                visit(source)
        under_way.pop()
        order[name] = None

    for name in parts.facts:
        visit(name)
    return tuple(name for name in order if parts.facts[name].derived)


def read_by(parts: Parts, way: Derivation) -> tuple[str, ...]:
    """The facts that a derivation reads, through tables and tests too."""
    if isinstance(way, TableValue):
        table = parts.tables.get(way.table)
        return table.keys if table else ()
    if isinstance(way, FixedWhen):
        return facts_in(way.when, parts.requirements)
    return sources_of(way)


def usable_facts(parts: Parts, goal: GoalDefinition) -> tuple[str, ...]:
    """All facts that a goal can use, those that it names first."""
    direct: dict[str, None] = {}
    for demand in goal.demands:
        requirement = parts.requirements[demand.requirement]
        for test in (requirement.test, requirement.applies):
            if test is not None:
                direct.update(dict.fromkeys(facts_in(test, parts.requirements)))
    found = dict(direct)
    waiting = list(direct)
    while waiting:
        for way in parts.facts[waiting.pop(0)].derived:
            for source in read_by(parts, way):
                if source not in found:
                    found[source] = None
                    waiting.append(source)
    for relation in parts.relations:
        if relation.lesser in found or relation.greater in found:
            found.update(dict.fromkeys((relation.lesser, relation.greater)))
    return tuple(name for name in found if parts.facts[name].asked)
