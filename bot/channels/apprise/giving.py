"""A company is reminded through a configured address too: a contact without a person who could answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.channels.apprise import CHANNEL
from bot.messages import Language
from storage.records import Membership, Subscription
from storage.store import Store


async def give_channel(
    store: Store, name: str, company_id: str, at: datetime, *, rank: int = 0, language: Language = "zh-Hans"
) -> bool:
    """Remind through ``name`` of a company's deadlines; False where nobody speaks for such a company."""
    if not await store.contacts(company_id):
        return False
    async with store.talk(f"{CHANNEL}:{name}", at=at) as talk:
        contact = talk.contact = replace(
            talk.contact, company_id=company_id, language=language, state="active"
        )
        talk.members[contact.id, company_id] = Membership(contact.id, company_id, rank)
        wish = Subscription(f"{contact.id}:{company_id}", contact.id, company_id)
        talk.subscriptions[wish.id] = wish
    return True


async def take_channel(store: Store, name: str, company_id: str, at: datetime) -> bool:
    """No more reminders through ``name`` for a company; whether there were any."""
    async with store.talk(f"{CHANNEL}:{name}", at=at) as talk:
        return talk.members.pop((talk.contact.id, company_id), None) is not None
