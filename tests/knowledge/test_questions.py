"""Where the questions of a message begin, what they share, and what is only told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.questions import Asking, Questions


@pytest.fixture(scope="module")
def questions(library: Library) -> Questions:
    return Questions(library.topics.lexicon)


def words(found: tuple[Asking, ...]) -> list[str]:
    return [one.words.rstrip("?") for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社保几个人 高工几个", ["社保几个人", "高工几个"]),
        ("注册多久、启动多久", ["注册多久", "启动多久"]),
        ("材料几份？另外延期找谁批", ["材料几份", "延期找谁批"]),
        ("请教老师几个问题\n一、社保要几年\n二、收费多少", ["社保要几年", "收费多少"]),
        ("注册期限 启动期限 报告期限", ["注册期限", "启动期限", "报告期限"]),
        (
            "How many auditors, and how long is their insurance?",
            ["how many auditors", "how long is their insurance"],
        ),
    ],
)
def test_questions_are_told_apart(questions: Questions, text: str, expected: list[str]) -> None:
    assert words(questions.cut(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "自己做要几个审核师",
        "节能、节水、污染防治专业的要几个人",
        "注册、启动、报告分别多久",
        "没有高工，请外面的专家行不行",
        "我们有4个审核师，5个大专",
        "第三十五条规定罚五万，对吧",
    ],
)
def test_one_question_stays_one(questions: Questions, text: str) -> None:
    assert len(questions.cut(text)) < 2


@pytest.mark.parametrize(
    "text",
    ["咨询机构审核师几个，社保多久", "社保多久 高工几个（咨询机构）", "我们请第三方。社保多久？高工几个？"],
)
def test_the_subject_is_shared_wherever_it_stands(questions: Questions, text: str) -> None:
    last = questions.cut(text)[-1]

    assert last.shared == ("consultant",)
    assert questions.said(last).startswith("咨询机构 ")


def test_a_later_subject_takes_the_place_of_its_opposite(questions: Questions) -> None:
    found = questions.cut("自己做要几个审核师？请机构要几个高工？社保呢，要多久")

    assert found[-1].shared == ("consultant",)


def test_what_was_told_stands_beside_its_question(questions: Questions) -> None:
    found = questions.cut("三年前做完一轮了。1 现在要不要再做 2 不做会罚多少")

    assert found[0].told == "三年前做完一轮了"


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_cut(questions: Questions, text: str) -> None:
    assert all(one.words.strip() for one in questions.cut(text))
