"""One worker of the reminders benchmark: fills a store, sends from it, or measures a tick or memory."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.errors import StoreUnavailable
from storage.opening import open_store
from storage.records import Delivery, NewDelivery
from storage.store import Settlement, Store

LEASE = timedelta(seconds=120)
AT_ONCE = 10
_BATCH = 2000


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


async def fill(address: str, size: int) -> None:
    """Put in so many deliveries, one in ten of them due, ten to a chat."""
    store = open_store(address)
    await store.open()
    moment = now() - timedelta(hours=1)
    for start in range(0, size, _BATCH):
        numbers = range(start, min(start + _BATCH, size))
        await store.enqueue([_reminder(number, moment) for number in numbers])
    await store.close()


def _reminder(number: int, moment: datetime) -> NewDelivery:
    # Due ones are of chats of their own, so that workers need not wait for each other's chats.
    due = number % 10 == 0
    chat = f"telegram:{number}" if due else f"telegram:later{number // 10}"
    at = moment if due else moment + timedelta(days=1 + number % 40)
    return NewDelivery(f"d{number}:c{number // 10}:L7", chat, "lead", at, {"due": "2030-05-20"}, lead=7)


def _fresh(number: int) -> NewDelivery:
    """One more that is due, for what has to find some."""
    name = f"{time.monotonic_ns()}-{number}"
    return NewDelivery(name, f"telegram:{name}", "lead", now() - timedelta(hours=2), {}, lead=7)


async def top_up(address: str, count: int) -> None:
    """Put in so many more that are due, so that no worker runs out of work."""
    store = open_store(address)
    await store.open()
    for start in range(0, count, _BATCH):
        await store.enqueue([_fresh(number) for number in range(start, min(start + _BATCH, count))])
    await store.close()


async def send(store: Store, seconds: float) -> dict[str, Any]:
    """Claim ten, then journal and settle each, for so long."""
    claims: list[float] = []
    steps: list[float] = []
    busy = 0
    owner = f"w{time.monotonic_ns()}"
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        try:
            start = time.perf_counter()
            rows = await store.claim(owner, now=now(), lease=LEASE, limit=AT_ONCE)
            claims.append(since(start))
            if not rows:
                break
            for row in rows:
                start = time.perf_counter()
                await _complete(store, row)
                steps.append(since(start))
        except StoreUnavailable:
            busy += 1
    spent = time.perf_counter() - began
    return {"done": len(steps), "seconds": spent, "claims": claims, "steps": steps, "busy": busy}


async def tick(store: Store, _: float) -> dict[str, float]:
    """What a tick costs with a thousand deliveries due."""
    await store.enqueue([_fresh(number) for number in range(1000)])
    start = time.perf_counter()
    await store.recover(now=now())
    await store.uncertain(before=now())
    await store.claim("tick", now=now(), lease=LEASE, limit=1, channels=["web"])
    look = since(start)
    start = time.perf_counter()
    rows = await store.claim("tick", now=now(), lease=LEASE, limit=1000)
    claim = since(start)
    for row in rows:
        await store.settle(row, Settlement("pending", now(), retry_at=now(), counted=False))
    start = time.perf_counter()
    for _turn in range(len(rows)):
        for row in await store.claim("tick", now=now(), lease=LEASE, limit=1):
            await _complete(store, row)
    return {"look": look, "claim": claim, "drain": since(start)}


async def memory(store: Store, _: float) -> dict[str, float]:
    """The process's size when the store is open, after work, and after reading everything once."""
    opened = megabytes()
    await store.enqueue([_fresh(number) for number in range(500)])
    for _turn in range(500):
        for row in await store.claim("memory", now=now(), lease=LEASE, limit=1):
            await _complete(store, row)
    start = time.perf_counter()
    await store.queue(now=now())
    queue = since(start)
    worked, after = megabytes(), 0
    while page := await store.journal(after=after, limit=1000):
        after = page[-1][0].id
    return {"open": opened, "worked": worked, "queue": queue, "read": megabytes()}


async def _complete(store: Store, row: Delivery) -> None:
    if await store.begin(row, now=now()):
        await store.settle(row, Settlement("sent", now(), message_id="1"))


def since(start: float) -> float:
    """Milliseconds since a moment of the performance counter."""
    return (time.perf_counter() - start) * 1000


def megabytes() -> float:
    """The size of this process in memory."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


async def _work(act: str, address: str, seconds: float) -> None:
    store = open_store(address)
    await store.open()
    try:
        result = await {"send": send, "tick": tick, "memory": memory}[act](store, seconds)
    finally:
        await store.close()
    print(json.dumps(result))


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1], sys.argv[2], float(sys.argv[3])))
