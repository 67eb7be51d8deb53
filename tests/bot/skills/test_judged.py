"""How a client stands is told wherever it is listed, in play or not."""

from __future__ import annotations

from tests.bot.talks import Desk, text_of


async def test_a_client_without_dates_is_listed_with_its_verdict(desk: Desk) -> None:
    await desk.says("手上两个客户：德昌五金、明辉印刷")
    await desk.says("德昌请机构，强制，机构审核师3个")
    await desk.says("换明辉")

    said = text_of(await desk.says("我有哪些客户"))
    assert "审核师 3 / 4" in said
    assert "明辉印刷：还没有日期" in said


async def test_what_is_told_of_one_does_not_judge_the_other(desk: Desk) -> None:
    await desk.says("手上两个客户：德昌五金、明辉印刷")
    await desk.says("德昌请机构，强制，机构审核师3个")
    await desk.says("明辉请机构，强制，机构审核师4个")

    assert "审核师 3 / 4" in text_of(await desk.says("两家怎么样"))
