"""What was told last can be taken back, once, and only for the company in play."""

from __future__ import annotations

from bot.messages import Intent
from tests.bot.talks import Desk, headline, text_of

WHOLE = "核对咨询机构自愿审核，大专6，审核师4，社保满一年4，高工1"


async def test_a_correction_taken_back_leaves_what_it_replaced(desk: Desk) -> None:
    await desk.says(WHOLE)
    await desk.says("审核师改成3个")
    reply = await desk.says("撤销刚才那条")

    assert reply.facts["trained_auditors"] == 4
    assert reply.understood == {}
    assert "3 → 4" in headline(reply)


async def test_what_was_new_is_gone(desk: Desk) -> None:
    await desk.says("核对咨询机构自愿审核的条件")
    await desk.says("大专6个")

    assert "degree_staff" not in (await desk.says("刚才那条不算")).facts


async def test_it_is_taken_back_once(desk: Desk) -> None:
    await desk.says(WHOLE)
    await desk.says("审核师改成3个")
    await desk.says("撤销刚才那条")

    assert (await desk.says("撤销刚才那条")).facts["trained_auditors"] == 4


async def test_dates_follow_what_holds_again(desk: Desk) -> None:
    await desk.says("强制名单2026年11月5日发布的")
    await desk.says("不对，是2026年11月10日发布的")
    reply = await desk.says("scratch that")

    assert reply.schedule is not None
    assert reply.schedule.deadlines[0].due.isoformat() == "2026-12-05"


async def test_the_only_thing_told_leaves_nothing_to_judge(desk: Desk) -> None:
    await desk.says("我们是电镀厂")
    reply = await desk.says("撤回")

    assert "industry" not in reply.facts
    assert text_of(reply)


async def test_after_a_date_was_done_it_is_the_date_that_is_taken_back(desk: Desk) -> None:
    await desk.says("强制名单2026年11月5日发布的")
    await desk.says("平台注册好了")
    reply = await desk.says("撤销")

    assert "list_published" in reply.facts
    assert reply.intent is not Intent.COMPANY


async def test_another_company_is_left_alone(desk: Desk) -> None:
    await desk.says("我们是深圳市蓝湾电镀有限公司，审核师4个")
    await desk.says("换成深圳市佳禾印染有限公司")
    await desk.says("撤销刚才那条")

    assert (await desk.says("切换到蓝湾")).facts["trained_auditors"] == 4
