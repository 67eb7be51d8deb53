"""A burst of messages while the whole service is killed again and again, fetching or being pushed to."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.service import WEBHOOK_PATH
from storage.opening import open_store
from tests.chaos.yard import ROOT, Yard, open_yard
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_chats import words
from tests.fakes.telegram_server import HOST

_PATIENCE = 120.0  # seconds that all may take at the end
_SECRET = "a-secret-of-the-experiment"
_QUESTION = "你好"  # answered in one message


@dataclass(frozen=True, slots=True)
class Burst:
    """What became of the messages. ``held``: answers that a kill left in somebody's hands, under a lease that
    is not over yet, or flagged."""

    messages: int
    kills: int
    effects: int  # messages with exactly one answer in the store
    answered: int  # messages whose answer arrived
    copies: int  # answers that arrived more than once
    held: int
    waiting: int  # messages not handled in the end

    @property
    def is_kept(self) -> bool:
        """Whether every message had its effect once, and its answer arrived or is accounted for."""
        lost = self.messages - self.answered - self.held
        return self.effects == self.messages and not self.copies and not self.waiting and lost <= 0


async def burst(folder: Path, messages: int, times: int, *, pushed: bool, seed: int = 7) -> Burst:
    """F14: ``kill -9`` of the service in a burst of messages, so many times."""
    chance = random.Random(seed)
    async with open_yard(folder) as yard, _pushing(yard, port := _free_port(), wanted=pushed):
        for n in range(1, messages + 1):
            yard.world.user(n).writes(_QUESTION)
        killed = 0
        for _ in range(times):
            async with _serving(yard, port, pushed=pushed) as process:
                await _seen_more(yard, 1)
                await asyncio.sleep(chance.uniform(0.0, 0.5))
                process.kill()
                killed += await process.wait() == -signal.SIGKILL
        async with _serving(yard, port, pushed=pushed):
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await _finished(yard, messages)
        return await _judge(yard, messages, killed)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def _serving(yard: Yard, port: int, *, pushed: bool) -> AsyncIterator[asyncio.subprocess.Process]:
    """The whole service as a process of its own."""
    settings = {
        "DATABASE_URL": yard.database,
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": yard.api,
        "HTTP_PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }
    if pushed:
        public = {"TELEGRAM_MODE": "webhook", "PUBLIC_URL": "https://xize.example", "WEBHOOK_SECRET": _SECRET}
        settings |= public
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XIZE_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve",
        cwd=yard.folder,
        env={**kept, "PYTHONPATH": str(ROOT), **{f"XIZE_{key}": value for key, value in settings.items()}},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def _pushing(yard: Yard, port: int, *, wanted: bool) -> AsyncIterator[None]:
    """Telegram pushes to the service on loopback, and again where it was not met by 200."""

    async def push() -> None:
        async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}") as client:

            async def post(_: str, body: bytes, secret: str) -> int:
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
                return (await client.post(WEBHOOK_PATH, content=body, headers=headers)).status_code

            while True:
                with suppress(httpx.HTTPError):
                    if yard.world.webhook:
                        await yard.world.push(post)
                await asyncio.sleep(0.05)

    task = asyncio.create_task(push()) if wanted else None
    yield
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _answers(yard: Yard, n: int) -> Counter[str]:
    bot = yard.world.bot_user["id"]
    said = [words(message) for message in yard.world.chats[n].messages if message["from"]["id"] == bot]
    return Counter(said)


def _seen(yard: Yard) -> int:
    return sum(bool(_answers(yard, n)) for n in yard.world.chats)


async def _seen_more(yard: Yard, more: int) -> None:
    """Wait until the service has answered more than before."""
    before = _seen(yard)
    async with asyncio.timeout(_PATIENCE):
        while _seen(yard) < min(before + more, len(yard.world.chats)):  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.02)


async def _finished(yard: Yard, messages: int) -> None:
    """Wait until every message has its answer, or has it in hands that a kill has left."""
    while True:
        states = await yard.states()
        left = sum(states.get(state, 0) for state in ("claimed", "sending", "uncertain", "closed"))
        if not yard.world.waiting and not states.get("pending") and _seen(yard) + left >= messages:
            return
        await asyncio.sleep(0.2)


async def _judge(yard: Yard, messages: int, killed: int) -> Burst:
    store = open_store(yard.database)
    await store.open()
    rows = [row for row, _ in await store.journal()]
    waiting = len(yard.world.waiting) + len(await store.waiting(messages))
    await store.close()
    replies = Counter(row.chat for row in rows if row.kind == "reply" and row.repeat_of is None)
    open_ = {row.chat for row in rows if row.state in ("claimed", "sending", "uncertain", "closed")}
    answers = {f"telegram:{n}": _answers(yard, n) for n in range(1, messages + 1)}
    return Burst(
        messages,
        killed,
        effects=sum(replies[chat] == 1 for chat in answers),
        answered=sum(bool(heard) for heard in answers.values()),
        copies=sum(count - 1 for heard in answers.values() for count in heard.values()),
        held=sum(not heard and chat in open_ for chat, heard in answers.items()),
        waiting=waiting,
    )
