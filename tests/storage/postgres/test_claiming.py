"""What is asked all the time goes by an index, however much waits for later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.postgres import PostgresStore, claiming
from storage.sql import deliveries, inbox, journal, loading, planning
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
        (deliveries._OVER, _GIVEN, "delivery_leased"),
        (deliveries._RECOVER_SENDING, _GIVEN, "delivery_leased"),
        (journal._UNCERTAIN, (NOW,), "delivery_undecided"),
        (journal._REMINDED, ("web:a",), "delivery_told"),
        (loading._LATEST, ("web:a", 20), "delivery_told"),
        (inbox._WAITING_ON, ("web", 9), "inbox_new_on"),
        (planning._OPEN, (NOW.date(), NOW.date(), "", 9), "deadline_open"),
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
    assert any(index in str(line) for line in plan)
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
