from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.numbers import find_quantities
from knowledge.numerals import to_chinese


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("4个", 4),
        ("两名", 2),
        ("肆名", 4),
        ("俩", 2),
        ("至少5个", {"min": 5}),
        ("5个以上", {"min": 5}),
        ("超过4个", {"min": 5}),
        ("不到4个", {"max": 3}),
        ("最多3个", {"max": 3}),
        ("4到6名", {"min": 4, "max": 6}),
        ("十几个", {"min": 11, "max": 19}),
        ("二十多个", {"min": 21, "max": 29}),
        ("1,200人", 1200),
        ("at least 5", {"min": 5}),
        ("fewer than 4", {"max": 3}),
        ("5+ ", {"min": 5}),
        ("upwards of 6", {"min": 6}),
        ("not less than 4", {"min": 4}),
        ("not more than 4", {"max": 4}),
        ("not even 4", {"max": 3}),
        ("a single engineer", 1),
        ("a pair of engineers", 2),
    ],
)
def test_reads_counts_and_their_bounds(said: str, value: Any) -> None:
    (found,) = find_quantities(said)
    assert found.quantity.value == value
    assert not found.quantity.vague


@pytest.mark.parametrize(
    "said",
    ["一两个", "三四名", "十来个", "几个", "好几个", "几十个", "五六十个", "大概5个", "5个左右", "a few"],
)
def test_vague_counts_are_marked(said: str) -> None:
    (found,) = find_quantities(said)
    assert found.quantity.vague
    assert found.quantity.exact is None


@pytest.mark.parametrize(
    ("said", "low", "high"), [("五六十个", 50, 69), ("三四百人", 300, 499), ("二三十位", 20, 39)]
)
def test_neighbouring_tens_are_a_range(said: str, low: int, high: int) -> None:
    (found,) = find_quantities(said)
    assert (found.quantity.low, found.quantity.high) == (low, high)


@pytest.mark.parametrize(
    ("said", "fault"),
    [("-3人", "rejected.negative"), ("3.5个", "rejected.fraction"), ("20000人", "rejected.absurd")],
)
def test_impossible_counts_carry_their_fault(said: str, fault: str) -> None:
    assert find_quantities(said)[0].quantity.fault == fault


@pytest.mark.parametrize("said", ["一般", "iso14001", "38号", "万一", "三废", "85%"])
def test_other_figures_are_no_counts(said: str) -> None:
    assert not find_quantities(said)


@given(st.integers(1, 9_999), st.sampled_from("个名位人"))
def test_a_chinese_count_reads_back(number: int, classifier: str) -> None:
    for written in (str(number), to_chinese(number)):
        (found,) = find_quantities(written + classifier)
        assert found.quantity.exact == number


@given(st.integers(1, 8))
def test_neighbouring_numerals_are_a_range_never_a_number(low: int) -> None:
    said = to_chinese(low).replace("二", "两") + to_chinese(low + 1) + "个"
    (found,) = find_quantities(said)
    assert (found.quantity.low, found.quantity.high, found.quantity.vague) == (low, low + 1, True)


@pytest.mark.parametrize("said", ["最少几名", "审核师几个", "高工至少几位", "要几个人"])
def test_how_many_is_no_number(said: str) -> None:
    assert not find_quantities(said)


@pytest.mark.parametrize(
    ("said", "many"), [("两男三女", 5), ("3男2女", 5), ("男的2个女的三个", 5), ("一女一男", 2)]
)
def test_people_told_by_sex_are_one_number(said: str, many: int) -> None:
    assert [item.quantity.exact for item in find_quantities(said)] == [many]


@pytest.mark.parametrize("said", ["15口人", "15个人头", "15号人"])
def test_heads_are_people(said: str) -> None:
    assert [item.quantity.exact for item in find_quantities(said)] == [15]


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("十个往上", 10, None),
        ("4个打底", 4, None),
        ("三个封顶", None, 3),
        ("撑死三个", None, 3),
        ("最多算两个", None, 2),
    ],
)
def test_bounds_as_they_are_spoken(said: str, low: int | None, high: int | None) -> None:
    (found,) = find_quantities(said)
    assert (found.quantity.low, found.quantity.high) == (low, high)


def test_a_number_said_twice_over_is_meant_once() -> None:
    assert [item.quantity.exact for item in find_quantities("三个三个")] == [3]
