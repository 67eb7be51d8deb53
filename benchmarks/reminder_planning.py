"""What planning costs: everything once, a look when nothing changed, one change, and the memory of it all."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.reminder_work import megabytes, since
from bot.reminders.planner import Planner
from storage.opening import open_store
from storage.records import Company, Contact, Deadline, Membership, Subscription
from storage.sql.store import SqlStore
from storage.sql.tables import COMPANY, CONTACT, DEADLINE, MEMBERSHIP, SUBSCRIPTION, Table

_AT_ONCE = 1000
_NOW = datetime(2030, 5, 5, 12, tzinfo=UTC)
_DUE = _NOW.date() + timedelta(days=30)  # all eight of a deadline's next reminders are in sight


async def measure(address: str, deadlines: int) -> dict[str, float]:
    """Plan so many deadlines, each of a company and a contact of its own."""
    store = open_store(address)
    assert isinstance(store, SqlStore)
    await store.open()
    for start in range(0, deadlines, _AT_ONCE):
        await _found(store, range(start, min(start + _AT_ONCE, deadlines)))
    planner = Planner(store)
    before = megabytes()
    start_at = time.perf_counter()
    planned = await planner.run(_NOW)
    first = since(start_at) / 1000
    idle = await _timed(planner)
    async with store.talk("web:0", at=_NOW) as talk:
        old = talk.deadlines["d0"]
        talk.deadlines["d0"] = replace(old, due=old.due + timedelta(days=1), revision=2)
    changed = await _timed(planner)
    start_at = time.perf_counter()
    await store.queue(now=_NOW)
    queue = since(start_at)
    await store.close()
    return {
        "waiting": planned.new,
        "first": first,
        "idle": idle,
        "changed": changed,
        "queue": queue,
        "grown": megabytes() - before,
    }


async def _timed(planner: Planner) -> float:
    start = time.perf_counter()
    await planner.run(_NOW)
    return since(start)


async def _found(store: SqlStore, numbers: range) -> None:
    begun = _NOW.date() - timedelta(days=20)
    rows: dict[Table[Any], list[Any]] = {
        COMPANY: [Company(f"c{n}") for n in numbers],
        CONTACT: [Contact(f"p{n}", f"web:{n}", company_id=f"c{n}") for n in numbers],
        MEMBERSHIP: [Membership(f"p{n}", f"c{n}") for n in numbers],
        DEADLINE: [
            Deadline(f"d{n}", f"c{n}", "first", "do it", "begun", begun, _DUE, since=_NOW) for n in numbers
        ],
        SUBSCRIPTION: [Subscription(f"w{n}", f"p{n}", f"c{n}", since=_NOW) for n in numbers],
    }
    async with store.writing() as session:
        for table, records in rows.items():
            dump = session.shape(table).dump
            await session.change_each(table.insertion(), [dump(record) for record in records])


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1], int(sys.argv[2])))))
