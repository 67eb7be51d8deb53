"""Deadlines as a calendar file: all-day events with stable ids and alarms at the reminder days."""

from __future__ import annotations

from bot.attachments import place
from bot.documents.calendar import Entry, calendar
from bot.messages import Attachment, Intent, Reply, Text
from bot.reminders import taps
from bot.skills import deadlines
from bot.taps import button, offered
from bot.turn import Turn
from rules_engine.model import DeadlineResult, DeadlineStatus, Schedule
from storage.records import Deadline

MEDIA_TYPE = "text/calendar"


def answer(turn: Turn) -> Reply:
    """The company's dates as a file that a calendar opens; an import of a later file replaces its events,
    and takes away those that no longer hold."""
    taps.play_company(turn)
    schedule = deadlines.compute(turn)
    if not schedule.deadlines:
        return deadlines.answer(turn)
    deadlines.keep(turn, schedule)
    path = place("xize.ics", turn.now)
    path.write_bytes(calendar(_entries(turn, schedule), calendar_name(turn)))
    return Reply(
        Intent.EXPORT,
        (Text(turn.say.say("calendar.done", count=len(schedule.deadlines)), "headline"),),
        offered(button(turn.say.say("files.label.feed"), "feed")),
        citations=turn.cite(schedule.citations),
        schedule=schedule,
        attachments=(Attachment("xize.ics", MEDIA_TYPE, path),),
    )


def calendar_name(turn: Turn) -> str:
    """What a calendar calls these dates."""
    return turn.say.say("feed.name", company=turn.company.name if turn.company is not None else "")


def _entries(turn: Turn, schedule: Schedule) -> list[Entry]:
    held = {item.key: item for item in turn.deadlines}
    return [
        *(_entry(turn, item, held[item.id]) for item in schedule.deadlines),
        *(_void(turn, item) for item in turn.talk.deadlines.values() if _is_void(turn, item)),
    ]


def _entry(turn: Turn, deadline: DeadlineResult, held: Deadline) -> Entry:
    labels = [turn.clause_label(ref) for ref in deadline.citations]
    note = turn.say.words(deadline.postponement) if deadline.postponement else ""
    return Entry(
        uid=held.id,
        sequence=held.revision,
        stamp=turn.now,
        day=deadline.due,
        title=turn.say.words(deadline.title),
        description=turn.say.say("calendar.description", labels=labels, note=note),
        leads=[reminder.lead for reminder in deadline.reminders if reminder.skipped is None],
        state="done" if deadline.status is DeadlineStatus.DONE else "open",
    )


def _is_void(turn: Turn, deadline: Deadline) -> bool:
    of_company = turn.company is not None and deadline.company_id == turn.company.id
    return of_company and deadline.state in ("cancelled", "superseded")


def _void(turn: Turn, deadline: Deadline) -> Entry:
    """A date that no longer holds, so that calendars which have it take it away."""
    return Entry(deadline.id, deadline.revision, turn.now, deadline.due, deadline.title, state="cancelled")
