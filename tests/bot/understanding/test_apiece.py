from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("老赵是高工也是审核师，小钱小孙是审核师", {"senior_title_staff": 1, "trained_auditors": 3}),
        ("我是审核师，另外还有两个同事也是", {"trained_auditors": 3}),
        ("审核师证我有，小刘也有，其他人没有", {"trained_auditors": 2}),
        ("小陈有审核师证，小林也有，小梅没有", {"trained_auditors": 2}),
        ("老赵：高工+审核师；小孙：审核师", {"senior_title_staff": 1, "trained_auditors": 2}),
        ("老赵有审核师证，老钱有审核师证，老孙没考过", {"trained_auditors": 2}),
    ],
)
def test_who_has_what_is_summed(facts: Facts, text: str, told: dict[str, int]) -> None:
    assert facts(text) == told


def test_one_person_alone_is_no_number_of_them(facts: Facts) -> None:
    assert facts("我是高工") == {}
    assert facts("我有审核师证，别人没有") == {"trained_auditors": 1}


def test_what_two_titles_share_is_not_guessed(facts: Facts) -> None:
    assert "senior_title_staff" not in facts("老赵是高工也是审核师，老钱也是")


def test_numbers_beside_people_stay_as_told(facts: Facts) -> None:
    assert facts("老王是高工，审核师有4个") == {"trained_auditors": 4}
