"""All effects of a message, its answer and the mark on its update are kept together, or none of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from bot import routing
from bot.messages import Audience, Incoming, Intent, Reply
from bot.rendering import render
from bot.turn import Turn
from bot.wire import unpack
from storage.errors import Conflict
from storage.records import Delivery, Update
from tests.bot.talks import LISTED, NOW, Desk, open_desk, text_of

WEB = "web:a"


@pytest.fixture
async def sending() -> AsyncIterator[Desk]:
    """A desk whose web replies go through the outbox."""
    async with open_desk(outbox=("web",)) as desk:
        desk.here = WEB
        await desk.store.receive([Update("web:1", WEB, {}, NOW)])
        yield desk


async def _outbox(desk: Desk) -> list[Delivery]:
    return await desk.store.claim("test", now=desk.now, lease=timedelta(minutes=1), limit=10)


async def test_the_answer_its_effects_and_the_mark_on_the_update_are_kept_together(sending: Desk) -> None:
    reply = await sending.says("我们有5个审核师", update="web:1")

    assert await sending.store.waiting() == []
    assert [fact.value for fact in (await sending.talk()).facts.values()] == [5]
    (row,) = await _outbox(sending)
    assert (row.chat, row.kind, row.priority) == (WEB, "reply", 0)
    assert render(unpack(row.payload), "plain.txt") == text_of(reply)


async def test_the_same_update_twice_has_one_effect(sending: Desk) -> None:
    await sending.says("我们有5个审核师", update="web:1")

    with pytest.raises(Conflict):
        await sending.says("我们有6个审核师", update="web:1")

    assert [fact.value for fact in (await sending.talk()).facts.values()] == [5]
    assert len(await _outbox(sending)) == 1


async def test_a_failure_leaves_nothing_and_the_update_still_waits(
    sending: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(turn: Turn) -> Reply:
        raise ZeroDivisionError

    monkeypatch.setitem(routing.SKILLS, Intent.DEADLINES, failing)
    with pytest.raises(ZeroDivisionError):
        await sending.says(LISTED, update="web:1")

    assert [update.id for update in await sending.store.waiting()] == ["web:1"]
    assert await _outbox(sending) == []
    kept = await sending.talk()
    assert (dict(kept.facts), dict(kept.companies), kept.contact.session) == ({}, {}, {})


async def test_an_update_that_failed_can_be_answered_later(
    sending: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(turn: Turn) -> Reply:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setitem(routing.SKILLS, Intent.DEADLINES, failing)
        with pytest.raises(ZeroDivisionError):
            await sending.says(LISTED, update="web:1")

    reply = await sending.says(LISTED, update="web:1")

    assert reply.schedule is not None
    assert len(reply.schedule.deadlines) == 3
    assert len(await _outbox(sending)) == 1


async def test_a_channel_that_takes_the_reply_itself_gets_no_row(sending: Desk) -> None:
    await sending.says("你好", chat="console:me")

    assert await _outbox(sending) == []


async def test_each_chat_has_a_state_of_its_own(desk: Desk) -> None:
    await desk.says("我们有5个审核师", chat="jsonl:a")

    other = await desk.says("你记了什么", chat="jsonl:b")

    assert other.facts == {}
    assert (await desk.says("你记了什么", chat="jsonl:a")).facts == {"trained_auditors": 5}


async def test_a_message_says_its_understanding_apart_from_what_is_held(desk: Desk) -> None:
    await desk.says("我们有5个审核师")
    reply = await desk.says("4个大专")

    assert reply.understood == {"degree_staff": 4}
    assert reply.facts == {"trained_auditors": 5, "degree_staff": 4}


async def test_an_answer_comes_in_the_language_that_the_channel_names(desk: Desk) -> None:
    reply = await desk.says("你好", lang="en")

    assert reply.language == "en"
    assert text_of(reply).isascii()


async def test_a_tap_is_answered_in_the_language_of_the_talk(desk: Desk) -> None:
    await desk.says("How many auditors does a self-organised audit need?")

    assert (await desk.taps("help")).language == "en"


async def test_a_talk_goes_on_after_days(desk: Desk) -> None:
    await desk.taps("goal:consultant-voluntary")
    first = await desk.says("4个大专")
    desk.passes(days=9)

    reply = await desk.says("5个")

    assert reply.understood == {first.asks[0]: 5}
    assert reply.check is not None
    assert reply.check.goal == "consultant-voluntary"


@pytest.mark.parametrize(
    ("was", "audience", "state"),
    [
        ("blocked", Audience.PRIVATE, "active"),
        ("gone", None, "active"),
        ("blocked", Audience.EVERYONE, "blocked"),  # who may speak in a group: we may not
        ("paused", Audience.PRIVATE, "paused"),
    ],
)
async def test_who_writes_to_us_can_be_reached_again(
    desk: Desk, was: Literal["blocked", "gone", "paused"], audience: Audience | None, state: str
) -> None:
    await desk.says("你好")
    await desk.store.contact_state(desk.here, was)

    await desk.assistant.respond(Incoming(desk.here, NOW, text="你好", audience=audience))

    assert (await desk.talk()).contact.state == state


async def test_today_is_the_contacts_day_whatever_clock_the_channel_reads(desk: Desk) -> None:
    desk.now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past seven, the day after, in Shenzhen

    reply = await desk.says("我们强制的，名单是今天发布的")
    noted = text_of(await desk.says("你记了什么"))

    assert reply.understood["list_published"] == "2026-11-23"
    assert ("2026-11-23" in noted, "2026-11-22" in noted) == (True, False)


async def test_the_year_left_out_is_that_of_the_contacts_day(desk: Desk) -> None:
    desk.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    reply = await desk.says("今天收到通知，名单今天发布的")

    assert reply.understood["list_published"] == "2027-01-01"


async def test_a_time_zone_that_is_known_no_more_does_not_end_the_talk(desk: Desk) -> None:
    async with desk.store.talk(desk.here, at=NOW) as talk:
        talk.contact = replace(talk.contact, timezone="Nowhere/Else")

    assert (await desk.says("名单是今天发布的")).understood["list_published"] == "2026-11-23"
