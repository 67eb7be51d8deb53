"""Of whom nobody knows nothing is taken; of the speaker's own it is, whatever familiar words stand before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "said",
    [
        "我表弟厂里有三个审核师",
        "龙华环保站有两位高工",
        "上一任老板手里有4个上岗证",
        "模板里填的是5名大专",
        "我哥的咨询公司审核师有七个",
        "光明区那家厂得了87分",
        "我大学室友的公司养着十几个审核师",
        "食堂评分75",
        "体系内审评分90",
        "安全标准化评审我们拿了82分",
        "食堂卫生检查得了A，92分",
        "截图里那家有6个审核师，2个高工",
        "the template says 4 graduates and 1 senior engineer",
        "our fire safety score was 92",
    ],
)
def test_of_a_subject_that_nobody_knows_nothing_is_taken(said: str, facts: Facts) -> None:
    assert facts(said) == {}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("目前公司上下一共有5个审核师", {"trained_auditors": 5}),
        ("手底下有四个审核师", {"trained_auditors": 4}),
        ("人力那边给的数是大专9个", {"degree_staff": 9}),
        ("具体是这样：大专6人，审核师4人", {"degree_staff": 6, "trained_auditors": 4}),
        ("讲返正题：我们有5个审核师", {"trained_auditors": 5}),
        ("代理那边有大专5人", {"degree_staff": 5}),
        ("市里组织的验收我们得了83分", {"acceptance_score": 83}),
        ("So far we have 4 auditors", {"trained_auditors": 4}),
        ("2026年6月10号市里发的名单有我们", {"list_published": "2026-06-10"}),
    ],
)
def test_familiar_words_before_ones_own_are_no_strangers(
    said: str, told: dict[str, object], facts: Facts
) -> None:
    assert facts(said) == told


@pytest.mark.parametrize(
    "said",
    [
        "4名审核师是硬指标",
        "1名高工是底线",
        "80分很高了",
        "三个审核师休产假",
        "四个大专，这要求不高",
        "有四个员工刚报名审核师培训",
    ],
)
def test_a_figure_that_something_unknown_is_said_of_is_not_told(said: str, facts: Facts) -> None:
    assert facts(said) == {}


def test_a_noun_before_its_number_tells_how_many_there_are(facts: Facts) -> None:
    assert facts("审核师5个绰绰有余") == {"trained_auditors": 5}
    assert facts("有4个审核师撑着") == {"trained_auditors": 4}


def test_what_may_be_a_strangers_is_asked(read: Read) -> None:
    doubts = read("我教练厂里有3个审核师").doubts
    assert [(doubt.fact, doubt.options) for doubt in doubts] == [("trained_auditors", (3,))]
