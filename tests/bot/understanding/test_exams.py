from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("6个去考审核师，4个过了", 4),
        ("考审核师的5个人里有2个没过", 3),
        ("5个人参加了审核师考试，通过了3个", 3),
        ("5个人考审核师，全过了", 5),
        ("考审核师的五个里面过了三个", 3),
        ("审核师培训4个人都合格了", 4),
        ("通过审核师考试的有王敏、刘洋、何军、郭涛四位", 4),
        ("报了四个人去考审核师，结果一个都没过", 0),
        ("今年去了三个考审核师，全军覆没", 0),
        ("Six people took the auditor exam, four passed", 4),
        ("five sat the auditor exam, two failed", 3),
    ],
)
def test_those_who_passed_count(facts: Facts, text: str, passed: int) -> None:
    assert facts(text) == {"trained_auditors": passed}


@pytest.mark.parametrize("text", ["今年3个人去考审核师，还没出成绩", "审核师考试报了3个人", "5个人考审核师"])
def test_those_who_only_sit_it_do_not(facts: Facts, text: str) -> None:
    assert facts(text) == {}


def test_more_than_sat_it_cannot_have_passed(facts: Facts) -> None:
    assert facts("3个人考审核师，5个过了") == {}
