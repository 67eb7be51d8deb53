from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = Callable[..., dict[str, Any]]


def test_a_time_tells_whom_a_number_counts(facts: Facts) -> None:
    before = {"facts": {"insured_staff": 3}, "last_facts": ("insured_staff",)}
    assert facts("刚才说错了，满一年的有4个", **before) == {"insured_staff": 4}
    assert facts("满一年的有4个") == {}


def test_by_how_many_it_was_wrong_is_no_number_of_people(facts: Facts) -> None:
    before = {"facts": {"degree_staff": 7}, "last_facts": ("degree_staff",)}
    assert facts("报少了一个，8个", **before) == {"degree_staff": 8}
    assert facts("漏算了一个", **before) == {}


def test_kinds_of_the_noun_that_waits_add_up(facts: Facts) -> None:
    assert facts("上岗证方面，能源1人环境2人安全3人") == {"post_certified_staff": 6}


def test_people_in_several_places_are_summed(facts: Facts) -> None:
    assert facts("审核师总部3人，龙岗办事处2人") == {"trained_auditors": 5}
    assert facts("审核师5个，总部3个，龙岗2个") == {"trained_auditors": 5}
    assert facts("审核师深圳3个，湖南2个") == {"trained_auditors": 3}


def test_what_was_only_thought_may_be_confirmed(facts: Facts) -> None:
    assert facts("大专以上应该是九个，对就是九个没错") == {"degree_staff": 9}


def test_more_of_them_elsewhere_are_added(facts: Facts) -> None:
    assert facts("深圳这边社保满一年的4个，另外东莞分公司还有3个") == {"insured_staff": 7}
