"""The connection to PostgreSQL is cut in the middle of a send: the message is seen once, whatever the store
still learns of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import psycopg
import pytest

from bot.messages import Reply
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.notices import Composer
from bot.reminders.sending import SendResult
from bot.rendering import render
from storage.errors import StoreUnavailable
from storage.postgres import PostgresStore
from tests.bot.reminders.house import FakeSender, describe
from tests.bot.reminders.test_dispatcher import reply
from tests.storage.server import LET_GO, running, schema

NOW = datetime(2030, 5, 6, 1, tzinfo=UTC)
MESSAGES = 12
Moment = Literal["before", "after"]


class Cutting(FakeSender):
    """Cuts every connection before or after each third message is seen."""

    url = ""
    moment: Moment = "before"

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Send once."""
        if self.moment == "before":
            await self._cut()
        result = await super().send(chat, reply, delivery_id=delivery_id)
        if self.moment == "after":
            await self._cut()
        return result

    async def _cut(self) -> None:
        if self.tries % 3 == 0:
            async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
                await connection.execute(LET_GO)


@pytest.fixture
def url() -> Iterator[str]:
    """An address of an empty store."""
    with running() as server, schema(server, "cut") as address:
        yield address


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_message_is_seen_once_though_the_connection_is_cut(url: str, moment: Moment) -> None:
    store = PostgresStore(url, own_clock=False)
    await store.open()
    await store.enqueue([reply(f"m{n}", f"u{n}:0", f"web:{n}") for n in range(MESSAGES)])
    sender = Cutting()
    sender.url, sender.moment = url, moment
    dispatcher = Dispatcher(store, [sender], Composer(describe), owner="here")
    now = NOW

    def clock() -> datetime:
        return now

    for _ in range(MESSAGES):
        try:
            await dispatcher.tidy(now)
            await dispatcher.drain(clock)
        except StoreUnavailable:
            now += timedelta(minutes=3)  # the lease is over
    seen = Counter(render(said, "plain.txt") for _, said, _ in sender.seen)
    states = Counter(row.state for row, _ in await store.journal())
    await store.close()
    assert len(seen) == MESSAGES
    assert set(seen.values()) == {1}
    assert states.keys() <= {"sent", "closed", "uncertain"}
