"""What is asked all the time goes by an index, however much waits for later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.postgres import PostgresStore, claiming
from storage.sql import deliveries, inbox, journal, loading, operators, planning, retention, turns
from tests.storage.people import NOW, claim, delivery

pytestmark = pytest.mark.usefixtures("closing")
_GIVEN = {
    "owner": "me", "now": NOW, "clock": NOW, "rested": NOW, "limit": 1, "chat": "web:a", "everywhere": True,
    "channels": ["web"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "given", "index"),
    [
        (claiming._DUE, _GIVEN, "delivery_pending"),
        (claiming._DUE_IN_CHAT, _GIVEN, "delivery_told"),
        (deliveries._OVER, _GIVEN, "delivery_busy"),
        (deliveries._RECOVER_SENDING, _GIVEN, "delivery_busy"),
        (journal._UNCERTAIN, (NOW,), "delivery_undecided"),
        (journal._REMINDED, ("web:a",), "delivery_told"),
        (loading._LATEST, ("web:a", 20), "delivery_told"),
        (inbox._WAITING_ON, ("web", 9), "inbox_new_on"),
        (planning._OPEN, (NOW.date(), NOW.date(), "", 9), "deadline_open"),
        (journal._DUE, (NOW,), "delivery_pending"),
        (journal._AHEAD, (NOW, NOW), "delivery_pending"),
        (journal._ENDED, (NOW,), "delivery_ended"),
        (turns._DUE, (NOW, 9), "deadline_turn"),
        (turns._SUBSCRIBERS, (9,), "subscription_active"),
        (operators._TALLY, ("b1:", "b2"), "delivery_dedupe_key_key"),
        (operators._COUNTS["deliveries_sent"], {"since": NOW}, "delivery_ended"),
        (retention._REMOVALS["journal"], (NOW, 9), "delivery_ended"),
        (retention._REMOVALS["updates"], (NOW, 9), "inbox_done"),
    ],
)
async def test_what_is_asked_all_the_time_goes_by_an_index(
    postgres_url: str, statement: str, given: object, index: str
) -> None:
    store = PostgresStore(postgres_url, own_clock=False)
    await store.open()
    later = NOW + timedelta(days=9)
    await store.enqueue([delivery(f"k{n}", chat=f"web:{n % 50}", at=later) for n in range(400)])
    async with store.writing() as session:
        await session.change("set local enable_seqscan = off")
        plan = await session.rows(f"explain {statement}", given)  # type: ignore[arg-type]
    assert index in str(plan)
    await store.close()


async def test_one_busy_chat_does_not_hold_up_the_others(postgres_url: str) -> None:
    store = PostgresStore(postgres_url, own_clock=False)
    await store.open()
    await store.enqueue([delivery(f"a{n}") for n in range(30)])
    await store.enqueue([delivery("b", chat="web:bob", at=NOW)])
    [first] = await claim(store, limit=1)
    assert await store.begin(first, now=NOW)
    assert [row.chat for row in await claim(store, "two", limit=1)] == ["web:bob"]
    await store.close()


async def test_a_claim_looks_rows_up_one_by_one_in_a_table_nobody_has_counted(postgres_url: str) -> None:
    store = PostgresStore(postgres_url, own_clock=False)
    await store.open()
    await store.enqueue([delivery(f"k{n}", chat=f"web:{n}") for n in range(2000)])
    given = {**_GIVEN, "lease": timedelta(seconds=60), "limit": 10}
    async with store.writing() as session:
        # What a planner would do that takes the way through all rows for the shorter one.
        await session.change("set local enable_nestloop = off")
        await session.rows(claiming._CHOOSE.format(due=claiming._DUE), given)
        plan = [str(line) for line in await session.rows(f"explain {claiming._CLAIM}", given)]
    assert any("delivery_pkey" in line for line in plan)
    assert not [line for line in plan if "Seq Scan" in line or "delivery_pending" in line]
    await store.close()
