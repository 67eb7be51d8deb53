"""What happens to a message while it is under way: changed, paused, killed, throttled."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import count

import pytest

from bot.reminders import dispatcher as dispatching
from bot.reminders.limits import Limits, Rate
from storage.errors import StoreUnavailable
from storage.records import Delivery
from storage.store import Store
from tests.bot.reminders.house import DUE, START, House, at
from tests.bot.reminders.test_dispatcher import reply

SECOND = timedelta(seconds=1)


async def test_a_deadline_moved_while_its_reminder_is_claimed_is_not_spoken_of(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.found()
    await house.planner.run(START)
    real = house.store.subjects

    async def move_meanwhile(ids: list[int]) -> object:
        found = await real(ids)
        await house.change(due=DUE + timedelta(days=30))
        return found

    monkeypatch.setattr(house.store, "subjects", move_meanwhile)
    house.now = at(7)
    await house.dispatcher.drain(house.clock)
    assert house.sender.seen == []
    assert (await house.states())["L7"] == ("skipped", "superseded")


async def test_one_of_several_that_was_done_meanwhile_is_left_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.found(keys=("first", "second"))
    await house.planner.run(START)
    real = house.store.subjects

    async def finish_meanwhile(ids: list[int]) -> object:
        found = await real(ids)
        await house.change("second", state="done")
        return found

    monkeypatch.setattr(house.store, "subjects", finish_meanwhile)
    house.now = at(7)
    await house.dispatcher.drain(house.clock)
    [text] = house.sender.texts
    assert "do second" not in text


async def test_what_was_begun_when_the_store_failed_was_not_sent_and_waits_no_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.found(keys=("first", "second"))
    await house.planner.run(START)
    real, tries = house.store.begin, count(1)

    async def fail_once(delivery: Delivery, *, now: datetime) -> bool:
        if next(tries) == 2:
            raise StoreUnavailable("a moment")
        return await real(delivery, now=now)

    monkeypatch.setattr(house.store, "begin", fail_once)
    house.now = at(7)
    with pytest.raises(StoreUnavailable):
        await house.dispatcher.drain(house.clock)
    assert house.sender.tries == 0
    texts = await house.run(at(7) + dispatching.LEASE + SECOND)
    assert [name in "".join(texts) for name in ("do first", "do second", "重发")] == [True, True, False]


async def test_a_sender_paused_past_its_lease_sends_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.store.enqueue([reply()])
    real = house.store.claim

    async def pause(*args: object, **options: object) -> object:
        rows = await real(*args, **options)  # type: ignore[arg-type]
        house.now += dispatching.LEASE + SECOND
        await house.store.recover(now=house.now)
        return rows

    monkeypatch.setattr(house.store, "claim", pause)
    house.now = START
    assert await house.dispatcher.step("web", house.clock)
    assert house.sender.tries == 0


async def test_what_a_dead_sender_left_is_flagged_and_not_sent_again(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.planner.run(at(7))
    [row] = await house.store.claim("dead", now=at(7), lease=timedelta(seconds=60), limit=1)
    assert await house.store.begin(row, now=at(7))
    assert await house.run(at(7) + 30 * SECOND) == []
    assert await house.run(at(7) + 61 * SECOND) == []
    assert (await house.states())["L7"] == ("uncertain", "")
    assert await house.run(at(7) + 200 * SECOND) == []
    assert (await house.states())["L7"] == ("closed", "held")


async def test_rate_limits_postpone_and_lose_nothing(store: Store) -> None:
    house = House(store, limits=Limits(chat=Rate(1, SECOND)))
    await store.enqueue([reply(f"r{n}", f"u{n}:0") for n in range(3)])
    seen = [len(await house.run(START + second * SECOND)) for second in range(4)]
    assert seen == [1, 1, 1, 0]


async def test_a_store_in_trouble_sends_nothing_without_its_journal(house: House) -> None:
    await house.store.enqueue([reply()])
    connection = house.store._connection  # type: ignore[attr-defined]
    connection.execute("pragma query_only = on")
    house.now = START
    with pytest.raises(Exception, match="readonly"):
        await house.dispatcher.drain(house.clock)
    assert house.sender.tries == 0
    connection.execute("pragma query_only = off")
    assert await house.run(START) == ["您好"]


async def test_two_dispatchers_share_the_work_and_double_nothing(house: House) -> None:
    await house.store.enqueue([reply(f"r{n}", f"u{n}:0", f"web:{n}") for n in range(40)])
    other = House(house.store)
    other.sender = house.sender
    other.dispatcher = dispatching.Dispatcher(
        house.store, [house.sender], house.dispatcher._composer, owner="there"
    )
    await asyncio.gather(house.dispatcher.drain(house.clock), other.dispatcher.drain(house.clock))
    texts = house.sender.texts
    assert sorted(texts) == sorted(f"r{n}" for n in range(40))


async def test_waking_rings_every_channel(house: House) -> None:
    house.dispatcher.wake()
    assert all(bell.is_set() for bell in house.dispatcher.bells.values())
    assert house.dispatcher.channels == ("web",)
