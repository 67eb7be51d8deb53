"""When the next reminder comes, and where reminders go."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from tests.bot.talks import LISTED, Desk, headline


@pytest.mark.parametrize("question", ["下次提醒是哪天", "什么时候会提醒我", "when will you remind me next"])
async def test_the_next_reminder_is_told(desk: Desk, question: str) -> None:
    await desk.says(LISTED)
    await desk.says("提前10天提醒我")
    said = headline(await desk.says(question))

    assert "2026年12月10日" in said or "2026-12-10" in said


async def test_without_reminders_that_is_said(desk: Desk) -> None:
    await desk.says(LISTED)

    assert "没有开" in headline(await desk.says("下次提醒是哪天"))


async def test_days_that_are_all_past_are_said_to_be(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("提前30天提醒我")
    desk.passes(days=400)

    assert "都过了" in headline(await desk.says("下次提醒是哪天"))


@pytest.mark.parametrize("question", ["能发短信吗", "提醒会发到哪"])
async def test_reminders_come_into_the_chat(desk: Desk, question: str) -> None:
    await desk.says(LISTED)

    assert "这个聊天" in headline(await desk.says(question))


async def test_too_many_of_them_offers_other_days(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")
    reply = await desk.says("提醒太频繁了")

    assert any(button.tap.startswith("settings:leads:") for button in reply.buttons)


async def test_put_off_to_no_day_asks_for_one(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")
    reply = await desk.says("过完年再提醒")

    assert reply.intent is Intent.SNOOZE
    assert reply.asks == ("confirm",)
