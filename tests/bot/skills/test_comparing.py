"""Several clients beside each other, by the checks that were made for them."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from tests.bot.talks import Desk, headline, text_of


async def clients(desk: Desk) -> None:
    await desk.says("手上三个客户：德昌五金、明辉印刷、远东化工")
    await desk.says("德昌请机构，强制，机构大专5审核师4社保满一年4高级1")
    await desk.says("明辉请机构的，自愿，机构审核师就2个")


@pytest.mark.parametrize(
    "asked", ["三家哪家不行", "对比一下这几家", "谁还差东西", "三家分别什么情况", "which one fails?"]
)
async def test_each_is_told_with_its_verdict_the_failing_first(desk: Desk, asked: str) -> None:
    await clients(desk)
    reply = await desk.says(asked)
    said = text_of(reply)

    assert reply.intent is Intent.COMPANY
    assert said.index("明辉印刷") < said.index("德昌五金")
    assert "远东化工" in headline(reply)
    assert reply.understood == {}


async def test_it_rests_on_the_clauses_that_fail(desk: Desk) -> None:
    await clients(desk)

    refs = [one.ref for one in (await desk.says("哪家不够")).citations]
    assert "sz-rules-2018-draft#art_10__consultant__item_2" in refs


async def test_without_a_check_there_is_nothing_to_compare(desk: Desk) -> None:
    await desk.says("手上三个客户：德昌五金、明辉印刷、远东化工")

    assert (await desk.says("三家哪家不行")).check is None
