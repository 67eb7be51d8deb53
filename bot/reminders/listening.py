"""Who hears of a deadline: the narrowest of a contact's subscriptions speaks."""

from __future__ import annotations

from collections.abc import Iterable

from storage.records import Contact, Deadline, Subscription
from storage.talk import Talk

_WIDTH = {"deadline": 0, "topic": 1, "company": 2}
_STATE = {"active": 0, "muted": 1, "ended": 2}


def ruling(wishes: Iterable[Subscription], contact_id: str, deadline: Deadline) -> Subscription | None:
    """The subscription by which a contact does or does not hear of a deadline; None: there is none."""
    own = (wish for wish in wishes if wish.contact_id == contact_id and _covers(wish, deadline))
    return min(own, key=lambda wish: (_WIDTH[wish.scope], _STATE[wish.state], wish.id), default=None)


def listeners(talk: Talk, deadline: Deadline) -> list[Contact]:
    """The talk's own contact and its fellows who want to hear of a deadline and can be reached."""
    people = (talk.contact, *talk.fellows.values())
    return [person for person in people if person.state == "active" and _wants(talk, person, deadline)]


def _wants(talk: Talk, person: Contact, deadline: Deadline) -> bool:
    wish = ruling(talk.subscriptions.values(), person.id, deadline)
    return wish is not None and wish.state == "active"


def _covers(wish: Subscription, deadline: Deadline) -> bool:
    if wish.company_id != deadline.company_id:
        return False
    named = {"deadline": deadline.id, "topic": deadline.key}.get(wish.scope)
    return named is None or wish.scope_id == named
