from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们12个员工，一半是大专以上", {"total_staff": 12, "degree_staff": 6}),
        ("审核师8个一半是高工", {"trained_auditors": 8, "senior_title_staff": 4}),
        ("half of our 8 auditors are senior engineers", {"trained_auditors": 8, "senior_title_staff": 4}),
    ],
)
def test_half_of_those_told_in_the_message(facts: Facts, text: str, expected: dict[str, Any]) -> None:
    assert facts(text) == expected


def test_half_of_those_told_a_message_ago(facts: Facts) -> None:
    held = {"facts": {"degree_staff": 6}, "last_facts": ("degree_staff",)}
    assert facts("其中一半有审核师证", **held) == {"trained_auditors": 3}


def test_half_of_an_odd_number_is_a_range(facts: Facts) -> None:
    told = facts("我们有7个审核师，一半是高工")
    assert told["senior_title_staff"] == {"min": 3, "max": 4}


def test_half_of_nobody_known_is_no_number(facts: Facts) -> None:
    assert facts("一半是高工") == {}
