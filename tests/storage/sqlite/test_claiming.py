"""Claiming stays flat however much waits for later."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.sql import (
    contacts,
    deliveries,
    enqueueing,
    inbox,
    journal,
    loading,
    operators,
    planning,
    retention,
    saving,
    turns,
)
from storage.sqlite import SqliteStore, claiming
from storage.sqlite.session import in_dialect
from tests.storage.people import NOW, claim, delivery


@pytest.fixture
async def memory() -> AsyncIterator[SqliteStore]:
    """An open store in memory."""
    store = SqliteStore(":memory:")
    await store.open()
    yield store
    await store.close()


_ANY = {
    **dict.fromkeys(("now", "clock", "rested", "id", "epoch", "after", "since", "before", "others"), 0),
    "beginning": 0,
    **dict.fromkeys(("due_at", "payload", "revision", "not_after", "dedupe_key", "contact"), ""),
    "company": "acme",
    "state": "open",
    "kinds": "[]",
    "channel": "web",
    "priority": 5,
    "owner": "me",
    "limit": 1,
    "chat": "web:a",
}


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (claiming._DUE, "delivery_pending"),
        (claiming._DUE, "delivery_busy"),
        (claiming._DUE, "delivery_uncertain"),
        (claiming._CHANNELS, "delivery_pending"),
        (claiming._PRIORITIES, "delivery_pending"),
        (claiming._DUE_IN_CHAT, "delivery_told"),
        (deliveries._RECOVER_SENDING, "delivery_leased"),
        (deliveries._RECOVER_CLAIMED, "delivery_leased"),
        (deliveries._LOST, "delivery_leased"),
        (journal._UNCERTAIN, "delivery_undecided"),
        (journal._REMINDED, "delivery_told"),
        (loading._LATEST, "delivery_told"),
        (inbox._WAITING_ON, "inbox_new_on"),
        (planning._OPEN, "deadline_open"),
        (journal._PAGE.format(chosen=journal._OF_COMPANY), "delivery_company"),
        (journal._ALL_STATES, "COVERING INDEX"),
        (journal._UNDER_WAY, "delivery_leased"),
        (journal._ENDED, "COVERING INDEX delivery_ended"),
        (journal._DUE, "delivery_pending (channel=? AND priority=? AND next_try_at<?)"),
        (journal._AHEAD, "delivery_pending (channel=? AND priority=? AND next_try_at>? AND next_try_at<?)"),
        (planning._PENDING, "delivery_open (deadline_id=?)"),
        (planning._SKIP, "INTEGER PRIMARY KEY"),
        (saving._SKIP, "delivery_open (deadline_id=?)"),
        (saving._HUSH, "delivery_open (deadline_id=?)"),
        (saving._UNWANTED, "delivery_open (deadline_id=?)"),
        (enqueueing._KNOWN, "sqlite_autoindex_delivery_1 (dedupe_key=?)"),
        (enqueueing._FOLLOW, "sqlite_autoindex_delivery_1 (dedupe_key=?)"),
        (planning._SUBJECTS, "INTEGER PRIMARY KEY"),
        (contacts._UNREACHED, "delivery_chat (chat=?)"),
        (turns._DUE, "deadline_turn"),
        (turns._SUBSCRIBERS, "subscription_active"),
        (operators._TALLY, "sqlite_autoindex_delivery_1 (dedupe_key>? AND dedupe_key<?)"),
        (operators._COUNTS["deliveries_sent"], "COVERING INDEX delivery_ended"),
        (operators._QUESTIONS, "feedback_state"),
        (retention._REMOVALS["journal"], "delivery_ended"),
        (retention._REMOVALS["updates"], "inbox_done"),
        (retention._REMOVALS["transcripts"], "transcript_at"),
    ],
)
async def test_what_is_asked_all_the_time_goes_by_an_index(
    memory: SqliteStore, statement: str, index: str
) -> None:
    count = max(statement.count("?"), 1)
    parameters: object = _ANY if ":" in statement else (0,) * (1 if "?1" in statement else count)
    if "?" not in statement and ":" not in statement:
        parameters = ()
    plan = memory._connection.execute(f"explain query plan {in_dialect(statement)}", parameters).fetchall()  # type: ignore[arg-type]
    steps = [str(line[-1]) for line in plan]
    assert not [step for step in steps if step.startswith("SCAN delivery") and "INDEX" not in step]
    assert any(index in step for step in steps)


async def test_one_busy_chat_does_not_hold_up_the_others(memory: SqliteStore) -> None:
    await memory.enqueue([delivery(f"a{n}") for n in range(30)])
    await memory.enqueue([delivery("b", chat="web:bob", at=NOW)])
    [first] = await claim(memory, limit=1)
    assert await memory.begin(first, now=NOW)
    assert [row.chat for row in await claim(memory, "two", limit=1)] == ["web:bob"]


async def test_the_work_of_a_claim_does_not_grow_with_what_waits(memory: SqliteStore) -> None:
    async def steps() -> int:
        count = 0

        def step() -> int:
            nonlocal count
            count += 1
            return 0

        memory._connection.set_progress_handler(step, 10)
        await claim(memory, limit=1)
        memory._connection.set_progress_handler(None, 0)
        return count

    later = NOW + timedelta(days=9)
    await memory.enqueue([delivery("due0"), *(delivery(f"x{n}", at=later) for n in range(10))])
    few = await steps()
    await memory.enqueue(
        [delivery("due1", chat="web:b"), *(delivery(f"y{n}", at=later) for n in range(3000))]
    )
    assert await steps() < 3 * few
