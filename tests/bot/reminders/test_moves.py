"""A deadline that moves: told side by side, reminded of afresh, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.reminders import moves
from bot.reminders.moves import Reason, moved, noticed, set_by_notice, withdraw_notice
from storage.records import Subscription
from tests.bot.reminders.house import DUE, START, House, at

LATER = DUE + timedelta(days=10)


async def move(house: House, reason: Reason = "corrected", *, chat: str = "web:ann", **change: object) -> int:
    """Change the first deadline in a talk and tell of it."""
    async with house.store.talk(chat, at=house.now) as talk:
        old = talk.deadlines["first"]
        new = replace(old, revision=old.revision + 1, **change)  # type: ignore[arg-type]
        talk.deadlines["first"] = new
        return moved(talk, [(old, new)], reason, house.now, detail="2026.2")


@pytest.fixture
async def two(house: House) -> House:
    """Ann and Bob, both reminded of Acme's deadline."""
    await house.found()
    await house.join("web:bob")
    return house


async def test_colleagues_see_old_and_new_side_by_side_with_the_reason(two: House) -> None:
    assert await move(two, due=LATER, trigger_on=date(2030, 4, 30)) == 1
    [text] = await two.run(START)
    assert two.sender.seen[-1][0] == "web:bob"
    assert "原来：2030年5月20日（周一） → 现在：2030年5月30日（周四）" in text
    assert "起算的情况已更正（2030年4月20日（周六） → 2030年4月30日（周二））" in text
    assert "Acme" in text


async def test_nobody_is_told_of_a_day_that_stayed(two: House) -> None:
    assert await move(two, title="said otherwise") == 0
    assert await two.run(START) == []
    assert await two.store.moves("acme") == []


async def test_who_muted_the_deadline_is_not_told(two: House) -> None:
    async with two.store.talk("web:bob", at=START) as talk:
        bob = talk.contact.id
        talk.subscriptions["m"] = Subscription("m", bob, "acme", "deadline", "first", state="muted")
    assert await move(two, due=LATER) == 0


async def test_leads_are_armed_for_the_new_day(two: House) -> None:
    await two.run(at(7))
    two.sender.seen.clear()
    await move(two, due=LATER)
    await two.run(at(6))
    two.sender.seen.clear()
    assert [len(await two.run(at(LATER - timedelta(days=lead)))) for lead in (14, 7)] == [2, 2]


async def test_what_was_is_kept(two: House) -> None:
    await move(two, due=LATER)
    await move(two, "rulebook", due=DUE)
    history = await two.store.moves("acme")
    assert [(item.was_due, item.due, item.reason) for item in history] == [
        (DUE, LATER, "corrected"),
        (LATER, DUE, "rulebook"),
    ]


async def test_a_deadline_that_no_longer_applies_is_told_of(two: House) -> None:
    await move(two, state="superseded")
    [text] = await two.run(START)
    assert "不再适用" in text
    assert [item.due for item in await two.store.moves("acme")] == [None]


async def test_a_day_from_a_notice_stands_beside_the_computed_one(two: House) -> None:
    async with two.store.talk("web:ann", at=START) as talk:
        set_by_notice(talk, talk.deadlines["first"], LATER, START)
    [text] = await two.run(START)
    assert "现在：2030年5月30日" in text
    assert "按规定推算是 2030年5月20日" in text
    async with two.store.talk("web:ann", at=START) as talk:
        held = talk.deadlines["first"]
        assert (held.origin, held.due, held.computed) == ("notice", LATER, DUE)
        assert noticed(talk.deadlines.values()) == {"first": LATER}


async def test_a_second_notice_keeps_the_computed_day_and_can_be_withdrawn(two: House) -> None:
    for due in (LATER, LATER + timedelta(days=1)):
        async with two.store.talk("web:ann", at=START) as talk:
            set_by_notice(talk, talk.deadlines["first"], due, START)
    async with two.store.talk("web:ann", at=START) as talk:
        assert talk.deadlines["first"].computed == DUE
        withdraw_notice(talk, talk.deadlines["first"], START)
    async with two.store.talk("web:ann", at=START) as talk:
        held = talk.deadlines["first"]
        assert (held.origin, held.due, held.computed, held.revision) == ("computed", DUE, None, 4)
    assert len(await two.store.moves("acme")) == 3


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("reason", ["corrected", "notice", "withdrawn", "rulebook"])
async def test_every_reason_is_told_in_every_language(house: House, language: str, reason: Reason) -> None:
    await house.found()
    await house.join("web:bob", language=language)
    await move(house, reason, due=LATER)
    [text] = await house.run(START)
    assert "2030" in text
    assert "{" not in text


async def test_a_stale_reminder_is_not_sent_after_a_move(two: House) -> None:
    await two.planner.run(START)
    await two.dispatcher.tidy(at(7))
    await move(two, due=LATER)
    two.now = at(7)
    await two.dispatcher.drain(two.clock)  # before any planning: the revision alone holds it back
    assert all("现在" in text for text in two.sender.texts)


def test_only_days_are_told_as_days() -> None:
    from tests.bot.reminders.house import deadline

    told = moves.told(deadline(), deadline(due=LATER), "notice")
    assert {key: value for key, value in told.items() if value} == {
        "reason": "notice",
        "was": "2030-05-20",
        "now": "2030-05-30",
    }
