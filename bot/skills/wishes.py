"""A contact's wishes to be reminded of a company, as changes to a talk: begun, ended, one deadline again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.turn import Turn
from storage.records import Company, Deadline, Subscription


def of(turn: Turn, company: Company) -> Subscription | None:
    """The contact's standing wish to be reminded of a company; None: there is none."""
    own = (wish for wish in turn.talk.subscriptions.values() if wish.contact_id == turn.talk.contact.id)
    return next(
        (
            wish
            for wish in own
            if wish.company_id == company.id and wish.scope == "company" and wish.state == "active"
        ),
        None,
    )


def begin(turn: Turn, company: Company) -> Subscription:
    """Remind of a company, on the days that the message names, else those chosen before."""
    leads = tuple(sorted(set(turn.read.leads), reverse=True)) or None
    held = of(turn, company)
    wish = held or Subscription(turn.new_id(), turn.talk.contact.id, company.id)
    wish = turn.talk.subscriptions[wish.id] = replace(wish, leads=leads or wish.leads)
    unmute(turn, (item for item in turn.talk.deadlines.values() if item.company_id == company.id))
    return wish


def end(turn: Turn, company: Company) -> bool:
    """No more reminders of a company; whether there were any."""
    wish = of(turn, company)
    if wish is not None:
        turn.talk.subscriptions[wish.id] = replace(wish, state="ended")
    return wish is not None


def unmute(turn: Turn, deadlines: Iterable[Deadline]) -> None:
    """Who asks to be reminded hears of these deadlines again."""
    again = {item.id for item in deadlines}
    for wish in list(turn.talk.subscriptions.values()):
        own = wish.contact_id == turn.talk.contact.id and wish.scope == "deadline"
        if own and wish.state == "muted" and wish.scope_id in again:
            turn.talk.subscriptions[wish.id] = replace(wish, state="ended")
