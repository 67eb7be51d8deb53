"""Which unknown facts can still change a verdict, and whether they matter at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from rules_engine.definitions import Compare, FactDefinition, SameYear
from rules_engine.evaluation import Evaluator, Judged, verdict_of
from rules_engine.judging import compare, leaves, obligation, open_facts
from rules_engine.model import Interval, Verdict
from rules_engine.rules import Rules
from rules_engine.values import bounds, exceeds, interval

_MOST_WORLDS = 4096  # about a dozen yes-or-no facts; beyond, the undecided parts themselves are the answer


@dataclass(frozen=True, slots=True)
class Missing:
    """``facts``: to be asked, the cheapest and most decisive first. ``either_way``: facts of which every
    value gives ``verdict``."""

    facts: tuple[str, ...] = ()
    either_way: tuple[str, ...] = ()
    verdict: Verdict | None = None


def find_missing(evaluator: Evaluator, judged: Judged) -> Missing:
    """What is worth asking. A passed goal needs nothing."""
    if judged.verdict is Verdict.PASS:
        return Missing()
    occurrences = Counter(_open(evaluator.rules, judged))
    names = tuple(occurrences)
    if judged.verdict is Verdict.UNKNOWN:
        cells = {name: _cells(evaluator.rules, judged, name) for name in names}
        entangled = _entangled(evaluator.rules, occurrences) or _idle(evaluator.rules, judged, names)
        if entangled and all(cells.values()) and prod(map(len, cells.values())) <= _MOST_WORLDS:
            worlds = dict(_worlds(evaluator, judged, cells))
            found = {verdict for verdict, possible in worlds.values() if possible}
            if len(found) == 1 and judged.situation.rejected.keys().isdisjoint(judged.goal.facts):
                return Missing((), _askable(judged, names), found.pop())
            names = tuple(name for index, name in enumerate(names) if _changes(worlds, index))
    names = tuple(sorted(names, key=lambda name: _rank(evaluator, judged, name)))
    if judged.verdict is Verdict.UNKNOWN and not names:
        names = tuple(name for name in judged.situation.rejected if name in judged.goal.facts)
    return Missing(_askable(judged, names))


def _open(rules: Rules, judged: Judged) -> Iterator[str]:
    resolve = rules.resolver(judged.on)
    for demand, outcome in zip(judged.goal.demands, judged.outcomes, strict=True):
        if outcome is None:
            test = obligation(rules.requirements[demand.requirement])
            yield from open_facts(test, judged.situation.values, resolve, rules.requirements)


def _entangled(rules: Rules, occurrences: Counter[str]) -> bool:
    """A fact stands in several places, or facts bound each other: parts alone do not tell what matters."""
    if any(count > 1 for count in occurrences.values()):
        return True
    return any(item.lesser in occurrences and item.greater in occurrences for item in rules.relations)


def _idle(rules: Rules, judged: Judged, names: tuple[str, ...]) -> bool:
    """A comparison is open only in name: no value that the fact can have makes a difference."""
    resolve = rules.resolver(judged.on)
    for leaf in _compared(rules, judged):
        if isinstance(leaf, Compare) and leaf.fact in names and leaf.op in ("at_least", "at_most"):
            whole = interval(
                *_range(rules.facts[leaf.fact], judged.situation.values.get(leaf.fact, Interval()))
            )
            if compare(leaf, {leaf.fact: whole}, resolve) is not None:
                return True
    return False


def _compared(rules: Rules, judged: Judged) -> list[Compare | SameYear]:
    tests = [obligation(rules.requirements[demand.requirement]) for demand in judged.goal.demands]
    return [leaf for test in tests for leaf in leaves(test, rules.requirements)]


def _cells(rules: Rules, judged: Judged, name: str) -> tuple[Any, ...]:
    """One value for each range in which no comparison of the goal changes; empty if they cannot be told."""
    definition = rules.facts[name]
    resolve = rules.resolver(judged.on)
    if definition.type == "boolean":
        return (True, False)
    if definition.type == "choice":
        return tuple(definition.choices)
    compared = _compared(rules, judged)
    if definition.type not in ("count", "number") or not all(isinstance(leaf, Compare) for leaf in compared):
        return ()
    edges: set[Any] = set()
    for leaf in compared:
        if isinstance(leaf, Compare) and leaf.fact == name and leaf.op in ("at_least", "at_most"):
            edge = resolve(leaf.value)
            edges |= {edge, edge - 1 if leaf.op == "at_least" else edge + 1}
    for relation in rules.relations:
        if name in (relation.lesser, relation.greater):
            other = relation.greater if name == relation.lesser else relation.lesser
            edges |= {edge for edge in bounds(judged.situation.values.get(other)) if edge is not None}
    return tuple(sorted(_within(definition, edges, judged.situation.values.get(name, Interval()))))


def _range(definition: FactDefinition, known: Any) -> tuple[Any, Any]:
    """The least and most that a number can be, by its kind and by what is known of it."""
    low, high = bounds(known)
    least = 0 if definition.type == "count" and definition.minimum is None else definition.minimum
    return least if low is None else low, definition.maximum if high is None else high


def _within(definition: FactDefinition, edges: set[Any], known: Any) -> set[Any]:
    low, high = _range(definition, known)
    inside = {edge for edge in edges if (low is None or edge >= low) and (high is None or edge <= high)}
    return inside | {end for end in bounds(known) if end is not None}


def _worlds(
    evaluator: Evaluator, judged: Judged, cells: Mapping[str, tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], tuple[Verdict, bool]]]:
    """Each combination of values with its verdict, and whether the facts' relations allow it."""
    judge = evaluator.compiled(judged.goal, judged.on)
    values = dict(judged.situation.values)
    relations = [item for item in evaluator.rules.relations if item.lesser in cells or item.greater in cells]
    for combination in product(*cells.values()):
        values.update(zip(cells, combination, strict=True))
        pairs = ((values.get(item.lesser), values.get(item.greater)) for item in relations)
        clash = any(None not in pair and exceeds(*pair) for pair in pairs)
        yield combination, (verdict_of(judge(values)), not clash)


def _changes(worlds: Mapping[tuple[Any, ...], tuple[Verdict, bool]], index: int) -> bool:
    """Two worlds that differ in this fact alone have different verdicts.

    An impossible neighbour counts too: that it is impossible is what the answer would tell.
    """
    seen: dict[tuple[Any, ...], Verdict] = {}
    for world, (verdict, _) in worlds.items():
        others = world[:index] + world[index + 1 :]
        if seen.setdefault(others, verdict) is not verdict:
            return True
    return False


def _rank(evaluator: Evaluator, judged: Judged, name: str) -> tuple[float, float, int]:
    """Effort of the answer, then how seldom it decides, then the order of the rulebook."""
    cells = _cells(evaluator.rules, judged, name)
    judge = evaluator.compiled(judged.goal, judged.on)
    decided = sum(
        verdict_of(judge({**judged.situation.values, name: cell})) is not Verdict.UNKNOWN for cell in cells
    )
    order = judged.goal.facts.index(name) if name in judged.goal.facts else len(judged.goal.facts)
    share = decided / len(cells) if cells else 0.0
    return evaluator.rules.facts[name].effort, -share, order


def _askable(judged: Judged, names: tuple[str, ...]) -> tuple[str, ...]:
    """What to ask for a computed fact: the rest of what its computation needs, if that was begun."""
    asked = (part for name in names for part in judged.situation.asks.get(name, (name,)))
    return tuple(dict.fromkeys(asked))
