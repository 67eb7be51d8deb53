"""What an experiment stands on: a store full of messages, a Telegram on loopback, processes, the count."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from bot.messages import Intent, Reply, Text
from bot.wire import pack
from storage.opening import open_store
from storage.postgres import PostgresStore
from storage.records import NewDelivery
from storage.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import words
from tests.fakes.telegram_server import HOST, create_app

START = datetime(2030, 5, 6, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
PATIENCE = 300.0  # seconds that a process may take at most


def open_yard_store(database: str) -> Store:
    """A store whose leases go by the time that the experiment makes."""
    if database.startswith("postgresql:"):
        return PostgresStore(database, own_clock=False)
    return open_store(database)


@dataclass(frozen=True, slots=True)
class Count:
    """What people saw, against what the store knows."""

    messages: int
    seen: int  # messages that arrived at least once
    unmarked_copies: int
    marked_repeats: int
    flagged: int  # uncertain, or closed as such
    lost_silently: int  # neither seen nor flagged
    still_waiting: int

    @property
    def is_kept(self) -> bool:
        """Whether the promise holds: nothing lost silently, nothing doubled without a mark."""
        return not (self.unmarked_copies or self.lost_silently)


class Yard:
    """One experiment's place."""

    def __init__(self, folder: Path, world: FakeTelegram, api: str, database: str | None = None) -> None:
        self.folder = folder
        self.database = database or f"sqlite:///{folder / 'chaos.db'}"
        self.world = world
        self.api = api

    async def fill(self, messages: int) -> None:
        """Messages to as many chats: half of a class that is held when its fate is unknown, half of one that
        is repeated once."""
        store = open_yard_store(self.database)
        await store.open()
        rows = []
        for n in range(1, messages + 1):
            self.world.user(n).starts()
            reply = Reply(Intent.REMINDERS, (Text(f"message {n}", "headline"),), language="en")
            kind = "notice" if n % 2 else "overdue"
            rows.append(NewDelivery(f"m{n}", f"telegram:{n}", kind, START, pack(reply)))  # type: ignore[arg-type]
        await store.enqueue(rows)
        await store.close()

    @asynccontextmanager
    async def sender(self, now: datetime, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """A sending process, ended with the block at the latest."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.sender", self.database, self.api, now.isoformat(), *options,
            cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            async with asyncio.timeout(PATIENCE):
                await process.stdout.readline()
                yield process
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def states(self) -> Mapping[str, int]:
        """How many deliveries stand in each state."""
        store = open_yard_store(self.database)
        await store.open()
        states: Mapping[str, int] = (await store.queue(now=START))["states"]
        await store.close()
        return states

    async def count(self, messages: int) -> Count:
        """Compare what was seen with what the store knows."""
        store = open_yard_store(self.database)
        await store.open()
        rows = [row for row, _ in await store.journal()]
        await store.close()
        flagged = {row.chat for row in rows if row.state in ("uncertain", "closed")}
        waiting = {row.chat for row in rows if row.state in ("pending", "claimed", "sending")}
        seen, copies, marked = 0, 0, 0
        lost = 0
        for n in range(1, messages + 1):
            texts = Counter("repeat" if "Repeat:" in text else "plain" for text in self._texts(n))
            seen += bool(texts)
            copies += max(0, texts["plain"] - 1) + max(0, texts["repeat"] - 1)
            marked += texts["repeat"]
            lost += not texts and f"telegram:{n}" not in flagged | waiting
        return Count(messages, seen, copies, marked, len(flagged), lost, len(waiting))

    def _texts(self, n: int) -> list[str]:
        bot = self.world.bot_user["id"]
        return [words(message) for message in self.world.chats[n].messages if message["from"]["id"] == bot]


@asynccontextmanager
async def open_yard(folder: Path, database: str | None = None) -> AsyncIterator[Yard]:
    """A yard with its Telegram at the door."""
    world = FakeTelegram(lambda: datetime.now(UTC))
    config = uvicorn.Config(
        create_app(world), host=HOST, port=0, log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    server.capture_signals = _no_signals  # type: ignore[method-assign, assignment]
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server tells it in no other way
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Yard(folder, world, f"http://{HOST}:{port}", database)
    finally:
        server.should_exit = True
        server.force_exit = True
        await serving


def _no_signals() -> nullcontext[None]:
    """Signals are the experiment's own."""
    return nullcontext()
