from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import load_reader
from bot.understanding.model import ReadingContext
from tests.bot.understanding.conftest import NOW

Facts = Callable[..., dict[str, Any]]
READER = load_reader()


@given(st.integers(2, 40), st.integers(1, 40))
def test_those_who_do_not_count_are_taken_off(whole: int, part: int) -> None:
    read = READER.read(f"审核师{whole}个，其中{part}个证是江西发的", ReadingContext(now=NOW))
    told = {fact.name: fact.value for fact in read.facts}
    assert told == ({"trained_auditors": whole - part} if part <= whole else {})


@pytest.mark.parametrize(
    "text",
    [
        "8个本科，5个是环境专业，另外3个是会计",
        "8个本科，3个是会计，另外5个是环境专业",
        "大专以上8个，对口的5个",
        "大专以上8个，会计占3个",
    ],
)
def test_the_rest_told_again_changes_nothing(facts: Facts, text: str) -> None:
    assert facts(text) == {"degree_staff": 5}


def test_further_ones_are_not_parts(facts: Facts) -> None:
    assert facts("审核师4个，另外2个还没拿证") == {"trained_auditors": 4}


def test_insured_too_short_are_taken_off_and_long_enough_are_what_counts(facts: Facts) -> None:
    assert facts("8个人有社保，3个没满一年") == {"insured_staff": 5}
    assert facts("8个人有社保，其中6个满一年") == {"insured_staff": 6}


def test_one_who_left_is_no_more_among_them(facts: Facts) -> None:
    assert facts("审核师4个，其中一个刚离职") == {"trained_auditors": 3}


def test_parts_of_those_told_a_message_ago_are_taken_off(facts: Facts) -> None:
    held = {"facts": {"trained_auditors": 6}, "last_facts": ("trained_auditors",)}
    assert facts("不过其中两个是外省的证", **held) == {"trained_auditors": 4}
    assert facts("两个是外省的证", **held) == {}


def test_a_field_that_does_not_count_for_a_degree_does_not_for_a_title(facts: Facts) -> None:
    assert facts("高级职称3人，其中会计专业1人") == {"senior_title_staff": 2}


def test_those_with_a_stamp_are_those_that_count(facts: Facts) -> None:
    assert facts("有社保证明的5个人，盖了社保局章的只有3个") == {"insured_staff": 3}


def test_certificates_of_a_valid_province_are_what_counts(facts: Facts) -> None:
    assert facts("我们6个有证，4个广东的2个外省的") == {"trained_auditors": 4}
    assert facts("有6个审核师，广东的4个，另外2个是外省的") == {"trained_auditors": 4}


def test_those_of_another_field_were_never_among_the_fitting(facts: Facts) -> None:
    assert facts("学环境的本科生4个，学会计的2个") == {"degree_staff": 4}


def test_a_mark_is_of_the_people_named(facts: Facts) -> None:
    held = {"trained_auditors": 4, "post_certified_staff": 4}
    told = facts("上岗证里有一个过期了", facts=held, last_facts=tuple(held))
    assert told == {"post_certified_staff": 3}
    told = facts("其中一个审核师的证是江西的", facts=held, last_facts=tuple(held))
    assert told == {"trained_auditors": 3}


def test_one_of_them_insured_for_too_short_a_time_does_not_count(facts: Facts) -> None:
    held = {"insured_staff": 5}
    assert facts("其中有一个社保才交了8个月", facts=held, last_facts=("insured_staff",)) == {
        "insured_staff": 4
    }


@pytest.mark.parametrize("held", [{"senior_title_staff": 2}, {"degree_staff": 9, "senior_title_staff": 2}])
def test_all_are_not_the_few_with_a_title(facts: Facts, held: dict[str, int]) -> None:
    told = facts("社保都有", facts=held, last_facts=("senior_title_staff",))
    assert told.get("insured_staff") in (None, held.get("degree_staff"))
