from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


def test_a_number_told_by_name_is_counted(facts: Facts) -> None:
    assert facts("高工就老周和我两个") == {"senior_title_staff": 2}


def test_one_of_them_denied_is_none(facts: Facts) -> None:
    assert facts("一个高工也没有") == {"senior_title_staff": 0}


def test_people_who_do_not_count_leave_the_noun_open(facts: Facts) -> None:
    assert facts("有一个审核师证书过期了，所以是3个") == {"trained_auditors": 3}


def test_the_staff_who_hold_something_are_counted_by_it(facts: Facts) -> None:
    assert facts("6个员工有大专学历") == {"degree_staff": 6}


def test_not_one_at_all_is_none_whatever_follows(facts: Facts) -> None:
    assert facts("我们一个高工都没有也敢接单") == {"senior_title_staff": 0}
    assert facts("至今没带出过一个审核师") == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("审核师证一个都没考到", {"trained_auditors": 0}),
        ("审核师3个，高工一个都没评上", {"trained_auditors": 3, "senior_title_staff": 0}),
        ("社保一个都没盖章", {"insured_staff": 0}),
    ],
)
def test_not_even_one_that_is_fit_is_none(facts: Facts, text: str, told: dict[str, int]) -> None:
    assert facts(text) == told
