"""How a contact wants to be reminded, as changes to a talk: days before, hours, rest days, time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.reminders.acts import own_wish
from bot.reminders.planner import FURTHEST_LEAD
from storage.records import Deadline, Subscription
from storage.talk import Talk

MOST_LEADS = 12


class BadPreference(ValueError):
    """A value that no preference can have."""


def choose_leads(
    talk: Talk, company_id: str, leads: Iterable[int], *, deadline: Deadline | None = None
) -> Subscription:
    """Remind so many days before; none given means the usual days. For all of the company's deadlines, or for
    one. Asking for days is asking for reminders. Raises BadPreference for days that nobody can mean."""
    chosen = tuple(sorted(set(leads), reverse=True))
    if len(chosen) > MOST_LEADS or any(not 0 <= lead <= FURTHEST_LEAD.days for lead in chosen):
        raise BadPreference(f"no such days before: {chosen}")
    wish = own_wish(talk, deadline) if deadline is not None else _company_wish(talk, company_id)
    kept = talk.subscriptions[wish.id] = replace(wish, leads=chosen or None, state="active")
    return kept


def choose_hour(talk: Talk, hour: time) -> None:
    """The local hour at which reminders come."""
    talk.contact = replace(talk.contact, preferred=hour)


def choose_quiet(talk: Talk, start: time | None, end: time | None) -> None:
    """Hours without reminders, past midnight or not; none where one is missing or both are the same."""
    off = start is None or end is None or start == end
    talk.contact = replace(talk.contact, quiet_from=None if off else start, quiet_to=None if off else end)


def choose_days(talk: Talk, *, working_days_only: bool) -> None:
    """Whether reminders wait for a working day; never across the deadline."""
    talk.contact = replace(talk.contact, working_days_only=working_days_only)


def choose_zone(talk: Talk, name: str) -> None:
    """The time zone by which hours and days count. Raises BadPreference for an unknown one."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadPreference(f"no such time zone: {name}") from None
    talk.contact = replace(talk.contact, timezone=name)


def pause(talk: Talk) -> bool:
    """No reminders at all until resumed; whether that is new."""
    if talk.contact.state == "paused":
        return False
    talk.contact = replace(talk.contact, state="paused")
    return True


def resume(talk: Talk) -> bool:
    """Reminders again: what is due comes in one message, what lay before is not made up for."""
    if talk.contact.state == "active":
        return False
    talk.contact = replace(talk.contact, state="active")
    return True


def _company_wish(talk: Talk, company_id: str) -> Subscription:
    contact_id = talk.contact.id
    for wish in talk.subscriptions.values():
        if (wish.contact_id, wish.company_id, wish.scope) == (contact_id, company_id, "company"):
            return wish
    return Subscription(f"{contact_id}:{company_id}", contact_id, company_id)
