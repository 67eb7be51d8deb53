"""What is known at one moment: facts taken in, computed, checked against each other, bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rules_engine.derivation import derive
from rules_engine.intake import take
from rules_engine.model import Interval, Words
from rules_engine.values import bounds, exceeds, interval
from rules_engine.wording import say

if TYPE_CHECKING:
    from rules_engine.definitions import FactDefinition, Relation
    from rules_engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Situation:
    """``values``: all that may be used. ``stated``: as said. ``bounded``: narrowed only by a relation to
    another fact. ``asks``: for a computed fact, what else its computation needs."""

    values: Mapping[str, Any]
    stated: Mapping[str, Any]
    bounded: frozenset[str]
    rejected: Mapping[str, Words]
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def settle(rules: Rules, facts: Mapping[str, Any], on: date) -> Situation:
    """Take facts in, compute what follows, reject what contradicts, narrow what is bounded."""
    accepted = take(rules.facts, facts)
    stated, rejected = dict(accepted.values), dict(accepted.rejected)
    while True:
        found = derive(rules, stated, on)
        values = {**stated, **found.values}
        clashes = _clashes(rules, values, stated, found.sources)
        if not clashes:
            break
        rejected.update(clashes)
        for name in clashes:
            stated.pop(name, None)
    for name in rules.assumed:
        values.setdefault(name, rules.facts[name].assumed)
    bounded = _narrow(rules, values)
    return Situation(values, stated, bounded, rejected, found.asks)


def _clashes(
    rules: Rules, values: Mapping[str, Any], stated: Mapping[str, Any], sources: Mapping[str, tuple[str, ...]]
) -> dict[str, Words]:
    """Both sides of each contradiction, told in terms of what was said."""
    rejected: dict[str, Words] = {}
    for relation in rules.relations:
        lesser, greater = values.get(relation.lesser), values.get(relation.greater)
        if lesser is None or greater is None or not exceeds(lesser, greater):
            continue
        for side, other in ((relation.lesser, relation.greater), (relation.greater, relation.lesser)):
            for name in (side,) if side in stated else sources.get(side, ()):
                rejected[name] = _reason(rules.facts, relation, other)
    return rejected


def _reason(facts: Mapping[str, FactDefinition], relation: Relation, other: str) -> Words:
    kind = {"date": "too_early", "boolean": "implies"}.get(facts[relation.lesser].type, "exceeds")
    labels = {"lesser": facts[relation.lesser].label, "greater": facts[relation.greater].label}
    return say(f"rejected.{kind}", other=facts[other].label, **labels)


def _narrow(rules: Rules, values: dict[str, Any]) -> frozenset[str]:
    """Carry bounds over relations until nothing moves: no more auditors than staff, whoever they are."""
    bounded: set[str] = set()
    moved = True
    while moved:
        moved = False
        for relation in rules.relations:
            lesser = values.get(relation.lesser, _OPEN)
            greater = values.get(relation.greater, _OPEN)
            moved |= _tighten(rules, values, bounded, relation.lesser, None, bounds(greater)[1])
            moved |= _tighten(rules, values, bounded, relation.greater, bounds(lesser)[0], None)
    return frozenset(bounded)


_OPEN = Interval()


def _tighten(rules: Rules, values: dict[str, Any], bounded: set[str], name: str, low: Any, high: Any) -> bool:
    current = values.get(name, _OPEN)
    if not isinstance(current, Interval):
        return False
    if rules.facts[name].type == "boolean":
        # True implies the greater side, False excludes the lesser; the other two ways say nothing.
        low, high = (True if low is True else None), (False if high is False else None)
    new_low = current.low if low is None or (current.low is not None and current.low >= low) else low
    new_high = current.high if high is None or (current.high is not None and current.high <= high) else high
    if (new_low, new_high) == (current.low, current.high):
        return False
    if rules.facts[name].type == "boolean":
        values[name] = new_low if new_low is not None else new_high
    else:
        values[name] = interval(new_low, new_high)
    bounded.add(name)
    return True
