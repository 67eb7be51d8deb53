"""Deadlines as a calendar file: all-day events with stable ids and alarms at the reminder days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.attachments import place
from bot.messages import Attachment, Intent, Reply, Text
from bot.reminders import taps
from bot.skills import deadlines
from bot.turn import Turn
from rules_engine.model import DeadlineResult, Schedule

if TYPE_CHECKING:
    from icalendar import Event


def answer(turn: Turn) -> Reply:
    """The company's dates as a file that a calendar opens; an import of a later file replaces its events."""
    taps.play_company(turn)
    schedule = deadlines.compute(turn)
    if not schedule.deadlines:
        return deadlines.answer(turn)
    deadlines.keep(turn, schedule)
    path = place("xize.ics", turn.now)
    path.write_bytes(_calendar(turn, schedule))
    return Reply(
        Intent.EXPORT,
        (Text(turn.say.say("calendar.done", count=len(schedule.deadlines)), "headline"),),
        citations=turn.cite(schedule.citations),
        schedule=schedule,
        attachments=(Attachment("xize.ics", "text/calendar", path),),
    )


def _calendar(turn: Turn, schedule: Schedule) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Xize//cleaner production dates//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    ids = {item.key: item for item in turn.deadlines}
    for deadline in schedule.deadlines:
        held = ids.get(deadline.id)
        calendar.add_component(
            _event(turn, deadline, held.id if held else deadline.id, held.revision if held else 1)
        )
    return bytes(calendar.to_ical())


def _event(turn: Turn, deadline: DeadlineResult, uid: str, revision: int) -> Event:
    from icalendar import Alarm
    from icalendar import Event as CalendarEvent

    event = CalendarEvent()
    event.add("uid", f"{uid}@xize")
    event.add("sequence", revision)
    event.add("dtstamp", turn.now)
    event.add("dtstart", deadline.due)
    event.add("dtend", deadline.due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    title = turn.say.words(deadline.title)
    event.add("summary", title)
    labels = [turn.clause_label(ref) for ref in deadline.citations]
    note = turn.say.words(deadline.postponement) if deadline.postponement else ""
    event.add("description", turn.say.say("calendar.description", labels=labels, note=note))
    for reminder in deadline.reminders:
        if reminder.skipped is None and reminder.lead > 0:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", timedelta(days=-reminder.lead, hours=9))
            event.add_component(alarm)
    return event
