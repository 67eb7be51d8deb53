from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]
FOUR = {"trained_auditors": 4}


def test_one_more_and_one_fewer_start_from_what_is_held(facts: Facts) -> None:
    assert facts("又招了一个审核师", facts=FOUR) == {"trained_auditors": 5}
    assert facts("走了一个审核师", facts=FOUR) == {"trained_auditors": 3}


def test_what_is_left_stands_against_what_left(facts: Facts) -> None:
    assert facts("哦有个审核师上周离职了，现在只剩3个审核师", facts=FOUR) == {"trained_auditors": 3}


def test_who_left_of_an_unknown_number_leaves_a_doubt(read: Read) -> None:
    understanding = read("走了两个审核师")
    assert understanding.facts == ()
    assert [doubt.fact for doubt in understanding.doubts] == ["trained_auditors"]


def test_a_change_is_a_correction(read: Read) -> None:
    assert read("又招了一个审核师", facts=FOUR).facts[0].correction


@pytest.mark.parametrize("said", ["what if one auditor leaves", "要是走一个审核师呢", "如果少一个审核师呢"])
def test_who_might_leave_is_taken_off_what_is_held(read: Read, said: str) -> None:
    understanding = read(said, facts=FOUR)
    assert not understanding.facts
    assert [(fact.name, fact.value) for fact in understanding.hypothetical] == [("trained_auditors", 3)]


def test_one_supposed_without_a_number_comes_on_top(read: Read) -> None:
    understanding = read("要是请个退休高工呢", facts={"senior_title_staff": 0})
    assert not understanding.facts
    assert [(fact.name, fact.value) for fact in understanding.hypothetical] == [("senior_title_staff", 1)]


def test_those_still_to_leave_are_there(facts: Facts) -> None:
    assert facts("审核师5个，下个月走一个") == {"trained_auditors": 5}


def test_more_gone_than_there_are_leave_those_told(facts: Facts) -> None:
    assert facts("审核师剩两个，走了三个") == {"trained_auditors": 2}


def test_one_told_too_many_is_taken_off(facts: Facts) -> None:
    held = {"facts": {"senior_title_staff": 2}, "last_facts": ("senior_title_staff",)}
    assert facts("高工多报了一个", **held) == {"senior_title_staff": 1}


def test_each_change_goes_on_from_the_one_before(facts: Facts) -> None:
    assert facts("审核师原先七个，今年走了三个，又招了一个") == {"trained_auditors": 5}


def test_further_ones_of_the_message_before_are_added(facts: Facts) -> None:
    held = {"senior_title_staff": 1}
    assert facts("还有一个副高", facts=held, last_facts=("senior_title_staff",)) == {"senior_title_staff": 2}


@pytest.mark.parametrize(
    ("said", "many"), [("刚才说少了一个审核师", 5), ("漏报了一个审核师", 5), ("多算了一个审核师", 3)]
)
def test_by_how_many_it_was_wrong_is_no_number_of_them(facts: Facts, said: str, many: int) -> None:
    assert facts(said, facts=FOUR) == {"trained_auditors": many}


def test_the_only_one_gone_leaves_none(facts: Facts) -> None:
    assert facts("它的高工离职了", facts={"senior_title_staff": 1}) == {"senior_title_staff": 0}


def test_of_several_gone_it_stays_open_how_many(read: Read) -> None:
    understanding = read("高工离职了", facts={"senior_title_staff": 3})
    assert understanding.facts == ()
    assert [doubt.fact for doubt in understanding.doubts] == ["senior_title_staff"]
