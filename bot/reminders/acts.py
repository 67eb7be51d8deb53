"""What contacts do about deadlines and reminders, as changes to a talk. Done twice, an act has one effect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.reminders.listening import listeners
from bot.reminders.timing import WorkingDay, allowed, is_quiet, monday_to_friday
from bot.zones import local_day, zone_of
from storage.records import Ack, Contact, Deadline, Delivery, NewDelivery, Subscription
from storage.talk import Talk

What = Literal[
    "done",
    "already",
    "snoozed",
    "clamped",
    "too_late",
    "muted",
    "seen",
    "settled",
    "repeated",
    "unknown",
    "reopened",
    "not_done",
    "too_late_to_undo",
]
Action = Literal["done", "snooze", "mute", "seen"]
UNDO_WITHIN = timedelta(days=1)  # after Done
_DAY = timedelta(days=1)
_LAST_STRETCH = timedelta(hours=2)  # on the due day itself, after the contact's hour


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to. ``until``: when a snoozed reminder comes, UTC; ``told``: how many others hear."""

    what: What
    deadline: Deadline | None = None
    until: datetime | None = None
    told: int = 0


def settle(talk: Talk, deadline: Deadline, *, at: datetime) -> int:
    """The deadline is met, for the whole company: its reminders stop and the other contacts are told.
    Returns how many are; a deadline that is not open stays as it is."""
    if deadline.state != "open":
        return 0
    contact = talk.contact
    talk.deadlines[deadline.id] = replace(deadline, state="done", settled_at=at, settled_by=contact.id)
    talk.skip.append((deadline.id, "done"))
    return _tell_fellows(talk, deadline, "done", at)


def finish(talk: Talk, delivery_id: int, tap: str, *, at: datetime) -> Outcome:
    """The Done button under a reminder."""
    deadline = _deadline(talk, delivery_id)
    if deadline is None:
        return Outcome("unknown")
    if deadline.state == "done":
        return Outcome("already", deadline)
    if deadline.state != "open":
        return Outcome("settled", deadline)
    _acknowledge(talk, delivery_id, tap, "done", at)
    return Outcome("done", deadline, told=settle(talk, deadline, at=at))


def reopen(talk: Talk, deadline_id: str, *, at: datetime, whenever: bool = False) -> Outcome:
    """Done was a mistake: the deadline is open again, for a day after it was settled; ``whenever`` it was,
    where somebody says so in words. Colleagues are told, and reminders to come take up again."""
    deadline = talk.deadlines.get(deadline_id)
    if deadline is None:
        return Outcome("unknown")
    if deadline.state != "done":
        return Outcome("settled" if deadline.state != "open" else "not_done", deadline)
    if not whenever and (deadline.settled_at is None or at - deadline.settled_at > UNDO_WITHIN):
        return Outcome("too_late_to_undo", deadline)
    talk.deadlines[deadline_id] = replace(deadline, state="open", settled_at=None, settled_by=None)
    return Outcome("reopened", deadline, told=_tell_fellows(talk, deadline, "reopened", at))


def snooze(
    talk: Talk, delivery_id: int, tap: str, length: str, *, at: datetime, works: WorkingDay = monday_to_friday
) -> Outcome:
    """The Snooze buttons: ``length`` is a number of days, or ``work`` for the next working day. Never past
    the due day: then it is the last moment before, and the outcome says so."""
    deadline = _deadline(talk, delivery_id)
    if deadline is None:
        return Outcome("unknown")
    if deadline.state != "open":
        return Outcome("settled", deadline)
    latest = _come_again(talk, delivery_id)
    if latest != delivery_id:
        delivery_id, tap = latest, f"{tap}:{latest}"
    if tap in talk.acks:
        return Outcome("repeated", deadline)
    wanted = _wanted_day(talk.contact, length, at, works)
    if wanted is None:
        return Outcome("unknown", deadline)
    what, until = _moment(talk.contact, wanted, deadline.due, at, works)
    if until is None:
        return Outcome("too_late", deadline)
    _acknowledge(talk, delivery_id, tap, "snooze", at)
    talk.outbox.append(_snoozed(talk.contact, deadline, delivery_id, until))
    return Outcome(what, deadline, until)


def remind_on(
    talk: Talk, deadline: Deadline, length: str, *, at: datetime, works: WorkingDay = monday_to_friday
) -> Outcome:
    """One more reminder of an open deadline, asked for in words before any reminder came. ``length`` as for
    ``snooze``; never past the due day."""
    wanted = _wanted_day(talk.contact, length, at, works)
    if deadline.state != "open" or wanted is None:
        return Outcome("settled" if deadline.state != "open" else "unknown", deadline)
    what, until = _moment(talk.contact, wanted, deadline.due, at, works)
    if until is None:
        return Outcome("too_late", deadline)
    talk.outbox.append(
        replace(
            _snoozed(talk.contact, deadline, 0, until), dedupe_key=_asked_key(talk.contact, deadline, until)
        )
    )
    return Outcome(what, deadline, until)


