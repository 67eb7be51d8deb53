"""Dates as a calendar (RFC 5545): all-day events with stable ids, growing sequence, and alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PRODUCT = "-//Xize//cleaner production dates//"
_ALARM_HOUR = timedelta(hours=9)  # counted from the day's midnight


@dataclass(frozen=True, slots=True)
class Entry:
    """An all-day event. ``uid`` and ``sequence`` let a later file replace it; ``stamp``: when a file was
    made, or in a feed when the event last changed; ``leads``: days before, on which it rings while open."""

    uid: str
    sequence: int
    stamp: datetime
    day: date
    title: str
    description: str = ""
    leads: Sequence[int] = ()
    state: Literal["open", "done", "cancelled"] = "open"


def calendar(entries: Iterable[Entry], name: str = "", refresh: timedelta | None = None) -> bytes:
    """A file to import; with ``refresh`` a feed to subscribe to, and how often to look again."""
    from icalendar import Calendar
    from icalendar.prop import vDuration

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    if refresh is None:
        made.add("method", "PUBLISH")
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)
    if refresh is not None:
        made.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", vDuration(refresh))
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    from icalendar import Event as CalendarEvent

    event = CalendarEvent()
    event.add("uid", f"{entry.uid}@xize")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.state == "cancelled" else "CONFIRMED")
    event.add("summary", entry.title)
    if entry.description:
        event.add("description", entry.description)
    for lead in entry.leads if entry.state == "open" else ():
        event.add_component(_alarm(entry.title, lead))
    return event


def _alarm(title: str, lead: int) -> Alarm:
    from icalendar import Alarm as CalendarAlarm

    alarm = CalendarAlarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _ALARM_HOUR - timedelta(days=lead))
    return alarm
