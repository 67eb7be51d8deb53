"""Real kills of a real process: what a user sees is never an unmarked copy, and nothing is lost silently."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from datetime import timedelta
from pathlib import Path

from bot.reminders.dispatcher import LEASE
from storage.opening import open_store
from storage.records import NewDelivery
from storage.store import Store
from tests.bot.reminders.house import START
from tests.bot.reminders.test_dispatcher import reply

ROOT = Path(__file__).parents[3]
MESSAGES = 60
KILLS = 6

# Sends by appending a line to a file, then takes a moment to answer, as a network does.
SENDING = """
import asyncio, sys
from datetime import datetime
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.notices import Composer
from bot.reminders.sending import Ending, SendResult
from bot.rendering import render
from storage.opening import open_store
from tests.bot.reminders.house import describe

class FileSender:
    channel = "web"
    async def send(self, chat, reply, *, delivery_id):
        with open(sys.argv[2], "a") as seen:
            seen.write(f"{delivery_id} {render(reply, 'plain.txt').splitlines()[0]}\\n")
        await asyncio.sleep(0.005)
        return SendResult(Ending.SENT, str(delivery_id))

async def main():
    store = open_store(sys.argv[1])
    await store.open()
    now = datetime.fromisoformat(sys.argv[3])
    dispatcher = Dispatcher(store, [FileSender()], Composer(describe), owner=sys.argv[3])
    await dispatcher.tidy(now)
    print("ready", flush=True)
    await dispatcher.drain(lambda: now)
    await store.close()

asyncio.run(main())
"""


async def send(url: str, seen: Path, now: str, kill_after: float | None) -> int:
    """Let a process send, and kill it after a while; its exit code."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SENDING, url, str(seen), now, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()
    if kill_after is not None:
        await asyncio.sleep(kill_after)
        process.kill()
    await process.communicate()
    return process.returncode or 0


async def outcome(store: Store) -> dict[int, str]:
    """The state of each delivery."""
    return {row.id: row.state for row, _ in await store.journal()}


async def test_killed_again_and_again_it_sends_each_message_once_or_flags_it(tmp_path: Path) -> None:
    url, seen = f"sqlite:///{tmp_path / 'x.db'}", tmp_path / "seen"
    store = open_store(url)
    await store.open()
    hour = timedelta(hours=1)
    # Replies of an hour ago: an uncertain one is held, so that every line that is seen must be the only one.
    rows = [
        NewDelivery(f"n{n}", f"web:{n}", "reply", START - hour, reply(str(n)).payload)
        for n in range(MESSAGES)
    ]
    await store.enqueue(rows)
    await store.close()
    chance, now, kills = random.Random(7), START, 0
    for _ in range(KILLS):
        code = await send(url, seen, now.isoformat(), chance.uniform(0.01, 0.08))
        kills += code == -signal.SIGKILL
        now += LEASE + timedelta(seconds=1)
    assert await send(url, seen, (now + timedelta(minutes=5)).isoformat(), None) == 0
    await store.open()
    states = await outcome(store)
    await store.close()
    lines = [int(line.split()[0]) for line in seen.read_text().splitlines()]
    flagged = {key for key, state in states.items() if state in ("uncertain", "closed")}
    assert len(lines) == len(set(lines))
    assert set(states) == set(lines) | flagged
    assert len(flagged) <= kills
    assert kills > 0
