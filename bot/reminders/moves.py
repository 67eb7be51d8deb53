"""Deadlines that move: the event's date was corrected, the authority's notice names another day, or the
rules changed. Who listens is told old and new side by side; what was is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from bot.reminders.listening import listeners
from storage.records import Contact, Deadline, DeadlineMove, NewDelivery
from storage.talk import Talk

Reason = Literal["corrected", "notice", "withdrawn", "rulebook"]
Pair = tuple[Deadline, Deadline]  # as it was, as it is


def moved(
    talk: Talk, pairs: Iterable[Pair], reason: Reason, at: datetime, *, detail: str = "", present: bool = True
) -> int:
    """Keep the moves and tell every contact who listens. Call it in the talk that changed the deadlines.

    ``detail`` is the rulebook's version. ``present``: the talk's own contact reads of it in the reply, so
    only colleagues are sent a notice. Returns how many notices. A pair whose day is the same tells nothing.
    """
    count = 0
    for old, new in pairs:
        if not _differs(old, new):
            continue
        move = _move(talk, old, new, reason, detail, at, present=present)
        talk.moves.append(move)
        people = [person for person in listeners(talk, new) if not (present and person is talk.contact)]
        talk.outbox += [_notice(person, old, new, move) for person in people]
        count += len(people)
    return count


def set_by_notice(talk: Talk, deadline: Deadline, due: date, at: datetime) -> Pair:
    """The authority's notice names a day for an open deadline: it overrides the computed one, which is kept
    beside it. Tells the colleagues; gives the deadline as it was and as it is."""
    computed = deadline.computed if deadline.origin == "notice" else deadline.due
    changed = replace(deadline, due=due, computed=computed, origin="notice", revision=deadline.revision + 1)
    return _changed(talk, deadline, changed, "notice", at)


def withdraw_notice(talk: Talk, deadline: Deadline, at: datetime) -> Pair:
    """The day of a notice does not hold any more: back to the computed one."""
    changed = replace(
        deadline,
        due=deadline.computed or deadline.due,
        computed=None,
        origin="computed",
        revision=deadline.revision + 1,
    )
    return _changed(talk, deadline, changed, "withdrawn", at)


def noticed(deadlines: Iterable[Deadline]) -> dict[str, date]:
    """The days that notices gave, by the rulebook's deadline id: for ``ScheduleRequest.noticed``."""
    return {item.key: item.due for item in deadlines if item.origin == "notice"}


def _changed(talk: Talk, old: Deadline, new: Deadline, reason: Reason, at: datetime) -> Pair:
    talk.deadlines[new.id] = new
    moved(talk, [(old, new)], reason, at)
    return old, new


def _differs(old: Deadline, new: Deadline) -> bool:
    return old.due != new.due or (old.state == "open" and new.state == "superseded")


def _move(
    talk: Talk, old: Deadline, new: Deadline, reason: Reason, detail: str, at: datetime, *, present: bool
) -> DeadlineMove:
    return DeadlineMove(
        deadline_id=new.id,
        revision=new.revision,
        company_id=new.company_id,
        was_due=old.due,
        due=None if new.state == "superseded" else new.due,
        reason=reason,
        detail=detail,
        moved_at=at,
        contact_id=talk.contact.id if present else None,
    )


def _notice(person: Contact, old: Deadline, new: Deadline, move: DeadlineMove) -> NewDelivery:
    return NewDelivery(
        dedupe_key=f"d{new.id}:moved:{new.revision}:c{person.id}",
        chat=person.chat,
        kind="notice",
        due_at=move.moved_at,
        payload={"about": "moved", **told(old, new, move.reason, move.detail)},
        contact_id=person.id,
        company_id=new.company_id,
        deadline_id=new.id,
    )


def told(old: Deadline, new: Deadline, reason: str, detail: str = "") -> Mapping[str, Any]:
    """What there is to tell of a move, for ``notices.side_by_side``; days as ISO text."""
    other = old.trigger_on != new.trigger_on
    days: Sequence[tuple[str, date | None]] = (
        ("was", old.due),
        ("now", None if new.state == "superseded" else new.due),
        ("from", old.trigger_on if other else None),
        ("to", new.trigger_on if other else None),
        ("computed", new.computed),
    )
    said = {name: day.isoformat() for name, day in days if day is not None}
    return {"reason": reason, "detail": detail, **said}
