"""The companies of a talk as other systems read them."""

from __future__ import annotations

from typing import Any

from storage.records import Company
from storage.talk import Talk


def companies_of(chat: str, talk: Talk, leads: tuple[int, ...]) -> list[dict[str, Any]]:
    """Each company of a chat with what is noted of it. ``leads``: the days of who chose none."""
    return [
        {
            "chat": chat,
            "id": company.id,
            "name": company.name,
            "in_play": company.id == talk.contact.company_id,
            "facts": {fact.name: fact.value for fact in talk.facts.values() if fact.company_id == company.id},
            "reminders": _reminders(talk, company, leads),
        }
        for company in talk.companies.values()
    ]


def _reminders(talk: Talk, company: Company, leads: tuple[int, ...]) -> dict[str, Any]:
    own = [item for item in talk.deadlines.values() if item.company_id == company.id]
    wish = next(
        (
            item
            for item in talk.subscriptions.values()
            if (item.contact_id, item.company_id) == (talk.contact.id, company.id)
            and (item.scope, item.state) == ("company", "active")
        ),
        None,
    )
    ordered = sorted(own, key=lambda item: item.due)
    return {
        "active": [item.key for item in ordered if item.state == "open"] if wish else [],
        "done": [item.key for item in ordered if item.state == "done"],
        "leads": list(wish.leads or leads) if wish else [],
    }
