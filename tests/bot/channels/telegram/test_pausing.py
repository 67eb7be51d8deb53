import asyncio

from bot.channels.telegram.pausing import backoff, pause


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


def test_waits_grow_to_the_last_step_and_are_spread() -> None:
    for failures, step in ((1, 1.0), (2, 10.0), (3, 100.0), (50, 100.0)):
        waits = {backoff((1.0, 10.0, 100.0), failures) for _ in range(20)}
        assert all(0.8 * step <= wait <= 1.2 * step for wait in waits)
        assert len(waits) > 1
