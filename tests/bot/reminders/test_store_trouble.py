"""A disk that is full, a database that is locked, a file that cannot be written: nothing is sent without its
journal, and afterwards it goes on as if nothing had been."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.messages import Reply
from bot.reminders.dispatcher import LEASE
from bot.reminders.policy import UNCERTAIN_FOR
from bot.reminders.sending import SendResult
from storage.errors import StoreUnavailable
from storage.records import NewDelivery
from storage.sqlite import SqliteStore, connection
from tests.bot.reminders.house import START, FakeSender, House
from tests.bot.reminders.test_dispatcher import reply

MESSAGES = 30
Trouble = Callable[[SqliteStore], AbstractContextManager[None]]


@contextmanager
def full(store: SqliteStore) -> Iterator[None]:
    """The disk has no room for one page more."""
    limit = store._connection.execute("pragma max_page_count").fetchone()[0]
    store._connection.execute("pragma max_page_count = 1")  # as many as there are
    # What is free inside of the pages is taken too.
    with contextlib.suppress(sqlite3.OperationalError):
        for n in range(9999):
            store._connection.execute("insert into bookmark values (?, ?)", (f"fill{n}", "x" * 400))
    with contextlib.suppress(sqlite3.OperationalError):
        for n in range(9999):
            store._connection.execute(
                "insert into attempt values (1, ?, 0, 0, 'filling', '', '')", (1000 + n,)
            )
    yield
    store._connection.execute(f"pragma max_page_count = {limit}")
    store._connection.execute("delete from bookmark")
    store._connection.execute("delete from attempt where outcome = 'filling'")


@contextmanager
def locked(store: SqliteStore) -> Iterator[None]:
    """Another process keeps the database to itself."""
    with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield


@contextmanager
def read_only(store: SqliteStore) -> Iterator[None]:
    """Nothing can be written."""
    store._connection.execute("pragma query_only = on")
    yield
    store._connection.execute("pragma query_only = off")


class Witness(FakeSender):
    """Looks into the file, as another process would: is the send written down?"""

    path = ""
    during: Callable[[], None] = staticmethod(lambda: None)

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Send once, after a look."""
        with contextlib.closing(sqlite3.connect(self.path)) as other:
            asked = "select count(*) from attempt where delivery_id = ? and outcome = 'sending'"
            assert other.execute(asked, (delivery_id,)).fetchone() == (1,)
        self.during()
        return await super().send(chat, reply, delivery_id=delivery_id)


@pytest.fixture
async def file_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A house on a file, with messages to send."""
    monkeypatch.setattr(connection, "_TRIES", 2)
    monkeypatch.setattr(connection, "_PAUSE", 0)
    store = SqliteStore(str(tmp_path / "x.db"))
    await store.open()
    rows = [
        NewDelivery(f"m{n}", f"web:{n}", "overdue" if n % 2 else "notice", START, reply(f"m{n}").payload)
        for n in range(MESSAGES)
    ]
    await store.enqueue(rows)
    house = House(store)
    house.sender = Witness()
    house.sender.path = store.path
    house.dispatcher._senders = {"web": house.sender}
    yield house
    await store.close()


async def settled(house: House) -> Counter[str]:
    """Everything sent, waits over and fates decided; what was seen, marked ones apart."""
    for wait in (timedelta(), LEASE, UNCERTAIN_FOR, UNCERTAIN_FOR):
        await house.run(house.now + wait + timedelta(seconds=1))
    states = {row.state for row, _ in await house.store.journal()}
    assert states <= {"sent", "closed"}
    return Counter(text for text in house.sender.texts if "重发" not in text)


TROUBLES = pytest.mark.parametrize("trouble", [full, locked, read_only])


@TROUBLES
async def test_in_trouble_nothing_is_sent_and_afterwards_all_is(file_house: House, trouble: Trouble) -> None:
    store = file_house.store
    assert isinstance(store, SqliteStore)
    [held] = await store.claim("here", now=START, lease=LEASE, limit=1)
    with trouble(store):
        with pytest.raises(StoreUnavailable):
            await store.begin(held, now=START)
        with pytest.raises(StoreUnavailable):
            await file_house.dispatcher.drain(file_house.clock)
    assert file_house.sender.tries == 0
    seen = await settled(file_house)
    assert set(seen.values()) == {1}
    assert len(seen) == MESSAGES


@TROUBLES
async def test_trouble_after_a_send_leaves_its_fate_open_and_doubles_nothing_unmarked(
    file_house: House, trouble: Trouble
) -> None:
    store, sender = file_house.store, file_house.sender
    assert isinstance(store, SqliteStore)
    assert isinstance(sender, Witness)
    with contextlib.ExitStack() as stack:

        def begin() -> None:
            if sender.tries == 10:
                stack.enter_context(trouble(store))

        sender.during = begin
        with pytest.raises(StoreUnavailable):
            await file_house.dispatcher.drain(file_house.clock)
        with pytest.raises(StoreUnavailable):
            await file_house.dispatcher.drain(file_house.clock)
        sent_in_trouble = sender.tries
    sender.during = lambda: None
    seen = await settled(file_house)
    assert set(seen.values()) == {1}
    assert len(seen) == MESSAGES
    assert sent_in_trouble < MESSAGES
