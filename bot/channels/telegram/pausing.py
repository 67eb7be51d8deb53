"""Waiting that ends early when the channel stops."""

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


def backoff(steps: Sequence[float], failures: int) -> float:
    """Seconds to wait after so many failures in a row, spread by a fifth so that many do not meet."""
    step = steps[min(failures, len(steps)) - 1]
    return step * random.uniform(0.8, 1.2)  # noqa: S311 - spreading, not secrecy
