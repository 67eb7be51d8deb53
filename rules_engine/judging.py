"""Judges a test by walking it: true, false, or unknown. For explanations; decisions run compiled code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules_engine.definitions import AllOf, AnyOf, AtLeast, Compare, Not, Requirement, SameYear, Test, Use
from rules_engine.model import Interval
from rules_engine.values import Kleene, at_least, at_most, before, same_year

Resolver = Callable[[Any], Any]  # a parameter's value on the day in question; other values as they are
Requirements = Mapping[str, Requirement]

_COMPARISONS: dict[str, Callable[[Any, Any], Kleene]] = {
    "at_least": at_least,
    "at_most": at_most,
    "before": before,
    "on_or_after": at_least,
    "is": lambda value, wanted: value is wanted,
    "equals": lambda value, wanted: value == wanted,
    "in": lambda value, wanted: value in wanted,
}


def judge(test: Test, values: Mapping[str, Any], resolve: Resolver, requirements: Requirements) -> Kleene:
    """The outcome of a test on what is known."""
    if isinstance(test, Compare):
        return compare(test, values, resolve)
    if isinstance(test, SameYear):
        pair = (values.get(test.fact), values.get(test.other))
        return None if None in pair else same_year(*pair)
    if isinstance(test, Use):
        return judge(obligation(requirements[test.requirement]), values, resolve, requirements)
    if isinstance(test, Not):
        inner = judge(test.of, values, resolve, requirements)
        return None if inner is None else not inner
    found = [judge(part, values, resolve, requirements) for part in test.of]
    return at_least_of(found, needed(test))


def compare(test: Compare, values: Mapping[str, Any], resolve: Resolver) -> Kleene:
    """One comparison on what is known."""
    value = values.get(test.fact)
    if test.op == "known":
        return (value is not None) is test.value
    return None if value is None else _COMPARISONS[test.op](value, resolve(test.value))


def obligation(requirement: Requirement) -> Test:
    """A requirement as one test: where it does not apply, it holds."""
    if requirement.applies is None:
        return requirement.test
    return AnyOf((Not(requirement.applies), requirement.test))


def needed(test: AllOf | AnyOf | AtLeast) -> int:
    """How many parts must hold."""
    if isinstance(test, AtLeast):
        return test.count
    return len(test.of) if isinstance(test, AllOf) else 1


def at_least_of(found: list[Kleene], count: int) -> Kleene:
    """Whether ``count`` of these hold."""
    true = found.count(True)
    if true >= count:
        return True
    return False if true + found.count(None) < count else None


def leaves(test: Test, requirements: Requirements) -> Iterator[Compare | SameYear]:
    """Every comparison in a test."""
    if isinstance(test, Compare | SameYear):
        yield test
    elif isinstance(test, Use):
        yield from leaves(obligation(requirements[test.requirement]), requirements)
    elif isinstance(test, Not):
        yield from leaves(test.of, requirements)
    else:
        for part in test.of:
            yield from leaves(part, requirements)


def facts_in(test: Test, requirements: Requirements) -> tuple[str, ...]:
    """The facts that a test reads, each once, in order."""
    names: dict[str, None] = {}
    for leaf in leaves(test, requirements):
        names[leaf.fact] = None
        if isinstance(leaf, SameYear):
            names[leaf.other] = None
    return tuple(names)


def open_facts(
    test: Test, values: Mapping[str, Any], resolve: Resolver, requirements: Requirements
) -> Iterator[str]:
    """The facts of the parts that are still undecided and still matter, with repetitions."""
    if judge(test, values, resolve, requirements) is not None:
        return
    if isinstance(test, Compare):
        yield test.fact
    elif isinstance(test, SameYear):
        yield from (name for name in (test.fact, test.other) if not _settled(values.get(name)))
    elif isinstance(test, Use):
        yield from open_facts(obligation(requirements[test.requirement]), values, resolve, requirements)
    else:
        for part in (test.of,) if isinstance(test, Not) else test.of:
            yield from open_facts(part, values, resolve, requirements)


def _settled(value: Any) -> bool:
    return value is not None and not isinstance(value, Interval)
