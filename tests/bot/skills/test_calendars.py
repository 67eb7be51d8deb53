"""The dates as a file that a calendar opens, and opens again without doubling anything."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bot.messages import Intent, Reply
from storage.records import Deadline
from tests.bot.talks import LISTED, Desk


@pytest.fixture(autouse=True)
def _files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def _events(reply: Reply) -> dict[str, Any]:
    (attachment,) = reply.attachments
    assert attachment.media_type == "text/calendar"
    calendar = Calendar.from_ical(attachment.path.read_bytes())
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


async def test_each_date_is_a_whole_day_with_its_clause_behind_it(desk: Desk) -> None:
    await desk.says(LISTED)
    reply = await desk.taps("calendar")

    assert reply.intent is Intent.EXPORT
    days = sorted((event["dtstart"].dt, event["dtend"].dt) for event in _events(reply).values())
    assert [start for start, _ in days] == [date(2026, 12, 20), date(2027, 1, 20), date(2027, 11, 20)]
    assert all(end - start == timedelta(days=1) for start, end in days)
    assert all("第十七条" in str(event["description"]) for event in _events(reply).values())
    assert all(str(event["transp"]) == "TRANSPARENT" for event in _events(reply).values())


async def test_alarms_come_on_the_reminder_days_that_are_left(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("到期前提醒我，提前10天和2天")
    reply = await desk.taps("calendar")

    for event in _events(reply).values():
        triggers = {alarm["trigger"].dt for alarm in event.walk("VALARM")}
        assert triggers == {timedelta(days=-10, hours=9), timedelta(days=-2, hours=9)}


async def test_a_later_file_replaces_its_events(desk: Desk) -> None:
    await desk.says(LISTED)
    first = _events(await desk.taps("calendar"))
    await desk.says("名单其实是2026年11月10日发布的")
    second = _events(await desk.taps("calendar"))

    assert set(first) == set(second)
    assert all(second[uid]["sequence"] > first[uid]["sequence"] for uid in first)


async def test_two_companies_share_no_event(desk: Desk) -> None:
    await desk.says(LISTED, chat="jsonl:a")
    await desk.says(LISTED, chat="jsonl:b")

    mine = _events(await desk.taps("calendar", chat="jsonl:a"))
    theirs = _events(await desk.taps("calendar", chat="jsonl:b"))
    assert not set(mine) & set(theirs)


async def test_without_dates_the_event_is_asked_for(desk: Desk) -> None:
    reply = await desk.taps("calendar")

    assert reply.attachments == ()
    assert reply.asks == ("list_published",)


async def test_a_date_that_no_longer_holds_is_taken_away(desk: Desk) -> None:
    await desk.says(LISTED)
    async with desk.store.talk(desk.here, at=desk.now) as talk:
        gone = Deadline(
            "gone", str(talk.contact.company_id), "gone", "旧日期", "list_published", date(2026, 1, 1),
            date(2026, 2, 1), revision=4, state="superseded",
        )  # fmt: skip
        talk.deadlines[gone.id] = gone
    event = _events(await desk.taps("calendar"))["gone@xize"]

    assert event["status"] == "CANCELLED"
    assert event["sequence"] == 4
    assert event.walk("VALARM") == []


async def test_what_is_done_stays_in_the_calendar_and_is_silent(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("平台已经注册好了")
    events = sorted(_events(await desk.taps("calendar")).values(), key=lambda event: event["dtstart"].dt)

    assert [bool(event.walk("VALARM")) for event in events] == [False, True, True]
