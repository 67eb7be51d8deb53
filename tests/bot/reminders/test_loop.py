"""The loop: wakes at once, stops cleanly, outlives trouble."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.reminders import loop as looping
from bot.reminders.limits import Limits
from bot.reminders.loop import ReminderLoop
from storage.errors import StoreUnavailable
from storage.store import Store
from tests.bot.reminders.house import START, House, at
from tests.bot.reminders.test_dispatcher import reply

PATIENCE = 5.0  # seconds; only ever waited for when something is broken


def loop_of(house: House, clock: Callable[[], datetime | None] | None = None) -> ReminderLoop:
    """A loop that does nothing of its own accord for an hour: what happens, happens by waking."""
    return ReminderLoop(
        house.planner,
        house.dispatcher,
        clock or house.clock,
        plan_every=3600,
        tidy_every=3600,
        look_every=3600,
    )


@asynccontextmanager
async def running(loop: ReminderLoop) -> AsyncIterator[None]:
    """The loop at work, stopped at the end."""
    stop = asyncio.Event()
    task = asyncio.create_task(loop.run(stop))
    await asyncio.sleep(0)
    yield
    stop.set()
    await asyncio.wait_for(task, PATIENCE)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something has come about."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.001)


async def test_once_plans_and_sends_what_is_due(house: House) -> None:
    await house.found()
    house.now = START
    loop = loop_of(house)
    assert await loop.once() == 0
    house.now = at(14)
    assert await loop.once() == 1
    assert await loop.once() == 0


async def test_a_reply_goes_out_as_soon_as_the_loop_is_woken(house: House) -> None:
    loop = loop_of(house)
    async with running(loop):
        await asyncio.sleep(0.01)
        await house.store.enqueue([reply()])
        loop.wake()
        await until(lambda: house.sender.texts == ["您好"])


async def test_what_the_limits_hold_back_goes_as_soon_as_they_let_it(store: Store) -> None:
    house, begun = House(store, limits=Limits()), time.monotonic()
    loop = loop_of(house, lambda: START + timedelta(seconds=time.monotonic() - begun))
    async with running(loop):
        await house.store.enqueue([reply(f"{n}", f"u{n}:0", f"web:{n}") for n in range(12)])
        loop.wake()
        await until(lambda: house.sender.tries == 12)
    assert sorted(map(int, house.sender.texts)) == [*range(12)]


async def test_a_wish_said_while_it_runs_is_planned_as_soon_as_it_is_woken(house: House) -> None:
    loop = loop_of(house)
    async with running(loop):
        await asyncio.sleep(0.01)
        await house.found()
        house.now = at(14)
        loop.wake()
        await until(lambda: len(house.sender.texts) == 1)


async def test_stopping_finishes_the_send_under_way_and_begins_no_other(house: House) -> None:
    house.sender.slow = 0.05
    await house.store.enqueue([reply(f"r{n}", f"u{n}:0", f"web:{n}") for n in range(5)])
    loop = loop_of(house)
    async with running(loop):
        await until(lambda: house.sender.tries == 1)
    assert house.sender.texts == ["r0"]
    states = (await house.store.queue(now=START))["states"]
    assert states == {"sent": 1, "pending": 4}


async def test_while_the_time_is_in_doubt_nothing_is_planned_or_sent(house: House) -> None:
    await house.store.enqueue([reply()])
    doubt = True
    loop = loop_of(house, lambda: None if doubt else house.now)
    assert await loop.once() == 0
    async with running(loop):
        await asyncio.sleep(0.01)
        assert house.sender.tries == 0
        doubt = False
        loop.wake()
        await until(lambda: house.sender.tries == 1)


@pytest.mark.parametrize("trouble", [StoreUnavailable("disk full"), RuntimeError("bug")])
async def test_trouble_passes_and_the_loop_goes_on(
    house: House, trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looping, "_TROUBLE", (0.01, 0.02))
    await house.store.enqueue([reply()])
    real, failures = house.store.claim, 3

    async def sometimes(*args: object, **options: object) -> object:
        nonlocal failures
        if failures:
            failures -= 1
            raise trouble
        return await real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(house.store, "claim", sometimes)
    async with running(loop_of(house)):
        await until(lambda: house.sender.texts == ["您好"])
