"""A small company and its people, for the store's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from storage.records import Company, Deadline, Delivery, Fact, Membership, NewDelivery, Subscription
from storage.store import Store

NOW = datetime(2030, 5, 6, 1, 0, tzinfo=UTC)  # 09:00 in Shenzhen
LEASE = timedelta(seconds=60)
DUE = date(2030, 5, 20)


def deadline(key: str = "first", *, due: date = DUE, company: str = "acme") -> Deadline:
    """An open deadline of the company, its id being its key."""
    return Deadline(
        id=key if company == "acme" else f"{company}-{key}",
        company_id=company,
        key=key,
        title=f"do {key}",
        trigger="begun",
        trigger_on=date(2030, 4, 20),
        due=due,
    )


async def found(store: Store, chat: str = "web:ann", *, at: datetime = NOW, company: str = "acme") -> str:
    """A chat whose contact speaks for a company with one fact, one deadline and one wish; its id."""
    async with store.talk(chat, at=at) as talk:
        contact = talk.contact
        talk.companies[company] = Company(company, company.title())
        talk.members[contact.id, company] = Membership(contact.id, company)
        talk.contact = replace(contact, company_id=company)
        talk.facts[company, "staff"] = Fact(company, "staff", 4, "four", at, contact.id)
        first = deadline(company=company)
        talk.deadlines[first.id] = first
        wish = Subscription(f"w-{contact.id}", contact.id, company)
        talk.subscriptions[wish.id] = wish
    return contact.id


async def join(store: Store, chat: str, *, company: str = "acme", rank: int = 1, via: str = "web:ann") -> str:
    """A further contact of a company that ``via`` speaks for already; its id."""
    async with store.talk(chat, at=NOW) as talk:
        contact_id = talk.contact.id
    async with store.talk(via, at=NOW) as talk:
        talk.members[contact_id, company] = Membership(contact_id, company, rank)
        wish = Subscription(f"w-{contact_id}", contact_id, company)
        talk.subscriptions[wish.id] = wish
    return contact_id


def delivery(key: str = "k", *, chat: str = "web:ann", at: datetime = NOW, priority: int = 5) -> NewDelivery:
    """Something to be said."""
    return NewDelivery(key, chat, "lead", at, {"due": DUE.isoformat()}, priority=priority)


def reminder(contact_id: str, key: str = "k", *, chat: str = "web:ann", revision: int = 1) -> NewDelivery:
    """A reminder of the company's first deadline."""
    return replace(
        delivery(key, chat=chat),
        contact_id=contact_id,
        company_id="acme",
        deadline_id="first",
        revision=revision,
        lead=14,
    )


async def claim(store: Store, owner: str = "me", *, now: datetime = NOW, limit: int = 10) -> list[Delivery]:
    """Claim with the usual lease."""
    return await store.claim(owner, now=now, lease=LEASE, limit=limit)


async def claimed(store: Store, new: NewDelivery, owner: str = "me") -> Delivery:
    """Put one delivery in and claim it."""
    await store.enqueue([new])
    [row] = await claim(store, owner)
    return row


async def stored(store: Store, delivery_id: int) -> Delivery:
    """The row as it lies in the store."""
    row = await store.delivery(delivery_id)
    assert row is not None
    return row
