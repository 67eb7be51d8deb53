from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = Callable[..., dict[str, Any]]


def test_kinds_of_the_same_people_add_up(facts: Facts) -> None:
    assert facts("3个本科，2个大专") == {"degree_staff": 5}
    assert facts("国家审核师2个，广东省审核师3个") == {"trained_auditors": 5}


def test_a_part_of_a_whole_does_not(facts: Facts) -> None:
    assert facts("大专以上5个，其中本科3个") == {"degree_staff": 5}


def test_two_numbers_for_the_same_people_are_asked(facts: Facts) -> None:
    assert facts("审核师4个，审核师5个") == {}


def test_the_route_decides_whose_title_it_is(facts: Facts) -> None:
    said = "4个审核师，其中1个高工"
    assert "senior_title_auditors" in facts(said, facts={"route": "self"})
    assert "senior_title_staff" in facts(said, facts={"route": "consultant"})
