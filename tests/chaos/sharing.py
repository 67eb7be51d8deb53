"""Several senders on one PostgreSQL, killed and cut off from it at random moments."""

from __future__ import annotations

import asyncio
import random
import signal
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

import psycopg

from tests.chaos.experiments import OVER, Outcome, finish
from tests.chaos.yard import START, Yard, open_yard
from tests.storage.server import LET_GO, running, schema

_CUTS = 4  # for each kill


async def sharing(folder: Path, messages: int, times: int, workers: int = 4, seed: int = 7) -> Outcome:
    """F2, F23: senders that share the work lose their lives or their connections, in between or in the
    middle of a send."""
    chance = random.Random(seed)
    with running() as server, schema(server, "chaos") as url:
        async with open_yard(folder, url) as yard:
            await yard.fill(messages)
            now, killed = START, 0
            for _ in range(times):
                killed += await _round(yard, now, workers, chance, url)
                now += OVER
            await finish(yard, now)
            return Outcome(await yard.count(messages), killed)


async def _round(yard: Yard, now: datetime, workers: int, chance: random.Random, url: str) -> int:
    """Let them send for a while, cut their connections, then kill them all; how many were killed."""
    async with AsyncExitStack() as stack:
        senders = [await stack.enter_async_context(yard.sender(now, "--loop")) for _ in range(workers)]
        for _ in range(_CUTS):
            await asyncio.sleep(chance.uniform(0.02, 0.2))
            await _cut(url)
        await asyncio.sleep(chance.uniform(0.02, 0.2))
        for process in senders:
            process.kill()
        return sum([await process.wait() == -signal.SIGKILL for process in senders])


async def _cut(url: str) -> None:
    """End every connection of the senders."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(LET_GO)
