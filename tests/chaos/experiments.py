"""The experiments. Each gives the count; what it must show stands with its test."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import httpx

from bot.reminders.dispatcher import LEASE
from bot.reminders.policy import UNCERTAIN_FOR
from storage.moving import back_up
from storage.moving import restore as restore_store
from tests.chaos.yard import START, Count, Yard, open_yard
from tests.fakes.telegram_errors import gateway, limited, network

OVER = LEASE + timedelta(seconds=1)
_SOON = 10.0  # seconds
_ROUNDS = 12  # runs in a row at the end, until nothing waits any more


class Kept(Protocol):
    """What every experiment comes to."""

    @property
    def is_kept(self) -> bool:
        """Whether the promise held."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an experiment."""

    count: Count
    kills: int = 0
    stopped_within: float = 0.0  # seconds

    @property
    def is_kept(self) -> bool:
        """Whether nothing was lost or doubled, and a stop was soon over."""
        return self.count.is_kept and self.stopped_within < _SOON


async def kills(folder: Path, messages: int, times: int, seed: int = 7) -> Outcome:
    """F1: the sender is killed at random moments, again and again."""
    chance = random.Random(seed)
    async with open_yard(folder) as yard:
        await yard.fill(messages)
        now, killed = START, 0
        for _ in range(times):
            async with yard.sender(now) as process:
                await asyncio.sleep(chance.uniform(0.02, 0.3))
                if process.returncode is None:
                    process.kill()
                killed += await process.wait() == -signal.SIGKILL
            now += OVER
        await finish(yard, now)
        return Outcome(await yard.count(messages), killed)


async def faults(folder: Path, messages: int, seed: int = 7) -> Outcome:
    """F3 to F5, F9: Telegram hangs, resets, asks to wait and answers with a proxy's page, at random."""
    async with open_yard(folder) as yard:
        await yard.fill(messages)
        yard.world.faults.likely(
            "sendMessage",
            random.Random(seed),
            (0.02, network(httpx.RemoteProtocolError, accepted=True)),
            (0.02, network(httpx.RemoteProtocolError)),
            (0.01, network(httpx.ReadTimeout, accepted=True)),
            (0.01, network(httpx.ReadTimeout)),
            (0.02, gateway(502, accepted=True)),
            (0.02, gateway(504)),
            (0.02, limited(1)),
        )
        await finish(yard, START)
        return Outcome(await yard.count(messages))


async def stop(folder: Path, messages: int) -> Outcome:
    """F16: SIGTERM under load; the send under way is finished and settled."""
    async with open_yard(folder) as yard:
        await yard.fill(messages)
        async with yard.sender(START, "--loop") as process:
            await asyncio.sleep(0.2)
            begun = time.monotonic()
            process.terminate()
            await process.wait()
            within = time.monotonic() - begun
        uncertain = (await yard.states()).get("uncertain", 0)
        await finish(yard, START + OVER)
        count = await yard.count(messages)
        assert uncertain == count.flagged
        return Outcome(count, stopped_within=within)


async def pause(folder: Path, messages: int) -> Outcome:
    """F22: a sender is held past its lease, another takes over, the first goes on."""
    async with open_yard(folder) as yard:
        await yard.fill(messages)
        async with yard.sender(START) as first:
            await asyncio.sleep(0.1)
            first.send_signal(signal.SIGSTOP)
            async with yard.sender(START + OVER):
                pass
            first.send_signal(signal.SIGCONT)
        await finish(yard, START + 2 * OVER)
        return Outcome(await yard.count(messages))


async def restore(folder: Path, messages: int) -> Outcome:
    """F18: the backup of yesterday is put back after all was sent. What may have been sent since is held:
    nobody hears anything twice."""
    async with open_yard(folder) as yard:
        await yard.fill(messages)
        backup = folder / "yesterday"
        await back_up(yard.database, backup, now=START, progress=_silent)
        await finish(yard, START)
        await restore_store(backup, yard.database, now=START + OVER, progress=_silent, replace=True)
        await finish(yard, START + OVER)
        return Outcome(await yard.count(messages))


def _silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


async def finish(yard: Yard, now: datetime) -> None:
    """Run in peace until nothing waits: leases over, fates decided, waits served."""
    moment = now
    for _ in range(_ROUNDS):
        async with yard.sender(moment):
            pass
        states = await yard.states()
        moment += max(OVER, UNCERTAIN_FOR + timedelta(minutes=10))
        if not states.keys() & {"pending", "claimed", "sending", "uncertain"}:
            return
