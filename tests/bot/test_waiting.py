"""Waiting ends early when it is to, and leaves nothing behind."""

import asyncio

import pytest

from bot.waiting import backoff, pause, rest


async def test_a_stop_ends_the_wait() -> None:
    stop = asyncio.Event()
    waiting = asyncio.create_task(pause(stop, 3600))
    await asyncio.sleep(0)
    stop.set()
    done, _ = await asyncio.wait({waiting}, timeout=10)
    assert done == {waiting}


async def test_without_a_stop_the_time_passes() -> None:
    stop = asyncio.Event()
    await pause(stop, 0.001)
    assert not stop.is_set()


@pytest.mark.parametrize("rung", [0, 1, None])
async def test_a_rest_ends_with_the_bell_the_stop_or_the_time(rung: int | None) -> None:
    events = (asyncio.Event(), asyncio.Event())
    before = asyncio.all_tasks()
    resting = asyncio.create_task(rest(*events, 0.001 if rung is None else 3600))
    await asyncio.sleep(0)
    if rung is not None:
        events[rung].set()
    done, _ = await asyncio.wait({resting}, timeout=10)
    assert done == {resting}
    assert asyncio.all_tasks() == before


def test_waits_grow_to_the_last_step_and_are_spread() -> None:
    for failures, step in ((1, 1.0), (2, 10.0), (3, 100.0), (50, 100.0)):
        waits = {backoff((1.0, 10.0, 100.0), failures) for _ in range(20)}
        assert all(0.8 * step <= wait <= 1.2 * step for wait in waits)
        assert len(waits) > 1
