"""Computes facts from others, as the rulebook declares: counts from lists, days in a period, classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rules_engine.definitions import (
    AnyWithin,
    Classified,
    Condition,
    CountNumbers,
    Derivation,
    FactDefinition,
    FixedWhen,
    TableValue,
    Vocabulary,
)
from rules_engine.errors import NotInForce
from rules_engine.judging import facts_in, judge
from rules_engine.script import simplify
from rules_engine.tables import look_up
from rules_engine.values import Kleene, at_least, at_most, bounds, interval, subtract

if TYPE_CHECKING:
    from rules_engine.rules import Rules


@dataclass(slots=True)
class Derived:
    """Facts computed, where each came from, and what else would have to be known to compute it."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asks: dict[str, tuple[str, ...]] = field(default_factory=dict)


def derive(rules: Rules, stated: Mapping[str, Any], on: date) -> Derived:
    """All derived facts that the stated ones give, in the order in which they build on each other.

    What was stated outright stands, but for a value that the rulebook fixes under a condition.
    """
    found = Derived()
    values = dict(stated)
    for name in rules.derived_order if stated else ():
        for way in rules.facts[name].derived:
            if name in stated and not isinstance(way, FixedWhen):
                continue
            value = compute(rules, way, values, on)
            if value is not None:
                found.values[name] = values[name] = value
                found.sources[name] = sources_of(way)
                break
            if isinstance(way, AnyWithin) and way.source in values:
                found.asks[name] = _lacking(way, values)
    return found


def _lacking(way: AnyWithin, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What keeps a period from being checked: its end, or days that are only roughly known."""
    return (way.source,) if isinstance(values.get(way.until), date) else (way.until,)


def sources_of(way: Derivation) -> tuple[str, ...]:
    """The facts that a derivation reads directly, the leading one first."""
    if isinstance(way, FixedWhen):
        return facts_in(way.when, {})
    if isinstance(way, AnyWithin):
        return (way.source, way.until)
    return () if isinstance(way, TableValue) else (way.source,)


def stated_otherwise(rules: Rules, definition: FactDefinition, stated: Mapping[str, Any], on: date) -> Any:
    """What the details would give for a fact that was also stated outright; None where they give nothing."""
    ways = (way for way in definition.derived if not isinstance(way, FixedWhen | TableValue))
    values = (compute(rules, way, stated, on) for way in ways)
    return next((value for value in values if value is not None), None)


def compute(rules: Rules, way: Derivation, values: Mapping[str, Any], on: date) -> Any:
    """A derivation's value, an Interval where the details leave it open, None where it has none."""
    try:
        return _compute(rules, way, values, on)
    except NotInForce:
        return None  # the figure that it turns on belongs to rules that do not hold on the day


def _compute(rules: Rules, way: Derivation, values: Mapping[str, Any], on: date) -> Any:
    resolve = rules.resolver(on)
    if isinstance(way, FixedWhen):
        return way.value if judge(way.when, values, resolve, rules.requirements) is True else None
    if isinstance(way, TableValue):
        return look_up(rules.tables[way.table], values, resolve).value
    source = values.get(way.source)
    if source is None:
        return None
    if isinstance(way, Classified):
        return rules.classify(way.classification, source)
    if isinstance(way, AnyWithin):
        return _any_within(source, values.get(way.until), resolve(way.period))
    if isinstance(way, CountNumbers):
        needed = resolve(way.at_least)
        verdicts = [at_least(item, needed) for item in source]
    else:
        verdicts = [record_meets(rules, way.where, item, on) for item in source]
    return interval(verdicts.count(True), len(verdicts) - verdicts.count(False))


def record_meets(rules: Rules, where: tuple[Condition, ...], record: Mapping[str, Any], on: date) -> Kleene:
    """Whether a record meets every condition; None where a field is empty or its words are unclear."""
    found = [_cell_meets(rules, condition, record.get(condition.field), on) for condition in where]
    return False if False in found else None if None in found else True


def _cell_meets(rules: Rules, condition: Condition, value: Any, on: date) -> Kleene:
    if condition.is_not is not None:
        return bool(value != condition.is_not)
    if value is None:
        return None
    if condition.one_of:
        return value in condition.one_of
    if condition.vocabulary:
        return names_subject(rules.vocabularies[condition.vocabulary], value)
    return at_least(value, rules.resolver(on)(condition.at_least))


def names_subject(vocabulary: Vocabulary, text: str) -> Kleene:
    """Whether words name a subject of the list: 环境工程 does, 会计 does not, 工程 leaves it open."""
    plain = "".join(text.split()).casefold()
    found = _named(vocabulary, plain)
    return _named(vocabulary, simplify(plain)) if found is None else found


def _named(vocabulary: Vocabulary, plain: str) -> Kleene:
    if any(word in plain for word in vocabulary.no):
        return False
    return True if any(word in plain for word in vocabulary.yes) else None


def _any_within(days: tuple[Any, ...], until: Any, period: Any) -> Kleene:
    """Whether a day lies from ``until`` less the period up to ``until``, both ends included."""
    if not days:
        return False
    first, last = bounds(until)
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    found = [_within(item, first, last, period) for item in days]
    return True if True in found else None if None in found else False


def _within(item: Any, first: date, last: date, period: Any) -> Kleene:
    """The same for one day and an end between ``first`` and ``last``: settled where both agree on it."""
    if _both(at_least(item, subtract(last, period)), at_most(item, first)) is True:
        return True
    return False if _both(at_least(item, subtract(first, period)), at_most(item, last)) is False else None


def _both(one: Kleene, other: Kleene) -> Kleene:
    return False if False in (one, other) else None if None in (one, other) else True