def mute_deadline(talk: Talk, deadline: Deadline) -> Outcome:
    """This contact hears no more of one open deadline, said in words."""
    if deadline.state != "open":
        return Outcome("settled", deadline)
    wish = own_wish(talk, deadline)
    talk.subscriptions[wish.id] = replace(wish, state="muted")
    talk.hush.append((deadline.id, "muted"))
    return Outcome("muted", deadline)


def mute(talk: Talk, delivery_id: int, tap: str, *, at: datetime) -> Outcome:
    """The Mute button: this contact hears no more of this deadline. Colleagues do, and the date stands."""
    deadline = _deadline(talk, delivery_id)
    if deadline is None:
        return Outcome("unknown")
    outcome = mute_deadline(talk, deadline)
    if outcome.what == "muted":
        _acknowledge(talk, delivery_id, tap, "mute", at)
    return outcome


def see(talk: Talk, delivery_id: int, tap: str, *, at: datetime) -> Outcome:
    """The button under a near reminder that only says: seen, I take care of it. Nobody else is told then."""
    deadline = _deadline(talk, delivery_id)
    if deadline is None:
        return Outcome("unknown")
    if deadline.state != "open":
        return Outcome("settled", deadline)
    _acknowledge(talk, delivery_id, tap, "seen", at)
    return Outcome("seen", deadline)


def _deadline(talk: Talk, delivery_id: int) -> Deadline | None:
    delivery: Delivery | None = talk.sent.get(delivery_id)
    return talk.deadlines.get(delivery.deadline_id or "") if delivery is not None else None


def _come_again(talk: Talk, delivery_id: int) -> int:
    """The reminder itself or, where it was snoozed and has come again, the one that came: a button under
    the elder message puts off that one, whose row is not used up yet."""
    came = {item.dedupe_key: item.id for item in talk.sent.values()}
    while (later := came.get(_snooze_key(delivery_id))) is not None:
        delivery_id = later
    return delivery_id


def _acknowledge(talk: Talk, delivery_id: int, tap: str, action: Action, at: datetime) -> None:
    talk.acks.setdefault(tap, Ack(delivery_id, tap, talk.contact.id, action, at))


def _tell_fellows(talk: Talk, deadline: Deadline, about: str, at: datetime) -> int:
    fellows = [person for person in listeners(talk, deadline) if person is not talk.contact]
    for fellow in fellows:
        talk.outbox.append(
            NewDelivery(
                dedupe_key=f"d{deadline.id}:{about}:{at.isoformat()}:c{fellow.id}",
                chat=fellow.chat,
                kind="notice",
                due_at=at,
                payload={"about": about},
                contact_id=fellow.id,
                company_id=deadline.company_id,
                deadline_id=deadline.id,
            )
        )
    return len(fellows)


def own_wish(talk: Talk, deadline: Deadline) -> Subscription:
    """This contact's subscription to one deadline, made where there is none."""
    contact = talk.contact
    for wish in talk.subscriptions.values():
        if (wish.contact_id, wish.scope, wish.scope_id) == (contact.id, "deadline", deadline.id):
            return wish
    return Subscription(
        f"{contact.id}:{deadline.id}", contact.id, deadline.company_id, "deadline", deadline.id
    )


def _wanted_day(contact: Contact, length: str, at: datetime, works: WorkingDay) -> date | None:
    today = local_day(contact, at)
    if length == "work":
        days = (today + n * _DAY for n in range(1, 31))
        return next((day for day in days if works(day)), today + _DAY)
    return (
        today + int(length) * _DAY
        if length.isascii() and length.isdigit() and 0 < int(length) < 100
        else None
    )


def _moment(
    contact: Contact, wanted: date, due: date, at: datetime, works: WorkingDay
) -> tuple[Literal["snoozed", "clamped"], datetime | None]:
    if local_day(contact, at) > due:
        return "snoozed", allowed(contact, wanted, contact.preferred, None, works)
    until = allowed(contact, min(wanted, due), contact.preferred, due, works)
    if until > at:
        return ("snoozed" if wanted <= due else "clamped"), until
    return "clamped", _last_stretch(contact, due, at)


def _last_stretch(contact: Contact, due: date, at: datetime) -> datetime | None:
    """A moment between now and the end of the due day, if it is not in quiet hours."""
    soon = at + _LAST_STRETCH
    quiet = is_quiet(contact, soon.astimezone(zone_of(contact)).time())
    return None if quiet or local_day(contact, soon) > due else soon


def _asked_key(contact: Contact, deadline: Deadline, until: datetime) -> str:
    """One reminder a day that was asked for, however often it was."""
    return f"A{deadline.id}:c{contact.id}:{local_day(contact, until).isoformat()}"


def _snooze_key(delivery_id: int) -> str:
    """One row for each reminder: of several snoozes the last one counts."""
    return f"S{delivery_id}"


def _snoozed(contact: Contact, deadline: Deadline, delivery_id: int, until: datetime) -> NewDelivery:
    return NewDelivery(
        dedupe_key=_snooze_key(delivery_id),
        chat=contact.chat,
        kind="snooze",
        due_at=until,
        payload={"due": deadline.due.isoformat()},
        contact_id=contact.id,
        company_id=deadline.company_id,
        deadline_id=deadline.id,
        revision=deadline.revision,
        lead=(deadline.due - local_day(contact, until)).days,
    )
