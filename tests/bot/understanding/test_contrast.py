from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规定要4个审核师，我们只有3个", {"trained_auditors": 3}),
        ("人家有5个审核师，我们没有", {"trained_auditors": 0}),
        ("母公司有3个高工，我们这边一个都没有", {"senior_title_staff": 0}),
        ("标准是1名高工，我们2名", {"senior_title_staff": 2}),
    ],
)
def test_the_speakers_number_is_of_the_people_that_others_have(
    facts: Facts, text: str, expected: dict[str, Any]
) -> None:
    assert facts(text) == expected


def test_two_kinds_of_people_of_others_leave_the_number_open(facts: Facts) -> None:
    assert facts("规定要4个审核师、1个高工，我们只有3个") == {}


def test_all_the_staff_are_no_contrast(facts: Facts) -> None:
    assert "trained_auditors" not in facts("规定要4个审核师，我们一共30个人")
