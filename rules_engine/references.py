"""How the parts of a rulebook refer to each other: what rests on itself, what nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rules_engine.building import Parts
from rules_engine.definitions import Compare, Parameter, Requirement, SameYear, Test, Use
from rules_engine.rules import derived_order


def circles(parts: Parts) -> list[str]:
    """Requirements, goals and facts that rest on themselves, and what they name that is not there."""
    problems = [problem for name in parts.requirements for problem in _follow(parts, name, ())]
    problems += [problem for name in parts.goals for problem in _follow_goal(parts, name, ())]
    if problems:
        return list(dict.fromkeys(problems))
    try:
        derived_order(parts)
    except ValueError as circle:
        name = str(circle).split(" ", 1)[0]
        return [_problem(parts, ("facts", name), f"is computed from itself: {circle}")]
    return []


def _problem(parts: Parts, where: tuple[str, str], what: str) -> str:
    return f"{parts.origin.get(where, 'rulebook:1')}: {where[1]}: {what}"


def _follow(parts: Parts, name: str, path: tuple[str, ...]) -> Iterator[str]:
    if name in path:
        circle = " -> ".join((*path[path.index(name) :], name))
        yield _problem(parts, ("requirements", path[0]), f"rests on itself: {circle}")
        return
    requirement = parts.requirements.get(name)
    if requirement is None:
        yield _problem(parts, ("requirements", path[-1]), f"requirement {name} is not defined")
        return
    for test in _tests_of(requirement):
        for used in uses_in(test):
            yield from _follow(parts, used, (*path, name))


def _follow_goal(parts: Parts, name: str, path: tuple[str, ...]) -> Iterator[str]:
    if name in path:
        yield _problem(parts, ("goals", path[0]), f"includes itself: {' -> '.join((*path, name))}")
        return
    for included in parts.includes.get(name, ()):
        if included in parts.goals:
            yield from _follow_goal(parts, included, (*path, name))
        else:
            yield _problem(parts, ("goals", name), f"goal {included} is not defined")


def _tests_of(requirement: Requirement) -> tuple[Test, ...]:
    return (requirement.test,) if requirement.applies is None else (requirement.test, requirement.applies)


def unused(parts: Parts) -> list[str]:
    """Figures that nothing reads and requirements that no goal demands."""
    figures = set(used_parameters(parts))
    demanded = {demand.requirement for goal in parts.goals.values() for demand in goal.demands}
    for item in parts.requirements.values():
        demanded.update(name for test in _tests_of(item) for name in uses_in(test))
    problems = [
        _problem(parts, ("parameters", name), "nothing uses it")
        for name in parts.parameters
        if name not in figures
    ]
    return problems + [
        _problem(parts, ("requirements", name), "no goal demands it")
        for name in parts.requirements
        if name not in demanded
    ]


def _parts_of(test: Test) -> tuple[Test, ...]:
    if isinstance(test, Compare | SameYear | Use):
        return ()
    return test.of if isinstance(test.of, tuple) else (test.of,)


def uses_in(test: Test) -> Iterator[str]:
    """The requirements that a test names."""
    if isinstance(test, Use):
        yield test.requirement
    for part in _parts_of(test):
        yield from uses_in(part)


def own_leaves(test: Test) -> Iterator[Compare | SameYear]:
    """The comparisons written in a test itself, not those of requirements that it uses."""
    if isinstance(test, Compare | SameYear):
        yield test
    for part in _parts_of(test):
        yield from own_leaves(part)


def figures_in(test: Test) -> Iterator[str]:
    """The figures that a test compares with."""
    for leaf in own_leaves(test):
        if isinstance(leaf, Compare) and isinstance(leaf.value, Parameter):
            yield leaf.value.name


def used_parameters(parts: Parts) -> Iterator[str]:
    """Every figure that something reads."""
    tests: list[Test | None] = [
        test for item in parts.requirements.values() for test in (item.test, item.applies)
    ]
    tests += [note.when for note in parts.notes.values()]
    tests += [item.when for item in parts.consequences.values()]
    tests += [item.applies for item in parts.deadlines.values()]
    for test in tests:
        if test is not None:
            yield from figures_in(test)
    values: list[Any] = [item.add for item in parts.deadlines.values()]
    values += [
        value for table in parts.tables.values() for row in table.rows for value in _row_values(row.value)
    ]
    for fact in parts.facts.values():
        for way in fact.derived:
            values += [getattr(way, "at_least", None), getattr(way, "period", None)]
            values += [condition.at_least for condition in getattr(way, "where", ())]
    yield from (value.name for value in values if isinstance(value, Parameter))


def _row_values(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else (value,)
