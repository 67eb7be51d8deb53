"""Who is told next when a near reminder is not answered, or does not arrive: the company's contacts in order
of rank, then the operators. Pure; the escalator writes down what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from bot.reminders.listening import ruling
from bot.reminders.policy import RESTORED
from bot.reminders.timing import WorkingDay, allowed, fire_time
from bot.reminders.working_hours import after_working_hours
from bot.zones import local_day, zone_of
from storage.records import Contact, Delivery
from storage.store import Watch

Why = Literal["unanswered", "blocked", "gone", "uncertain", "refused"]

PATIENCE = timedelta(hours=4)  # working hours within which a near reminder wants an answer
NEAR = timedelta(days=1)  # before the due day
_ABSENT: dict[str, Why] = {"blocked": "blocked", "gone": "gone", "left": "gone", "moved": "gone"}
_VOID = ("superseded", "done")  # put aside for a reason that lies with the deadline


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of an escalation. ``to`` None: the operators. ``failed``: the chats that did not answer
    so far, each with the reason, in order."""

    level: int
    to: Contact | None
    why: Why
    failed: tuple[tuple[str, Why], ...]


def next_step(watch: Watch, now: datetime, works: WorkingDay) -> Step | None:
    """The step that is to be taken now; None: an answer is there, or may still come."""
    return _Course(watch, now, works).step()


def when(watch: Watch, contact: Contact, now: datetime, works: WorkingDay) -> datetime:
    """The first moment at which a contact may be told: now, but for quiet hours and rest days, and never
    after the due day while it is not over."""
    local, due = now.astimezone(zone_of(contact)), watch.deadline.due
    last = due if local.date() <= due else None
    hour = time(local.hour, local.minute)
    return max(now, allowed(contact, local.date(), hour, last, works))


@dataclass(frozen=True, slots=True)
class _Stage:
    """A contact who was told, when, and why that came to nothing; None: an answer may still come."""

    chat: str
    contact_id: str | None
    since: datetime
    why: Why | None


class _Course:
    """One deadline's escalation as it stands."""

    def __init__(self, watch: Watch, now: datetime, works: WorkingDay) -> None:
        self.watch, self.now, self.works = watch, now, works
        due = watch.deadline.due.isoformat()
        self.rows = [row for row in watch.deliveries if row.payload.get("due") == due]
        self.people = {contact.id: contact for contact in watch.contacts}
        self.answered = max((ack.at for ack in watch.acks), default=None)

    def step(self) -> Step | None:
        chain = [
            row
            for row in self.rows
            if row.kind == "escalation" and row.repeat_of is None and row.reason not in _VOID
        ]
        if any(row.contact_id is None for row in chain):
            return None
        stages = [self._stage(row) for row in chain if self._is_open(row)]
        first = self._first(chain)
        last = stages[-1] if stages else first
        if last is None or last.why is None:
            return None
        every = [stage for stage in (first, *stages) if stage is not None]
        failed = tuple((stage.chat, stage.why) for stage in every if stage.why is not None)
        tried = {row.contact_id for row in chain} | {stage.contact_id for stage in every}
        return Step(len(chain) + 1, self._next(tried), last.why, failed)

    def _is_open(self, row: Delivery) -> bool:
        """Whether nobody has answered since."""
        return self.answered is None or (row.sent_at or row.due_at) > self.answered

    def _first(self, chain: Sequence[Delivery]) -> _Stage | None:
        """The first contact by rank who was to be reminded, and what came of it."""
        for contact in self.watch.contacts:
            own = [row for row in self.rows if row.contact_id == contact.id and row not in chain]
            for row in own:
                told = row.repeat_of is None and row.due_at <= self.now and row.kind != "escalation"
                if told and self._is_open(row) and row.reason not in (*_VOID, "coalesced", "proved"):
                    return self._stage(row)
            if not own and (stage := self._absent(contact)) is not None:
                return stage
        return None

    def _absent(self, contact: Contact) -> _Stage | None:
        """A contact who wants reminders but could not be reached long before: nothing was even planned."""
        watch = self.watch
        wish = ruling(watch.subscriptions, contact.id, watch.deadline)
        if contact.state not in _ABSENT or wish is None or wish.state != "active":
            return None
        due = watch.deadline.due
        since = fire_time(contact, due - NEAR, due, self.works)
        return _Stage(contact.chat, contact.id, since, _ABSENT[contact.state]) if since <= self.now else None

    def _stage(self, row: Delivery) -> _Stage:
        """What became of one delivery, or of its marked repeat."""
        repeats = (other for other in self.rows if row.state == "closed" and other.repeat_of == row.id)
        row = next(repeats, row)
        since = row.sent_at or row.due_at
        return _Stage(row.chat, row.contact_id, since, self._failure(row, since))

    def _failure(self, row: Delivery, since: datetime) -> Why | None:
        match row.state:
            case "sent":
                return "unanswered" if self._patience_ends(row, since) <= self.now else None
            case "closed":
                # A restored backup puts many in doubt at once: operators decide, colleagues are not alarmed.
                return None if row.reason == RESTORED else "uncertain"
            case "skipped":
                opted_out = row.reason in ("muted", "paused", "coalesced")
                return "unanswered" if opted_out else _ABSENT.get(row.reason, "refused")
            case _:
                return None

    def _patience_ends(self, row: Delivery, since: datetime) -> datetime:
        """Working hours, unless the due day would be over by then: then plain hours."""
        contact = self.people.get(row.contact_id or "")
        if contact is None:
            return since
        until = after_working_hours(contact, since, PATIENCE, self.works)
        over = local_day(contact, since) <= self.watch.deadline.due < local_day(contact, until)
        return since + PATIENCE if over else until

    def _next(self, tried: set[str | None]) -> Contact | None:
        """The next by rank who can be reached and has not said that they do not want to hear of it."""
        for contact in self.watch.contacts:
            wish = ruling(self.watch.subscriptions, contact.id, self.watch.deadline)
            listens = wish is None or wish.state == "active"
            if contact.id not in tried and contact.state == "active" and listens:
                return contact
        return None
