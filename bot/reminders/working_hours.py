"""How long an answer may take: hours counted only while people are at work."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.reminders.timing import WorkingDay, instant
from bot.zones import zone_of
from storage.records import Contact

OPENS, CLOSES = time(9), time(18)
_DAY = timedelta(days=1)
_LONGEST_REST = 30  # days in a row without a working day that are still looked through


def after_working_hours(contact: Contact, start: datetime, hours: timedelta, works: WorkingDay) -> datetime:
    """The moment, UTC, at which so many working hours of the contact's have passed since ``start``."""
    zone = zone_of(contact)
    day, left, rest = start.astimezone(zone).date(), hours, 0
    while rest < _LONGEST_REST:
        if works(day):
            opens, closes = (instant(day, hour, zone) for hour in (OPENS, CLOSES))
            begun = max(start, opens)
            if begun + left <= closes:
                return begun + left
            left -= max(closes - begun, timedelta())
            rest = 0
        else:
            rest += 1
        day += _DAY
    return (start + hours).astimezone(UTC)
