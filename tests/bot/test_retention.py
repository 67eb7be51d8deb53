"""What has had its time goes, in steps; what waits or is in doubt stays; one process does it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.retention import ROLE, Keep, Retention
from storage.errors import StoreUnavailable
from storage.records import NewDelivery, Update
from storage.store import Settlement, Store
from tests.bot.talks import NOW

KEEP = Keep(transcripts=10, updates=5, journal=20, feedback=10)
LONG_AGO = NOW - timedelta(days=100)


def _retention(store: Store, *, owner: str = "a", now: datetime | None = NOW) -> Retention:
    return Retention(store, KEEP, lambda: now, owner=owner)


async def _sent(store: Store, key: str, at: datetime) -> None:
    await store.enqueue([NewDelivery(key, f"web:{key}", "reply", at, {})])
    [delivery] = await store.claim("x", now=at, lease=timedelta(minutes=1), limit=1)
    assert await store.begin(delivery, now=at)
    await store.settle(delivery, Settlement("sent", at))


async def test_each_kind_goes_after_its_own_time(store: Store) -> None:
    await store.transcribe("web:1", "user", {"text": "old"}, at=NOW - timedelta(days=11))
    await store.transcribe("web:1", "user", {"text": "new"}, at=NOW - timedelta(days=9))
    await _sent(store, "old", NOW - timedelta(days=21))
    await _sent(store, "new", NOW - timedelta(days=19))

    removed = await _retention(store).sweep()

    assert (removed["transcripts"], removed["journal"]) == (1, 1)
    assert [line.payload["text"] for line in await store.transcript("web:1")] == ["new"]
    assert [row.dedupe_key for row, _ in await store.journal()] == ["new"]


async def test_what_waits_is_kept_however_old(store: Store) -> None:
    await store.enqueue([NewDelivery("waits", "web:1", "reply", LONG_AGO, {})])
    await store.receive([Update("web:1:m", "web:1", {}, LONG_AGO)])

    assert not await _retention(store).sweep()
    assert len(await store.waiting()) == 1


async def test_more_than_a_step_goes_in_one_sweep(store: Store) -> None:
    for number in range(1500):
        await store.transcribe("web:1", "user", {"id": str(number)}, at=LONG_AGO)

    assert (await _retention(store).sweep())["transcripts"] == 1500


async def test_a_second_process_leaves_it_to_the_first_until_that_is_done(store: Store) -> None:
    await store.transcribe("web:1", "user", {}, at=LONG_AGO)
    assert await store.hold(ROLE, "a", now=NOW, lease=timedelta(minutes=1))
    assert not await _retention(store, owner="b").sweep()

    assert (await _retention(store, owner="a").sweep())["transcripts"] == 1
    await store.transcribe("web:1", "user", {}, at=LONG_AGO)
    assert (await _retention(store, owner="b").sweep())["transcripts"] == 1


async def test_a_doubted_clock_removes_nothing(store: Store) -> None:
    await store.transcribe("web:1", "user", {}, at=LONG_AGO)

    assert not await _retention(store, now=None).sweep()


async def test_rows_that_went_are_told_by_kind(store: Store) -> None:
    told: list[tuple[str, int]] = []
    await store.transcribe("web:1", "user", {}, at=LONG_AGO)
    keeper = Retention(store, KEEP, lambda: NOW, owner="a", tell=lambda *what: told.append(what))
    await keeper.sweep()

    assert told == [("transcripts", 1)]


async def test_a_store_in_trouble_ends_neither_the_work_nor_the_service() -> None:
    class Away:
        looked = asyncio.Event()

        async def hold(self, *_: object, **__: object) -> bool:
            self.looked.set()
            raise StoreUnavailable("away")

    stop, away = asyncio.Event(), Away()
    running = asyncio.create_task(_retention(away).run(stop))  # type: ignore[arg-type]
    await asyncio.wait_for(away.looked.wait(), 10)
    stop.set()
    await asyncio.wait_for(running, 10)

    assert running.done()
