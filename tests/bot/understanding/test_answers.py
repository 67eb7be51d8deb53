from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.understanding.answers import Answers
from bot.understanding.lexicon import Lexicon
from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("said", ["4个", "没有", "有", "82分以上吗", "去年6月", "四", "都满了"])
def test_nothing_is_answered_where_nothing_was_asked(facts: Facts, said: str) -> None:
    assert facts(said) == {}


@pytest.mark.parametrize(
    ("said", "value"),
    [("是的", True), ("嗯嗯", True), ("没有呢", False), ("不是的。", False), ("👍", True), ("再说", None)],
)
def test_yes_and_no(lexicon: Lexicon, said: str, value: bool | None) -> None:
    assert Answers(lexicon).yes_or_no(said) is value


def test_only_the_fact_asked_for_is_filled(facts: Facts) -> None:
    assert facts("4个", asked=("trained_auditors", "degree_staff")) == {"trained_auditors": 4}
    assert facts("4个", asked=("testing_equipment",)) == {}


def test_not_knowing_is_an_answer(read: Read) -> None:
    assert read("不知道", asked=("senior_title_staff",)).unknown == ("senior_title_staff",)
    assert read("不知道").unknown == ()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("确定删除", True),
        ("删吧", True),
        ("是的，删除", True),
        ("不删了", False),
        ("先不", False),
        ("删了什么", None),
    ],
)
def test_what_is_about_to_be_done_is_answered(read: Read, said: str, answer: bool | None) -> None:
    assert read(said).answer is answer


def test_words_that_tell_another_fact_are_no_answer(facts: Facts) -> None:
    assert facts("还没批", asked=("extension_proof",)) == {"extension_approved": False}


def test_a_reason_answers_the_question_for_one(facts: Facts) -> None:
    assert facts("厂房搬迁", asked=("special_reason",)) == {"special_reason": True}
    assert facts("厂房搬迁") == {}


def test_a_text_longer_than_any_answer_is_left_as_it_is(lexicon: Lexicon) -> None:
    assert Answers(lexicon).plain("我们" * 100) == "我们" * 100


def test_points_may_have_a_fraction(facts: Facts) -> None:
    assert facts("查了，81.5", asked=("acceptance_score",)) == {"acceptance_score": 81.5}


def test_taken_note_of_is_no_yes(facts: Facts) -> None:
    assert facts("ok keep 83", asked=("municipal_acceptance_passed",)) == {}


@pytest.mark.parametrize("name", ["project_lead_senior_title", "external_expert_senior_title"])
def test_some_words_say_yes_only_to_the_very_question(facts: Facts, name: str) -> None:
    assert facts("他是高工", asked=(name,)) == {name: True}
    assert facts("他是高工", asked=("testing_equipment",)) == {}
