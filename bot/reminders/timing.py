"""When a reminder may go out: the contact's hour, quiet hours, working days, time zone.

What is not allowed waits for the next allowed moment, but never across the deadline: then it
goes out at the last allowed moment before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.zones import zone_of
from storage.records import Contact

WorkingDay = Callable[[date], bool]

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_LONGEST_REST = 30  # days in a row without a working day that are still looked through


def monday_to_friday(day: date) -> bool:
    """Whether a day is a working day, where no published arrangement says otherwise."""
    return day.weekday() < 5


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """A local time as UTC: the first of two when clocks go back, the next that exists when they go on."""
    early = datetime.combine(day, hour, zone)
    late = early.replace(fold=1)
    first, second = sorted((early.astimezone(UTC), late.astimezone(UTC)))
    if first.astimezone(zone).replace(tzinfo=None) == early.replace(tzinfo=None):
        return first
    return _transition(first, second, zone)


def _transition(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second in which the offset changes, between two moments."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def is_quiet(contact: Contact, hour: time) -> bool:
    """Whether a local time lies in the contact's quiet hours, which may go past midnight."""
    start, end = contact.quiet_from, contact.quiet_to
    if start is None or end is None or start == end:
        return False
    return start <= hour < end if start < end else hour >= start or hour < end


def fire_time(contact: Contact, day: date, due: date, works: WorkingDay) -> datetime:
    """When a reminder that belongs on ``day`` goes out, in UTC. Up to the due day a shift stays
    on or before it; after it there is nothing to cross."""
    last = due if day <= due else None
    return allowed(contact, day, contact.preferred, last, works)


def allowed(contact: Contact, day: date, hour: time, last: date | None, works: WorkingDay) -> datetime:
    """The first allowed moment from a local day and hour on, else the last one before; UTC."""
    zone = zone_of(contact)
    found = _on_or_after(contact, day, works)
    if last is not None and found > last:
        return _before(contact, day, hour, works)
    at = hour if found == day else contact.preferred
    if is_quiet(contact, at) and contact.quiet_to is not None:
        # The hours past midnight end on the next day.
        over_midnight = contact.quiet_to <= at
        found = _on_or_after(contact, found + _DAY, works) if over_midnight else found
        if last is not None and found > last:
            return _before(contact, day, hour, works)
        at = contact.quiet_to
    return instant(found, at, zone)


def _before(contact: Contact, day: date, hour: time, works: WorkingDay) -> datetime:
    """The last allowed moment up to a local day and hour."""
    found = _on_or_before(contact, day, works)
    at = hour if found == day else contact.preferred
    if is_quiet(contact, at) and contact.quiet_from is not None:
        if contact.quiet_from > at:
            found = _on_or_before(contact, found - _DAY, works)
        quiet = datetime.combine(found, contact.quiet_from)
        found, at = (quiet - _MINUTE).date(), (quiet - _MINUTE).time()
    return instant(found, at, zone_of(contact))


def _on_or_after(contact: Contact, day: date, works: WorkingDay) -> date:
    if not contact.working_days_only:
        return day
    days = (day + n * _DAY for n in range(_LONGEST_REST))
    return next((found for found in days if works(found)), day)


def _on_or_before(contact: Contact, day: date, works: WorkingDay) -> date:
    if not contact.working_days_only:
        return day
    days = (day - n * _DAY for n in range(_LONGEST_REST))
    return next((found for found in days if works(found)), day)
