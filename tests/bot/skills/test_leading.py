"""The law in general comes before a bare question; never before a verdict or a requested check."""

from __future__ import annotations

import pytest

from bot.messages import Clause, Intent, VerdictCard
from tests.bot.talks import Desk, clauses, headline, standing, text_of


@pytest.mark.parametrize(
    "said", ["被列入强制名单了先干嘛，时间怎么卡", "我们上了强制审核名单，接下来有哪些期限"]
)
async def test_dates_in_general_then_the_day_that_they_count_from(desk: Desk, said: str) -> None:
    reply = await desk.says(said)

    assert "1个月" in headline(reply)
    assert reply.asks == ("list_published",)
    assert reply.citations
    assert len(standing(reply)) == 1


async def test_a_failed_acceptance_is_told_what_follows(desk: Desk) -> None:
    reply = await desk.says("验收没过")

    assert "下一轮" in headline(reply)
    assert len(reply.asks) == 1
    assert not any(isinstance(block, VerdictCard) for block in reply.blocks)
    assert reply.check is not None


async def test_conditions_in_general_then_the_first_question_of_the_check(desk: Desk) -> None:
    reply = await desk.says("我们想自己做，要什么条件")

    assert reply.intent is Intent.LOOKUP
    assert any(isinstance(block, Clause) for block in clauses(reply))
    assert len(reply.asks) == 1
    assert (await desk.says("3个")).understood == {reply.asks[0]: 3}


async def test_who_asks_to_be_checked_is_checked(desk: Desk) -> None:
    reply = await desk.says("核对咨询机构自愿审核的条件")

    assert any(isinstance(block, VerdictCard) for block in reply.blocks)


async def test_a_bare_question_about_the_law_begins_no_check(desk: Desk) -> None:
    assert (await desk.says("自行组织审核需要几名审核师？")).asks == ()


async def test_what_was_told_beside_a_question_is_said_to_be_noted(desk: Desk) -> None:
    reply = await desk.says("我们做线路板的,在不在名录里")

    assert reply.abstain == "not_in_source"
    assert reply.understood == {"industry": "线路板"}
    assert "记下了：" in text_of(reply)


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        ("名单11月2号，审核师要几个", "sz-rules-2018-draft#art_10__self__item_2"),
        ("我们11月2日进了强制名单，能不能延期", "gd-workflow-2017#point_4"),
    ],
)
async def test_a_day_told_and_something_else_asked_are_both_answered(desk: Desk, said: str, ref: str) -> None:
    reply = await desk.says(said)

    assert reply.intent is Intent.LOOKUP
    assert ref in [one.ref for one in reply.citations]
    assert reply.schedule is not None
    assert reply.schedule.deadlines
