"""What operators may do about a delivery whose fate is unknown, and what a restored backup leaves to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.reminders.deciding import decide, deeds, restored
from storage.records import Delivery, NewDelivery
from storage.store import Settlement, Store

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
LEASE = timedelta(minutes=2)


def test_what_may_be_done_follows_from_the_promises() -> None:
    lost = Delivery("k", "web:1", "lead", NOW, {}, id=1, state="uncertain")
    assert deeds(lost, NOW) == ("arrived", "repeated", "closed")
    for never_again in (
        replace(lost, repeat_of=7),
        replace(lost, not_after=NOW),
        replace(lost, kind="reply"),
    ):
        assert deeds(never_again, NOW) == ("arrived", "closed")
    assert deeds(replace(lost, not_after=NOW + timedelta(days=1)), NOW) == ("arrived", "repeated", "closed")
    for state in ("pending", "sending", "sent", "skipped"):
        assert deeds(replace(lost, state=state), NOW) == ()
    for reason in ("held", "restored"):
        assert deeds(replace(lost, state="closed", reason=reason), NOW) == ("repeated",)
    assert deeds(replace(lost, state="closed", reason="repeated"), NOW) == ()


async def test_only_what_a_restore_left_in_doubt_is_found(store: Store) -> None:
    for key in ("of the backup", "of a lost answer"):
        await store.enqueue([NewDelivery(key, "web:1", "overdue", NOW, {})])
        [row] = await store.claim("a sender", now=NOW, lease=LEASE, limit=1)
        assert await store.begin(row, now=NOW)
        await store.settle(row, Settlement("uncertain", NOW))
        await store.decide(row, "closed", "restored" if key == "of the backup" else "held")
    found = [delivery async for delivery in restored(store, NOW)]
    assert [delivery.dedupe_key for delivery in found] == ["of the backup"]

    assert await decide(store, found[0], "repeated", NOW)
    assert not await decide(store, found[0], "repeated", NOW)
