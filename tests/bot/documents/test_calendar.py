"""A calendar by the RFC's own rules: what Outlook, Google and Apple take."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.documents.calendar import Entry, calendar

STAMP = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAY = date(2026, 12, 20)


def entry(**changed: object) -> Entry:
    """An open date."""
    fields: dict[str, object] = {
        "uid": "id1", "sequence": 2, "stamp": STAMP, "day": DAY, "title": "平台注册", "leads": (30, 1, 0),
    }  # fmt: skip
    return Entry(**{**fields, **changed})  # type: ignore[arg-type]


def unfolded(content: bytes) -> list[str]:
    """Content lines as RFC 5545, 3.1 says: a line break with a blank behind it is none."""
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_an_event_is_a_whole_day_that_keeps_nobody_busy() -> None:
    lines = unfolded(calendar([entry()]))

    assert "DTSTART;VALUE=DATE:20261220" in lines
    assert "DTEND;VALUE=DATE:20261221" in lines
    assert "TRANSP:TRANSPARENT" in lines
    assert "UID:id1@xize" in lines
    assert "SEQUENCE:2" in lines
    assert "DTSTAMP:20261123T010000Z" in lines


def test_it_rings_at_nine_on_the_reminder_days() -> None:
    (event,) = Calendar.from_ical(calendar([entry()])).walk("VEVENT")

    rings = [
        datetime.combine(DAY, datetime.min.time(), UTC) + alarm["trigger"].dt
        for alarm in event.walk("VALARM")
    ]
    assert rings == [
        datetime(2026, month, day, 9, tzinfo=UTC) for month, day in ((11, 20), (12, 19), (12, 20))
    ]
    assert all(alarm["action"] == "DISPLAY" and alarm["description"] for alarm in event.walk("VALARM"))


@pytest.mark.parametrize(("state", "status"), [("done", "CONFIRMED"), ("cancelled", "CANCELLED")])
def test_what_is_settled_does_not_ring(state: str, status: str) -> None:
    (event,) = Calendar.from_ical(calendar([entry(state=state)])).walk("VEVENT")

    assert event.walk("VALARM") == []
    assert event["status"] == status


def test_a_file_is_published_and_a_feed_says_when_to_look_again() -> None:
    file = unfolded(calendar([entry()], "甲"))
    feed = unfolded(calendar([entry()], "甲", timedelta(hours=6)))

    assert "METHOD:PUBLISH" in file
    assert "METHOD:PUBLISH" not in feed
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H", "X-WR-CALNAME:甲"} <= set(feed)


_TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200)


@settings(deadline=None)
@given(_TITLES, _TITLES)
def test_any_words_come_back_and_no_line_is_longer_than_75_octets(title: str, description: str) -> None:
    content = calendar([entry(title=title, description=description)], title)
    (event,) = Calendar.from_ical(content).walk("VEVENT")

    assert (str(event["summary"]), str(event["description"])) == (title, description)
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two


def test_the_same_dates_give_the_same_bytes() -> None:
    assert calendar([entry()]) == calendar([entry()])


def test_an_empty_calendar_is_one_too() -> None:
    assert Calendar.from_ical(calendar([])).walk("VEVENT") == []
