"""Who is told next when a near reminder is not answered, or does not arrive: the company's contacts in order
of rank, then the operators. Pure; the escalator writes down what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from bot.reminders.listening import ruling
from bot.reminders.timing import WorkingDay, fire_time, local_day
from bot.reminders.working_hours import after_working_hours
from storage.records import Contact, Deadline, Delivery
from storage.store import Watch

Why = Literal["unanswered", "blocked", "gone", "uncertain", "refused"]

PATIENCE = timedelta(hours=4)  # working hours within which a near reminder wants an answer
NEAR = timedelta(days=1)  # before the due day
_ABSENT: dict[str, Why] = {"blocked": "blocked", "gone": "gone"}
_VOID = ("superseded", "done", "coalesced", "proved", "left", "moved")


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of an escalation. ``to`` None: the operators. ``failed``: who did not answer so far, with
    the reason, in order."""

    level: int
    to: Contact | None
    why: Why
    failed: tuple[tuple[str, Why], ...]  # chat, reason


def next_step(watch: Watch, now: datetime, works: WorkingDay) -> Step | None:
    """The step that is to be taken now; None: an answer is there, or is still waited for."""
    rows = [row for row in watch.deliveries if row.payload.get("due") == watch.deadline.due.isoformat()]
    chain = sorted((row for row in rows if row.kind == "escalation" and not row.repeat_of), key=level_of)
    if any(row.contact_id is None for row in chain):
        return None
    answered = max((ack.at for ack in watch.acks), default=None)
    stages = [_first(watch, rows, answered, now, works), *(_stage(watch, row, rows, now, works) for row in chain)]
    last = stages[-1]
    if last is None or last.why is None or (answered is not None and chain and last.since <= answered):
        return None
    failed = tuple((stage.contact.chat, stage.why) for stage in stages if stage and stage.why)
    tried = {stage.contact.id for stage in stages if stage}
    return Step(len(chain) + 1, _next_contact(watch, tried), last.why, failed)


def level_of(row: Delivery) -> int:
    """The level in an escalation's key."""
    return int(row.payload.get("level", 0))


@dataclass(frozen=True, slots=True)
class _Stage:
    """One contact told, and what came of it. ``why`` None: the answer may still come."""

    contact: Contact
    since: datetime
    why: Why | None


def _first(
    watch: Watch, rows: Sequence[Delivery], answered: datetime | None, now: datetime, works: WorkingDay
) -> _Stage | None:
    """The first contact by rank whose near reminder nobody has answered since."""
    for contact in watch.contacts:
        own = [row for row in rows if row.contact_id == contact.id and row.kind != "escalation"]
        later = [row for row in own if answered is None or (row.sent_at or row.due_at) > answered]
        for row in later:
            stage = None if row.repeat_of or row.due_at > now else _stage(watch, row, rows, now, works)
            if stage is not None:
                return stage
        if not own and (stage := _absent(watch, contact, now, works)) is not None:
            return stage
    return None


def _absent(watch: Watch, contact: Contact, now: datetime, works: WorkingDay) -> _Stage | None:
    """A contact who wants reminders but could not be reached long before: nothing was even planned."""
    wish = ruling(watch.subscriptions, contact.id, watch.deadline)
    if contact.state not in _ABSENT or wish is None or wish.state != "active":
        return None
    due = watch.deadline.due
    since = fire_time(contact, due - NEAR, due, works)
    return _Stage(contact, since, _ABSENT[contact.state]) if since <= now else None


def _stage(
    watch: Watch, row: Delivery, rows: Sequence[Delivery], now: datetime, works: WorkingDay
) -> _Stage | None:
    """What became of one delivery; None where it says nothing about its contact."""
    contact = next((one for one in watch.contacts if one.id == row.contact_id), None)
    if contact is None or (row.state == "skipped" and row.reason in _VOID):
        return None if row.kind != "escalation" or contact is None else _Stage(contact, row.due_at, None)
    if row.state == "closed":
        again = next((other for other in rows if other.repeat_of == row.id), None)
        if again is not None:
            return _stage(watch, again, rows, now, works)
    if row.state == "sent":
        since = row.sent_at or row.due_at
        over = _patience_ends(contact, since, watch.deadline, works) <= now
        return _Stage(contact, since, "unanswered" if over else None)
    return _Stage(contact, row.due_at, _failure(row))


def _failure(row: Delivery) -> Why | None:
    if row.state == "closed":
        return "uncertain"
    if row.state != "skipped":
        return None
    if row.reason in ("muted", "paused"):
        return "unanswered"
    return _ABSENT.get(row.reason, "refused")


def _patience_ends(contact: Contact, since: datetime, deadline: Deadline, works: WorkingDay) -> datetime:
    """Working hours, unless the due day would be over by then: then plain hours."""
    until = after_working_hours(contact, since, PATIENCE, works)
    if local_day(contact, since) <= deadline.due < local_day(contact, until):
        return since + PATIENCE
    return until


def _next_contact(watch: Watch, tried: set[str]) -> Contact | None:
    """The next by rank who can be reached and has not said that they do not want to hear of it."""
    for contact in watch.contacts:
        wish = ruling(watch.subscriptions, contact.id, watch.deadline)
        if contact.id not in tried and contact.state == "active" and (wish is None or wish.state == "active"):
            return contact
    return None


def when(contact: Contact, deadline: Deadline, now: datetime, works: WorkingDay) -> datetime:
    """The first moment at which a contact may be told: now, but for quiet hours and rest days, and never
    after the due day while it is not over."""
    from bot.reminders.timing import allowed, zone_of

    local = now.astimezone(zone_of(contact))
    last = deadline.due if local.date() <= deadline.due else None
    hour = time(local.hour, local.minute)
    return max(now, allowed(contact, local.date(), hour, last, works))
