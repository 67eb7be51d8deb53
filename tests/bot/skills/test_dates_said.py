"""One date in words: alarming where it was missed, plain where only its reckoning is asked about."""

from __future__ import annotations

from tests.bot.talks import Desk, headline


async def test_a_date_that_was_missed_is_told_as_such_and_reckoned_plainly(desk: Desk) -> None:
    await desk.says("名单2026年10月15日公布的")

    assert "已经过期" in headline(await desk.says("注册最晚是哪天"))
    assert headline(await desk.says("为什么是这天")).startswith("登录服务平台")


async def test_how_often_rounds_come_back_names_the_industry(desk: Desk) -> None:
    reply = await desk.says("我们是皮革厂，重点企业，上一轮2025年3月31日做完的")

    assert any("皮革" in str(block) and "每 2 年" in str(block) for block in reply.blocks)
