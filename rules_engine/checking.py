"""Holds definitions against each other: names, types, holes, gaps, citations. Collects all problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from rules_engine.building import Parts
from rules_engine.definitions import (
    AnyWithin,
    Classified,
    Compare,
    CountNumbers,
    CountRecords,
    Derivation,
    FactDefinition,
    FixedWhen,
    Parameter,
    Period,
    SameYear,
    TableValue,
    Test,
)
from rules_engine.references import circles, figures_in, own_leaves, unused
from rules_engine.tables import gaps_and_overlaps

# Which operators suit which type of fact.
_SUITS = {
    "at_least": ("count", "number"),
    "at_most": ("count", "number"),
    "is": ("boolean",),
    "equals": ("choice",),
    "in": ("choice",),
    "before": ("date",),
    "on_or_after": ("date",),
}
_SOURCE_TYPE = {CountNumbers: "counts", CountRecords: "records", AnyWithin: "dates", Classified: "text"}


class Checker:
    """Checks one rulebook's parts; ``problems`` says ``file:line: name: what is wrong``."""

    def __init__(self, parts: Parts, resolves: Callable[[str], bool] | None) -> None:
        self.parts = parts
        self.resolves = resolves
        self.problems: list[str] = []
        self._known_refs: dict[str, bool] = {}

    def check(self) -> list[str]:
        """All problems of the parts."""
        if not self.parts.id:
            self.problems.append("rulebook:1: rulebook: no file gives id and version")
        self.problems += circles(self.parts)
        if self.problems:
            return self.problems
        for fact in self.parts.facts.values():
            self._fact(fact)
        for parameter in self.parts.parameters.values():
            self._parameter(parameter.name)
        self._relations()
        self._notes_and_layers()
        for requirement in self.parts.requirements.values():
            where = ("requirements", requirement.id)
            self._tests(where, requirement.test, requirement.applies)
            self._layer(where, requirement.layer)
            self._notes(where, requirement.notes)
            self._cites(where, requirement.citations)
            self._covered(where, requirement.layer, (requirement.test, requirement.applies))
        self._goals()
        self._tables()
        self._deadlines()
        self.problems += unused(self.parts)
        return self.problems

    def _complain(self, where: tuple[str, str], what: str) -> None:
        origin = self.parts.origin.get(where, "rulebook:1")
        self.problems.append(f"{origin}: {where[1]}: {what}")

    def _need(self, where: tuple[str, str], kind: str, known: Iterable[str], name: str) -> bool:
        if name in known:
            return True
        self._complain(where, f"{kind} {name} is not defined")
        return False

    def _cites(self, where: tuple[str, str], references: Iterable[str]) -> None:
        if self.resolves is None:
            return
        for reference in references:
            if reference not in self._known_refs:
                self._known_refs[reference] = self.resolves(reference)
            if not self._known_refs[reference]:
                self._complain(where, f"citation {reference} does not resolve")

    def _notes(self, where: tuple[str, str], names: Iterable[str]) -> None:
        for name in names:
            self._need(where, "note", self.parts.notes, name)

    def _layer(self, where: tuple[str, str], name: str) -> None:
        self._need(where, "layer", self.parts.layers, name)

    # --- facts -----------------------------------------------------------------------------------

    def _fact(self, fact: FactDefinition) -> None:
        where = ("facts", fact.name)
        if fact.type == "choice" and not fact.choices:
            self._complain(where, "a choice needs choices")
        if fact.type == "records" and sum(column.key for column in fact.fields) != 1:
            self._complain(where, "records need one field that is their key")
        if fact.assumed is not None and fact.type == "boolean" and not isinstance(fact.assumed, bool):
            self._complain(where, "assumed must be true or false")
        for way in fact.derived:
            self._derivation(where, fact, way)

    def _derivation(self, where: tuple[str, str], fact: FactDefinition, way: Derivation) -> None:
        if isinstance(way, FixedWhen):
            self._tests(where, way.when)
            return
        if isinstance(way, TableValue):
            self._need(where, "table", self.parts.tables, way.table)
            return
        if not self._need(where, "fact", self.parts.facts, way.source):
            return
        source = self.parts.facts[way.source]
        if source.type != _SOURCE_TYPE[type(way)]:
            self._complain(where, f"{way.source} is of type {source.type}, not {_SOURCE_TYPE[type(way)]}")
        elif isinstance(way, CountRecords):
            self._conditions(where, source, way)
        elif isinstance(way, Classified):
            self._need(where, "classification", self.parts.classifications, way.classification)
        elif isinstance(way, AnyWithin):
            self._need(where, "fact", self.parts.facts, way.until)
            self._amount(where, way.period, Period)
        elif isinstance(way, CountNumbers):
            self._amount(where, way.at_least, int)

    def _conditions(self, where: tuple[str, str], source: FactDefinition, way: CountRecords) -> None:
        columns = {column.name: column for column in source.fields}
        for condition in way.where:
            if not self._need(where, "field", columns, condition.field):
                continue
            if condition.vocabulary:
                self._need(where, "vocabulary", self.parts.vocabularies, condition.vocabulary)
            if condition.at_least is not None:
                self._amount(where, condition.at_least, int)
            strangers = set(condition.one_of) - set(columns[condition.field].choices)
            if strangers:
                self._complain(where, f"{condition.field} has no value {', '.join(sorted(strangers))}")

    def _relations(self) -> None:
        for relation in self.parts.relations:
            where = ("relations", str(relation))
            known = [
                self._need(where, "fact", self.parts.facts, name)
                for name in (relation.lesser, relation.greater)
            ]
            if all(known):
                types = {self.parts.facts[name].type for name in (relation.lesser, relation.greater)}
                if len(types) > 1 or not types <= {"count", "number", "date", "boolean"}:
                    self._complain(where, f"{relation.lesser} and {relation.greater} cannot be compared")

    # --- parameters and tests --------------------------------------------------------------------

    def _parameter(self, name: str) -> None:
        where = ("parameters", name)
        periods = self.parts.parameters[name].periods
        for period in periods:
            self._cites(where, period.citations)
            if period.end is not None and period.end <= period.start:
                self._complain(where, f"a value ends on {period.end}, before it begins")
        for earlier, later in pairwise(periods):
            if earlier.end != later.start:
                kind = "overlap" if earlier.end is None or earlier.end > later.start else "leave a hole"
                self._complain(where, f"values {kind} at {later.start}")
        if len({type(period.value) for period in periods}) > 1:
            self._complain(where, "values are of different kinds")

    def _amount(self, where: tuple[str, str], value: Any, wanted: type | tuple[type, ...]) -> None:
        if isinstance(value, Parameter):
            if not self._need(where, "parameter", self.parts.parameters, value.name):
                return
            value = self.parts.parameters[value.name].periods[0].value
        if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
            self._complain(where, f"{value!r} is not of the kind needed here")

    def _tests(self, where: tuple[str, str], *tests: Test | None) -> None:
        for test in tests:
            for leaf in own_leaves(test) if test is not None else ():
                if isinstance(leaf, SameYear):
                    for name in (leaf.fact, leaf.other):
                        if self._need(where, "fact", self.parts.facts, name):
                            self._suits(where, name, "before")
                elif self._need(where, "fact", self.parts.facts, leaf.fact):
                    self._comparison(where, leaf)

    def _suits(self, where: tuple[str, str], name: str, op: str) -> None:
        kind = self.parts.facts[name].type
        if kind not in _SUITS[op]:
            self._complain(where, f"{op} does not suit {name}, which is of type {kind}")

    def _comparison(self, where: tuple[str, str], leaf: Compare) -> None:
        if leaf.op == "known":
            return
        self._suits(where, leaf.fact, leaf.op)
        if leaf.op in ("equals", "in"):
            named = (leaf.value,) if leaf.op == "equals" else leaf.value
            for value in set(named) - set(self.parts.facts[leaf.fact].choices):
                self._complain(where, f"{leaf.fact} has no value {value}")
        elif leaf.op != "is":
            kinds = (int, float) if leaf.op in ("at_least", "at_most") else (date,)
            self._amount(where, leaf.value, kinds)

    def _covered(self, where: tuple[str, str], layer: str, tests: tuple[Test | None, ...]) -> None:
        """A figure that a rule uses has a value on every day of the rule's layer."""
        held = self.parts.layers.get(layer)
        if held is None:
            return
        for name in {name for test in tests if test is not None for name in figures_in(test)}:
            definition = self.parts.parameters.get(name)
            if definition is None:
                continue
            first, last = definition.periods[0], definition.periods[-1]
            late = last.end is not None and (held.end is None or last.end < held.end)
            if first.start > held.start or late:
                self._complain(where, f"parameter {name} has no value on every day of layer {layer}")

    # --- the rest --------------------------------------------------------------------------------

    def _notes_and_layers(self) -> None:
        for layer in self.parts.layers.values():
            if layer.end is not None and layer.end <= layer.start:
                self._complain(("layers", layer.id), f"ends on {layer.end}, before it begins")
            self._cites(("layers", layer.id), layer.citations)
            self._notes(("layers", layer.id), layer.notes)
        for note in self.parts.notes.values():
            self._cites(("notes", note.id), note.citations)
            self._tests(("notes", note.id), note.when)
            for name in note.about:
                self._need(("notes", note.id), "fact", self.parts.facts, name)

    def _goals(self) -> None:
        for goal in self.parts.goals.values():
            where = ("goals", goal.id)
            self._layer(where, goal.layer)
            self._cites(where, goal.citations)
            self._notes(where, goal.notes)
            if goal.distinct and self._need(where, "fact", self.parts.facts, goal.distinct):
                self._is_records(where, goal.distinct)
            self._selects(where, goal.selects)
            for demand in goal.demands:
                if self._need(where, "requirement", self.parts.requirements, demand.requirement):
                    self._cites(where, demand.citations)
                    if not demand.citations and not self.parts.requirements[demand.requirement].citations:
                        self._complain(where, f"{demand.requirement} cites nothing")
            if not goal.demands and not self.parts.includes.get(goal.id):
                self._complain(where, "demands nothing")

    def _is_records(self, where: tuple[str, str], name: str) -> None:
        if (kind := self.parts.facts[name].type) != "records":
            self._complain(where, f"distinct needs records, and {name} is of type {kind}")

    def _selects(self, where: tuple[str, str], selects: Mapping[str, Any]) -> None:
        """What tells a goal from its neighbours are facts that have such values."""
        for name, value in selects.items():
            if self._need(where, "fact", self.parts.facts, name):
                choices = self.parts.facts[name].choices
                if choices and value not in choices:
                    self._complain(where, f"{name} has no value {value}")

    def _tables(self) -> None:
        for table in self.parts.tables.values():
            where = ("tables", table.name)
            self._notes(where, table.notes)
            if not self._all_known(where, table.keys):
                continue
            for row in table.rows:
                self._cites(where, row.citations)
                self._notes(where, row.notes)
            ranges = {key: self._range(where, key) for key in table.keys}
            if all(ranges.values()):
                for problem in gaps_and_overlaps(table, ranges):
                    self._complain(where, problem)

    def _all_known(self, where: tuple[str, str], facts: tuple[str, ...]) -> bool:
        known = [self._need(where, "fact", self.parts.facts, name) for name in facts]  # each is told
        return all(known)

    def _range(self, where: tuple[str, str], key: str) -> tuple[Any, ...]:
        fact = self.parts.facts[key]
        if fact.type == "boolean":
            return (True, False)
        if fact.type != "choice":
            self._complain(where, f"{key} is of type {fact.type}, whose values cannot be listed")
        return tuple(fact.choices)

    def _deadlines(self) -> None:
        for deadline in self.parts.deadlines.values():
            where = ("deadlines", deadline.id)
            self._layer(where, deadline.layer)
            self._cites(where, (*deadline.citations, *deadline.rest_day_citations))
            self._notes(where, deadline.notes)
            self._tests(where, deadline.applies)
            if self._need(where, "fact", self.parts.facts, deadline.trigger):
                self._suits(where, deadline.trigger, "before")
            if deadline.table:
                self._need(where, "table", self.parts.tables, deadline.table)
            else:
                self._amount(where, deadline.add, Period)
        for consequence in self.parts.consequences.values():
            where = ("consequences", consequence.id)
            self._cites(where, consequence.citations)
            self._notes(where, consequence.notes)
            self._tests(where, consequence.when)
