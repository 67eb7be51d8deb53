"""Every fix passes, none is larger than it need be, and where brute force finds one so does the search."""

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.definitions import AllOf, AnyOf, Compare, FactDefinition, Not, Relation, Test
from rules_engine.model import Verdict
from tests.rules_engine.reference import COUNTS, FACTS, TOP, degree, written_tests
from tests.rules_engine.toy import DAY, fact, small

COMPLETE = st.fixed_dictionaries(
    {**dict.fromkeys(FACTS, st.booleans()), **dict.fromkeys(COUNTS, st.integers(0, TOP))}
)
DIRECTIONS = st.fixed_dictionaries(
    dict.fromkeys((*FACTS, *COUNTS), st.sampled_from(["up", "down", "any", "never"]))
)


def definitions(directions: dict[str, str]) -> tuple[FactDefinition, ...]:
    return (
        *(fact(name, change=directions[name]) for name in FACTS),
        *(fact(name, "count", minimum=0, maximum=TOP, change=directions[name]) for name in COUNTS),
    )


def reachable(item: FactDefinition, value: Any) -> list[Any]:
    domain = (False, True) if item.type == "boolean" else range(TOP + 1)
    up, down = item.change in ("up", "any"), item.change in ("down", "any")
    return [other for other in domain if other == value or (up and other > value) or (down and other < value)]


def passing_changes(
    items: tuple[FactDefinition, ...], written: list[Test], facts: dict[str, Any]
) -> list[dict[str, Any]]:
    changes = []
    for combination in product(*(reachable(item, facts[item.name]) for item in items)):
        world = dict(zip((item.name for item in items), combination, strict=True))
        if all(degree(test, world) == 1 for test in written):
            changes.append({name: value for name, value in world.items() if value != facts[name]})
    return changes


def within(smaller: dict[str, Any], larger: dict[str, Any], facts: dict[str, Any]) -> bool:
    return all(
        name in larger
        and (larger[name] > facts[name]) is (value > facts[name])
        and abs(larger[name] - facts[name]) >= abs(value - facts[name])
        for name, value in smaller.items()
    )


@settings(deadline=None, max_examples=150)
@given(st.lists(written_tests(), min_size=1, max_size=2), COMPLETE, DIRECTIONS)
def test_fixes_are_sufficient_minimal_and_found_where_there_are_any(
    written: list[Test], facts: dict[str, Any], directions: dict[str, str]
) -> None:
    items = definitions(directions)
    result = small(items, written).check("g", facts, DAY)
    if result.verdict is not Verdict.FAIL:
        assert result.fixes == ()
        return
    possible = passing_changes(items, written, facts)
    for fix in result.fixes:
        assert fix in possible
        assert not any(within(other, dict(fix), facts) for other in possible if other != fix)
    assert bool(result.fixes) is bool(possible)


def priced(name: str, cost: float, **more: Any) -> FactDefinition:
    return fact(name, change="up", cost=cost, **more)


def test_the_cheapest_way_comes_first() -> None:
    either = AnyOf((Compare("a", "is", True), Compare("b", "is", True)))
    result = small([priced("a", 5), priced("b", 2)], [either]).check("g", {"a": False, "b": False}, DAY)
    assert result.fixes == ({"b": True}, {"a": True})


def test_a_fix_may_set_several_facts() -> None:
    both = AllOf((Compare("a", "is", True), Compare("b", "is", True)))
    result = small([priced("a", 1), priced("b", 1)], [both]).check("g", {"a": False, "b": False}, DAY)
    assert result.fixes == ({"a": True, "b": True},)


def test_what_the_company_cannot_change_has_no_fix() -> None:
    assert small([fact("a")], [Compare("a", "is", True)]).check("g", {"a": False}, DAY).fixes == ()


def test_more_auditors_than_staff_need_more_staff() -> None:
    facts = [priced("n", 1, kind="count", maximum=9), priced("m", 1, kind="count", maximum=9)]
    book = small(facts, [Compare("n", "at_least", 4)], [Relation("n", "m")])
    assert book.check("g", {"n": 3, "m": 3}, DAY).fixes == ({"n": 4, "m": 4},)


def test_what_a_change_breaks_is_mended_too() -> None:
    facts = [priced("n", 1, kind="count", maximum=3), priced("b", 1)]
    tests_ = [AnyOf((Compare("n", "at_most", 1), Compare("b", "is", True))), Compare("n", "at_least", 2)]
    assert small(facts, tests_).check("g", {"n": 0, "b": False}, DAY).fixes == ({"n": 2, "b": True},)


def test_unknown_facts_are_part_of_a_fix_that_has_to_suffice_alone() -> None:
    facts = [priced("a", 1), priced("n", 1, kind="count", maximum=9)]
    book = small(facts, [Compare("a", "is", True), Compare("n", "at_least", 2)])
    assert book.check("g", {"a": False}, DAY).fixes == ({"a": True, "n": 2},)


def test_a_loose_count_moves_from_its_near_end() -> None:
    book = small([priced("n", 1, kind="count", maximum=9)], [Not(Compare("n", "at_most", 3))])
    assert book.check("g", {"n": {"max": 2}}, DAY).fixes == ({"n": 4},)
