from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = Callable[..., dict[str, Any]]


def test_what_is_left_in_the_end_is_the_number(facts: Facts) -> None:
    assert facts("审核师证9本，过期4本，剩5本有效") == {"trained_auditors": 5}
    assert facts("社保满一年的8个，有一个上月离职了，所以是7个") == {"insured_staff": 7}


def test_without_a_change_before_it_no_number_is_left(facts: Facts) -> None:
    assert facts("审核师5个，所以是7个") == {"trained_auditors": 5}


def test_colleagues_by_name_add_up(facts: Facts) -> None:
    assert facts("审核师小陈一个，小刘一个，老王一个") == {"trained_auditors": 3}


def test_what_is_left_answers_the_question_before(facts: Facts) -> None:
    said = "证6张，其中2张过期，能用的4张"
    assert facts(said, asked=("trained_auditors",)) == {"trained_auditors": 4}
    assert facts(said) == {}


def test_a_sum_said_aloud_stands_for_its_parts(facts: Facts) -> None:
    assert facts("审核师深圳3个，东莞2个，合起来5个") == {"trained_auditors": 5}
    assert facts("社保满一年：技术部4人+审核部3人=7人") == {"insured_staff": 7}


def test_a_sum_of_other_parts_replaces_nothing(facts: Facts) -> None:
    assert facts("审核师2个，高工1个，加起来3个") == {"trained_auditors": 2, "senior_title_staff": 1}


def test_those_who_do_count_are_the_number(facts: Facts) -> None:
    assert facts("3个高工，1个没有环保专业背景，所以能用的是2个") == {"senior_title_staff": 2}
    assert facts("审核师5个是把实习的也算上了，正式的只有4个") == {"trained_auditors": 4}
