"""Compiled rules decide as the slow reference does."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.compiler import compile_requirements, write_source
from rules_engine.definitions import AnyOf, Compare, Not, Parameter, Requirement, SameYear, Test, Use
from rules_engine.model import Interval
from tests.rules_engine.reference import degree, situations, written_tests
from tests.rules_engine.toy import NAME

DEGREES = {0: False, 0.5: None, 1: True}


def requirement(name: str, test: Test, applies: Test | None = None) -> Requirement:
    return Requirement(name, NAME, test, "l", (), applies)


def outcomes(items: Sequence[Requirement], values: dict[str, Any]) -> tuple[bool | None, ...]:
    names = tuple(item.id for item in items)
    return compile_requirements(names, {item.id: item for item in items}, lambda value: value)(values)


def loose(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Interval(value["min"], value["max"]) if isinstance(value, dict) else value
        for name, value in facts.items()
    }


@given(st.lists(written_tests(), min_size=1, max_size=4), situations())
def test_compiled_outcomes_equal_the_reference(written: list[Test], facts: dict[str, Any]) -> None:
    values = loose(facts)
    items = [requirement(f"r{index}", test) for index, test in enumerate(written)]
    assert outcomes(items, values) == tuple(DEGREES[degree(test, values)] for test in written)


@pytest.mark.parametrize(("applies", "expected"), [(True, False), (False, True), (None, None)])
def test_a_requirement_that_does_not_apply_holds(applies: bool | None, expected: bool | None) -> None:
    item = requirement("r", Compare("n", "at_least", 2), Compare("a", "is", True))
    values = {"n": 1} | ({} if applies is None else {"a": applies})
    assert outcomes([item], values) == (expected,)


def test_a_requirement_may_use_another() -> None:
    inner = requirement("inner", Compare("a", "is", True))
    outer = requirement("outer", Not(Use("inner")))
    assert outcomes([inner, outer], {"a": True}) == (True, False)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2019, 12, 31), True),
        (date(2020, 1, 1), False),
        (Interval(date(2019, 1, 1), date(2019, 2, 1)), True),
        (Interval(date(2019, 1, 1), None), None),
        (None, None),
    ],
)
def test_days_compare_with_a_day_that_is_not_included(value: Any, expected: bool | None) -> None:
    item = requirement("r", Compare("d", "before", date(2020, 1, 1)))
    assert outcomes([item], {} if value is None else {"d": value}) == (expected,)


def test_same_year_is_open_while_a_day_is_open() -> None:
    item = requirement("r", SameYear("d", "e"))
    assert outcomes([item], {"d": date(2020, 1, 1)}) == (None,)
    assert outcomes([item], {"d": date(2020, 1, 1), "e": date(2020, 12, 31)}) == (True,)
    assert outcomes([item], {"d": Interval(date(2019, 1, 1), date(2019, 5, 1)), "e": date(2020, 1, 1)}) == (
        False,
    )


def test_known_asks_only_whether_something_was_said() -> None:
    item = requirement("r", AnyOf((Compare("d", "known", True), Compare("a", "is", True))))
    assert outcomes([item], {"d": date(2020, 1, 1)}) == (True,)
    assert outcomes([item], {"a": False}) == (False,)


def test_values_enter_the_source_as_constants_only() -> None:
    hostile = "'); import os  #"
    items = {
        "r": requirement("r", Compare("k", "equals", hostile)),
        "p": requirement("p", Compare("n", "at_least", Parameter("x"))),
    }
    source, constants = write_source(
        ("r", "p"), items, lambda value: 4 if isinstance(value, Parameter) else value
    )
    assert hostile not in source
    assert hostile in constants.values()
    assert "v_n >= 4" in source
