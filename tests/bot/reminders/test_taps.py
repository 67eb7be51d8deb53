"""Buttons under a reminder, answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.messages import Incoming, Language, Reply
from bot.reminders import taps
from bot.reminders.notices import DeadlineWords
from bot.reminders.timing import monday_to_friday
from bot.rendering import render
from bot.session import Session
from bot.taps import parse_tap
from bot.turn import Turn
from bot.understanding.model import Understanding
from storage.talk import Talk
from tests.bot.reminders.house import START, House, at

DAY = "2030年5月20日（周一）"


def turn(talk: Talk, house: House, tap: str | None, language: Language = "zh-Hans") -> Turn:
    """A pressed button, or a message where there is none."""
    incoming = Incoming(talk.contact.chat, house.now, tap=tap, text=None if tap else "明天再提醒我")
    return Turn(
        incoming=incoming,
        talk=talk,
        session=Session(),
        read=Understanding("", "", language),
        sources=cast(Any, SimpleNamespace(rulebook=SimpleNamespace(is_workday=monday_to_friday))),
        language=language,
        new_id=lambda: "new",
        tap=parse_tap(tap) if tap else None,
    )


async def press(house: House, tap: str | None, language: Language = "zh-Hans") -> str:
    """Press a button as the first contact; the answer as text."""
    skill = getattr(taps, (tap or "snooze").partition(":")[0])
    async with house.store.talk("web:ann", at=house.now) as talk:
        reply: Reply = skill(turn(talk, house, tap, language))
    return render(reply, "plain.txt")


@pytest.fixture
async def told(house: House) -> House:
    """A house in which the reminder of seven days before has arrived, as delivery 2."""
    await house.found()
    await house.planner.run(START)
    await house.run(at(14))
    await house.run(at(7))
    return house


async def test_the_buttons_of_a_sent_reminder_work(told: House) -> None:
    buttons = [button.tap for _, reply, _ in told.sender.seen[-1:] for button in reply.buttons]
    done, snooze, *_ = buttons
    assert await press(told, snooze) == "好，2030年5月14日（周二） 09:00再提醒“do first”。"
    assert await press(told, done) == "好，“do first”已标为完成，不再提醒。"
    assert await press(told, done) == "“do first”已经标为完成了。"
    assert await press(told, snooze) == "“do first”已不在待办里，不用再提醒。"


async def test_who_presses_done_hears_that_others_are_told(told: House) -> None:
    await told.join("web:bob")
    assert "告诉了其他同事" in await press(told, "done:2")


async def test_a_clamped_snooze_says_so(told: House) -> None:
    told.now = at(1)
    assert await press(told, "snooze:2:3") == (f"期限是 {DAY}，不能再往后推：{DAY} 09:00再提醒“do first”。")


async def test_on_the_last_evening_no_snooze_is_promised(told: House) -> None:
    told.now = at(0, 23)
    assert "请现在就办" in await press(told, "snooze:2:1")


async def test_a_second_press_says_that_nothing_changed(told: House) -> None:
    await press(told, "snooze:2:1")
    assert await press(told, "snooze:2:1") == "这个按钮已经按过了，没有变化。"


async def test_muting_says_that_the_date_stands(told: House) -> None:
    assert f"期限仍是 {DAY}" in await press(told, "mute:2")


@pytest.mark.parametrize("tap", ["done:99", "done:", "done:x", "done:²", "snooze:2:soon", "mute:-1"])
async def test_a_button_that_leads_nowhere_says_so(told: House, tap: str) -> None:
    answer = await press(told, tap)
    assert "找不到" in answer or answer == "这条提醒已经找不到了。想看现在的期限，请发“我的期限”。"


async def test_words_instead_of_a_button_mean_the_latest_reminder(told: House) -> None:
    assert "再提醒“do first”" in await press(told, None)


async def test_the_answer_is_in_the_talks_language(told: House) -> None:
    assert "marked as done" in await press(told, "done:2", "en")


async def test_a_deadline_is_named_in_the_talks_language_where_words_are_given(told: House) -> None:
    async with told.store.talk("web:ann", at=told.now) as talk:
        given = turn(talk, told, "done:2", "en")
        reply = taps.done(
            given, lambda deadline, on, language: DeadlineWords(f"{deadline.key} in {language}")
        )
    assert "“first in en”" in render(reply, "plain.txt")


async def test_seen_done_and_undo_are_answered(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(1))
    async with house.store.talk("web:ann", at=house.now) as talk:
        row = max(talk.sent)
    assert "由您来办" in await press(house, f"seen:{row}")
    done = await press(house, f"done:{row}")
    assert "已标为完成" in done
    assert "又是待办" in await press(house, "reopen:first")
    assert "本来就在待办里" in await press(house, "reopen:first")
    assert "找不到" in await press(house, "reopen:none")


async def test_done_offers_to_take_it_back(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(1))
    async with house.store.talk("web:ann", at=house.now) as talk:
        reply = taps.done(turn(talk, house, f"done:{max(talk.sent)}"))
    assert [button.tap for button in reply.buttons] == ["reopen:first", "reminders"]


async def test_a_calendar_button_puts_its_company_in_play(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(7))
    async with house.store.talk("web:ann", at=house.now) as talk:
        from dataclasses import replace

        talk.contact = replace(talk.contact, company_id=None)
        pressed = turn(talk, house, f"calendar:{max(talk.sent)}")
        taps.play_company(pressed)
        assert talk.contact.company_id == "acme"
        taps.play_company(turn(talk, house, "calendar:999"))
        assert talk.contact.company_id == "acme"
