"""A slow evaluator of its own making: numbers 0, ½, 1 for false, unknown, true, and whole worlds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from hypothesis import strategies as st

from rules_engine.definitions import AllOf, AnyOf, AtLeast, Compare, FactDefinition, Not, Test
from rules_engine.model import Interval

FACTS = ("a", "b", "c")
COUNTS = ("n", "m")
TOP = 3  # counts run from 0 to 3


def leaves() -> st.SearchStrategy[Test]:
    """Comparisons over three booleans and two small counts."""
    booleans = st.builds(Compare, st.sampled_from(FACTS), st.just("is"), st.booleans())
    numbers = st.builds(
        Compare, st.sampled_from(COUNTS), st.sampled_from(["at_least", "at_most"]), st.integers(0, TOP)
    )
    return st.one_of(booleans, numbers)


def written_tests() -> st.SearchStrategy[Test]:
    """Tests of any shape."""
    return st.recursive(
        leaves(),
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.lists(inner, min_size=2, max_size=3).flatmap(
                lambda parts: st.integers(1, len(parts)).map(lambda k: AtLeast(k, tuple(parts)))
            ),
        ),
        max_leaves=6,
    )


def situations() -> st.SearchStrategy[dict[str, Any]]:
    """What is known: some booleans, some counts, some loose counts."""
    count = st.one_of(
        st.integers(0, TOP),
        st.tuples(st.integers(0, TOP), st.integers(0, TOP))
        .filter(lambda ends: ends[0] < ends[1])
        .map(lambda ends: {"min": ends[0], "max": ends[1]}),
    )
    return st.fixed_dictionaries(
        {}, optional={**dict.fromkeys(FACTS, st.booleans()), **dict.fromkeys(COUNTS, count)}
    )


def degree(test: Test, values: Mapping[str, Any]) -> float:
    """How true a test is: 0, ½ or 1."""
    if isinstance(test, Compare):
        return _leaf(test, values.get(test.fact))
    if isinstance(test, Not):
        return 1 - degree(test.of, values)
    assert isinstance(test, AllOf | AnyOf | AtLeast)
    parts = sorted((degree(part, values) for part in test.of), reverse=True)
    if isinstance(test, AllOf):
        return parts[-1]
    return parts[0] if isinstance(test, AnyOf) else parts[test.count - 1]


def _leaf(test: Compare, value: Any) -> float:
    if value is None:
        return 0.5
    low, high = (value.low, value.high) if isinstance(value, Interval) else (value, value)
    if test.op == "is":
        return float(value is test.value)
    possible = {_holds(test, number) for number in range(low, high + 1)}
    return 0.5 if len(possible) == 2 else float(possible.pop())


def _holds(test: Compare, number: int) -> bool:
    return number >= test.value if test.op == "at_least" else number <= test.value


def worlds(facts: Sequence[FactDefinition], known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every way in which the unknown may turn out."""
    ranges = [_range(item, known.get(item.name)) for item in facts]
    for combination in product(*ranges):
        yield dict(zip((item.name for item in facts), combination, strict=True))


def _range(item: FactDefinition, value: Any) -> Sequence[Any]:
    if isinstance(value, dict):
        return range(value["min"], value["max"] + 1)
    if value is not None:
        return (value,)
    return (True, False) if item.type == "boolean" else range(TOP + 1)
