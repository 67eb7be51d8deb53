"""Writes a Python function for a list of requirements on a day and compiles it.

The source is generated from checked definitions alone: names are identifiers by the grammar, values go
in as constants. Two bodies: plain comparisons when all is known, three-valued logic otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rules_engine import values as three_valued
from rules_engine.definitions import AllOf, AnyOf, Compare, Not, Requirement, SameYear, Test, Use
from rules_engine.judging import facts_in, needed, obligation
from rules_engine.values import Kleene

Judge = Callable[[Mapping[str, Any]], tuple[Kleene, ...]]

_SYMBOLS = {"at_least": ">=", "at_most": "<=", "before": "<", "on_or_after": ">="}
_PLAIN = {"at_least": "int", "at_most": "int", "before": "date", "on_or_after": "date"}
_LOOSE = {"at_least": "at_least", "at_most": "at_most", "before": "before", "on_or_after": "at_least"}


def compile_requirements(
    names: tuple[str, ...], requirements: Mapping[str, Requirement], resolve: Callable[[Any], Any]
) -> Judge:
    """A function from known values to the outcome of each named requirement, in order."""
    source, constants = write_source(names, requirements, resolve)
    space: dict[str, Any] = {
        "int": int,
        "date": date,
        "at_least": three_valued.at_least,
        "at_most": three_valued.at_most,
        "before": three_valued.before,
        "same_year": three_valued.same_year,
        **constants,
    }
    exec(compile(source, "<rulebook>", "exec"), space)  # noqa: S102 - our own source, see the module's words
    judge: Judge = space["judge"]
    return judge


def write_source(
    names: tuple[str, ...], requirements: Mapping[str, Requirement], resolve: Callable[[Any], Any]
) -> tuple[str, dict[str, Any]]:
    """The function's source and the constants that it names."""
    writer = _Writer(requirements, resolve)
    tests = [obligation(requirements[name]) for name in names]
    facts = tuple(dict.fromkeys(fact for test in tests for fact in facts_in(test, requirements)))
    plain = [writer.plain(test) for test in tests]
    loose = [writer.loose(test) for test in tests]
    lines = ["def judge(facts):", "    try:"]
    lines += [f"        v_{fact} = facts[{fact!r}]" for fact in facts]
    lines.append(f"        return ({''.join(text + ', ' for text in plain)})")
    # A fact is missing, or a loosely stated one refused the plain comparison.
    lines.append("    except (KeyError, TypeError, AttributeError):")
    lines.append("        pass")
    lines += [f"    v_{fact} = facts.get({fact!r})" for fact in facts]
    lines += [f"    {line}" for line in writer.lines]
    lines.append(f"    return ({''.join(name + ', ' for name in loose)})")
    return "\n".join(lines), writer.constants


class _Writer:
    """Expressions for both bodies; the three-valued one is a line for each part."""

    def __init__(self, requirements: Mapping[str, Requirement], resolve: Callable[[Any], Any]) -> None:
        self.requirements = requirements
        self.resolve = resolve
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {}
        self._written: dict[Test, str] = {}

    def plain(self, test: Test) -> str:
        """A boolean expression that holds when every fact is known and plain."""
        if isinstance(test, Compare):
            return self._plain_comparison(test)
        if isinstance(test, SameYear):
            return f"(v_{test.fact}.year == v_{test.other}.year)"
        if isinstance(test, Use):
            return self.plain(obligation(self.requirements[test.requirement]))
        if isinstance(test, Not):
            return f"(not {self.plain(test.of)})"
        parts = [self.plain(part) for part in test.of]
        if isinstance(test, AllOf | AnyOf):
            return f"({(' and ' if isinstance(test, AllOf) else ' or ').join(parts)})"
        return f"({' + '.join(parts)} >= {test.count})"

    def _plain_comparison(self, test: Compare) -> str:
        name = f"v_{test.fact}"
        if test.op == "known":
            return repr(test.value)  # in this body every fact is known
        if test.op == "is":
            return f"({name} is {test.value!r})"
        if test.op in _SYMBOLS:
            return f"({name} {_SYMBOLS[test.op]} {self._constant(test.value)})"
        return f"({name} {'==' if test.op == 'equals' else 'in'} {self._constant(test.value)})"

    def loose(self, test: Test) -> str:
        """The name of a variable that holds the three-valued outcome; equal parts are written once."""
        if test not in self._written:
            expression = self._loose_expression(test)
            name = f"t{len(self._written)}"
            self.lines.append(f"{name} = {expression}")
            self._written[test] = name
        return self._written[test]

    def _loose_expression(self, test: Test) -> str:
        if isinstance(test, Compare):
            return self._loose_comparison(test)
        if isinstance(test, SameYear):
            pair = (f"v_{test.fact}", f"v_{test.other}")
            return f"None if {pair[0]} is None or {pair[1]} is None else same_year({pair[0]}, {pair[1]})"
        if isinstance(test, Use):
            return self.loose(obligation(self.requirements[test.requirement]))
        if isinstance(test, Not):
            inner = self.loose(test.of)
            return f"None if {inner} is None else not {inner}"
        parts = [self.loose(part) for part in test.of]
        if isinstance(test, AllOf):
            return _kleene(parts, "False", "True")
        if isinstance(test, AnyOf):
            return _kleene(parts, "True", "False")
        return _counted(parts, needed(test))

    def _loose_comparison(self, test: Compare) -> str:
        name = f"v_{test.fact}"
        if test.op == "known":
            return f"({name} is not None) is {test.value!r}"
        if test.op not in _SYMBOLS:
            return f"None if {name} is None else {self._plain_comparison(test)}"
        bound = self._constant(test.value)
        plain = f"{name} {_SYMBOLS[test.op]} {bound}"
        return (
            f"None if {name} is None else {plain} if {name}.__class__ is {_PLAIN[test.op]} "
            f"else {_LOOSE[test.op]}({name}, {bound})"
        )

    def _constant(self, value: Any) -> str:
        value = self.resolve(value)
        if isinstance(value, int | float):
            return repr(value)
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name


def _kleene(parts: list[str], decides: str, otherwise: str) -> str:
    any_decides = " or ".join(f"{part} is {decides}" for part in parts)
    any_open = " or ".join(f"{part} is None" for part in parts)
    return f"{decides} if {any_decides} else None if {any_open} else {otherwise}"


def _counted(parts: list[str], count: int) -> str:
    true = " + ".join(f"({part} is True)" for part in parts)
    possible = " + ".join(f"({part} is not False)" for part in parts)
    return f"True if {true} >= {count} else False if {possible} < {count} else None"
