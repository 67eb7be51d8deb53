from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "three of our six auditors are senior engineers",
            {"trained_auditors": 6, "senior_title_auditors": 3},
        ),
        ("none of our 4 auditors is a senior engineer", {"trained_auditors": 4, "senior_title_auditors": 0}),
        (
            "of our five auditors, two are senior engineers",
            {"trained_auditors": 5, "senior_title_auditors": 2},
        ),
        (
            "five auditors, two of them with senior titles",
            {"trained_auditors": 5, "senior_title_auditors": 2},
        ),
        ("five of our 12 staff hold auditor certificates", {"total_staff": 12, "trained_auditors": 5}),
        ("two of those 5 auditors hold senior titles", {"trained_auditors": 5, "senior_title_auditors": 2}),
    ],
)
def test_whole_and_part_are_told_apart(facts: Facts, text: str, expected: dict[str, Any]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("only three of our six engineers passed the auditor training", {"trained_auditors": 3}),
        ("none of the four has a senior title", {"senior_title_staff": 0}),
        ("two out of five hold degrees", {"degree_staff": 2}),
    ],
)
def test_whole_of_nobody_that_counts_is_left_out(facts: Facts, text: str, expected: dict[str, Any]) -> None:
    assert facts(text) == expected


def test_part_of_those_named_says_not_how_many_there_are(facts: Facts) -> None:
    assert facts("one of our auditors is a senior engineer") == {"senior_title_auditors": 1}


def test_number_of_people_without_a_whole_is_theirs(facts: Facts) -> None:
    assert facts("four of our staff are auditors") == {"trained_auditors": 4}
