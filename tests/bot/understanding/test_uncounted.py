from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = Callable[..., dict[str, Any]]


def test_a_number_that_is_asked_for_and_not_held_is_none(facts: Facts) -> None:
    assert facts("四个高工嘛暂时没有") == {"senior_title_staff": 0}
    assert facts("要求的那四个审核师我们目前一个都没招到") == {"trained_auditors": 0}


def test_a_noun_named_first_is_denied_behind(facts: Facts) -> None:
    assert facts("高级职称的人，暂时还空缺") == {"senior_title_staff": 0}


def test_what_some_lack_says_nothing_of_the_others(facts: Facts) -> None:
    assert facts("3个审核师没有社保") == {"trained_auditors": 3}


def test_words_run_together_are_denied_one_by_one(facts: Facts) -> None:
    assert facts("大专五个审核师没有高工有一个") == {
        "degree_staff": 5,
        "trained_auditors": 0,
        "senior_title_staff": 1,
    }
