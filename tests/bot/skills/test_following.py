"""Short questions that the talk makes whole."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from bot.skills import following
from bot.understanding.model import Understanding
from tests.bot.talks import Desk, headline, turn

POINT_4 = "gd-workflow-2017#point_4"


IN_CHECK = "对照一下我们能不能延期：有特殊原因，证明没有"
AFTER_LAW = "审核做不完，能不能申请延期"


@pytest.mark.parametrize(
    ("before", "question"),
    [
        *((IN_CHECK, question) for question in ("要去哪里批", "找谁批", "那能延多久", "要提前多久申请")),
        *((AFTER_LAW, question) for question in ("谁批", "嗯那能延多久呢", "那如果没批我们就拖着会怎样")),
    ],
)
async def test_a_short_question_is_about_the_check_or_the_law_before_it(
    desk: Desk, before: str, question: str
) -> None:
    await desk.says(before)

    reply = await desk.says(question)

    assert POINT_4 in [one.ref for one in reply.citations]


async def test_what_comes_next_after_a_failure_is_the_law_on_failing(desk: Desk) -> None:
    await desk.says("2026年7月8日验收没通过")

    reply = await desk.says("接下来会怎么样")

    assert reply.intent is Intent.LOOKUP
    assert "下一轮" in headline(reply)


async def test_the_difference_is_that_between_what_was_asked_to_choose(desk: Desk) -> None:
    await desk.says("自愿的，审核师5个，够不够")

    reply = await desk.says("有啥区别")

    assert reply.intent is Intent.LOOKUP
    assert "自己做" in headline(reply)


async def test_another_trade_is_asked_about_in_one_word(desk: Desk) -> None:
    await desk.says("名录里有没有电镀")

    assert "5年" in headline(await desk.says("假如在的话呢"))
    assert "2年" in headline(await desk.says("那化工呢"))


def test_without_a_check_or_a_failure_the_words_stand_alone() -> None:
    desk = turn(degree_staff=4)
    desk.understood = {}
    desk.read = Understanding("接下来会怎么样", "接下来会怎么样", "zh-Hans", question=True)

    assert not following.can(desk)
