"""What is asked can still change the verdict, and nothing else is asked."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.definitions import AllOf, AnyOf, Compare, Relation, Test
from rules_engine.model import Verdict
from tests.rules_engine.reference import COUNTS, FACTS, TOP, degree, situations, worlds, written_tests
from tests.rules_engine.toy import DAY, fact, small

ALL = (*(fact(name) for name in FACTS), *(fact(name, "count", maximum=TOP) for name in COUNTS))


def passes(written: list[Test], world: dict[str, Any]) -> bool:
    return all(degree(test, world) == 1 for test in written)


@settings(deadline=None)
@given(st.lists(written_tests(), min_size=1, max_size=3), situations())
def test_the_verdict_is_what_every_world_agrees_on(written: list[Test], facts: dict[str, Any]) -> None:
    found = {passes(written, world) for world in worlds(ALL, facts)}
    expected = Verdict.UNKNOWN if len(found) == 2 else Verdict.PASS if found.pop() else Verdict.FAIL
    assert small(ALL, written).check("g", facts, DAY).verdict is expected


@settings(deadline=None)
@given(st.lists(written_tests(), min_size=1, max_size=3), situations())
def test_missing_are_exactly_the_facts_that_can_change_an_unknown_verdict(
    written: list[Test], facts: dict[str, Any]
) -> None:
    result = small(ALL, written).check("g", facts, DAY)
    if result.verdict is not Verdict.UNKNOWN:
        return
    verdicts = {tuple(world.items()): passes(written, world) for world in worlds(ALL, facts)}
    changing = {
        name
        for world, verdict in verdicts.items()
        for name, _ in world
        for other, different in verdicts.items()
        if verdict is not different and all(a == b for a, b in zip(world, other, strict=True) if a[0] != name)
    }
    assert set(result.missing) == changing


def test_either_of_two_facts_that_would_do_is_asked() -> None:
    either = AnyOf((Compare("a", "is", True), Compare("b", "is", True)))
    assert small(ALL, [either]).check("g", {}, DAY).missing == ("a", "b")


def test_a_fact_that_no_longer_matters_is_not_asked() -> None:
    either = AnyOf((Compare("a", "is", True), Compare("b", "is", True)))
    assert small(ALL, [either, Compare("c", "is", True)]).check("g", {"a": True}, DAY).missing == ("c",)


def test_after_a_failure_the_undetermined_rest_is_named() -> None:
    result = small(ALL, [Compare("a", "is", True), Compare("b", "is", True)]).check("g", {"a": False}, DAY)
    assert (result.verdict, result.missing) == (Verdict.FAIL, ("b",))


def test_a_fact_of_which_every_value_gives_the_same_is_said_so() -> None:
    either = AnyOf((Compare("a", "is", True), Compare("a", "is", False)))
    result = small(ALL, [either]).check("g", {}, DAY)
    assert (result.verdict, result.missing, result.either_way) == (Verdict.PASS, (), ("a",))
    assert any("a" in note.en for note in result.notes)


def test_the_cheapest_question_comes_first() -> None:
    facts = (fact("a", effort=5.0), fact("b"), fact("c", effort=2.0))
    written = [Compare(name, "is", True) for name in "abc"]
    assert small(facts, written).check("g", {}, DAY).missing == ("b", "c", "a")


def test_of_equal_effort_the_more_decisive_comes_first() -> None:
    one = AnyOf((Compare("a", "is", True), Compare("b", "is", True)))
    written = [AllOf((one, Compare("c", "is", True)))]
    assert small(ALL, written).check("g", {}, DAY).missing[0] == "c"


def test_an_answer_that_a_relation_would_rule_out_is_still_worth_asking() -> None:
    facts = (fact("a"), fact("b"), fact("c"))
    written = [AnyOf((Compare("a", "is", True), AllOf((Compare("b", "is", True), Compare("c", "is", True)))))]
    result = small(facts, written, [Relation("c", "b")]).check("g", {"a": False}, DAY)
    assert set(result.missing) == {"b", "c"}
    assert (
        small(facts, written, [Relation("c", "b")]).check("g", {"a": False, "c": True}, DAY).verdict
        is Verdict.PASS
    )
