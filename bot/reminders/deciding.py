"""What operators may do about a delivery whose fate is unknown, without breaking a promise: nothing is sent
twice unmarked, nothing more than once again, and nothing that has become pointless."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal

from bot.reminders.policy import RESTORED, repeat
from storage.records import Delivery
from storage.store import Store

Deed = Literal["arrived", "repeated", "closed"]

_UNKNOWN = ("uncertain", "closed")  # states in which a delivery may have to be decided
_HELD = ("held", RESTORED)  # reasons for which one was closed without having been repeated
# Nobody sees what was said in a talk, nor is it said again long after.
_PRIVATE = "reply"
_PAGE = 500  # deliveries read at once


def deeds(delivery: Delivery, now: datetime) -> tuple[Deed, ...]:
    """What may be done about a delivery."""
    again: tuple[Deed, ...] = ("repeated",) if _repeatable(delivery, now) else ()
    if delivery.state == "uncertain":
        return ("arrived", *again, "closed")
    return again if delivery.state == "closed" and delivery.reason in _HELD else ()


async def decide(store: Store, delivery: Delivery, deed: str, now: datetime) -> bool:
    """Do one of the ``deeds``; whether it was not too late for it."""
    if deed == "arrived":
        return await store.decide(delivery, "sent", "proved")
    if deed == "closed":
        return await store.decide(delivery, "closed", "held")
    # First the repeat, which goes in once, then the end: a crash between the two does no harm.
    new = await store.enqueue([repeat(delivery, now)])
    if delivery.state == "uncertain":
        await store.decide(delivery, "closed", "repeated")
    return new == 1


async def restored(store: Store, now: datetime) -> AsyncIterator[Delivery]:
    """What a restored backup left in doubt and may be repeated, oldest first."""
    after = 0
    while page := await store.journal(after=after, limit=_PAGE, states=_UNKNOWN):
        for delivery, _ in page:
            if delivery.reason == RESTORED and "repeated" in deeds(delivery, now):
                yield delivery
        after = page[-1][0].id


def _repeatable(delivery: Delivery, now: datetime) -> bool:
    over = delivery.not_after is not None and delivery.not_after <= now
    return delivery.kind != _PRIVATE and delivery.repeat_of is None and not over
