"""Waiting that ends early: when a part is to stop, or when a bell rings."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

BACKOFF = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0)  # seconds


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait ``seconds`` or until ``stop`` is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def rest(bell: asyncio.Event, stop: asyncio.Event, seconds: float) -> None:
    """Wait for the bell, the stop or the time, whichever is first."""
    waits = [asyncio.ensure_future(event.wait()) for event in (bell, stop)]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


def backoff(steps: Sequence[float], failures: int) -> float:
    """Seconds to wait after so many failures in a row, spread by a fifth so that many do not meet."""
    step = steps[min(failures, len(steps)) - 1]
    return step * random.uniform(0.8, 1.2)  # noqa: S311 - spreading, not secrecy
