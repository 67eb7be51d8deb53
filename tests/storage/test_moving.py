"""Backups come back, stores move, and nothing is lost, doubled or half done on the way."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.errors import StoreDamaged, StoreError, StoreNotEmpty, StoreUnavailable
from storage.moving import MADE_AT, back_up, migrate_store, restore
from storage.opening import open_store
from storage.records import Ack, Feed, Feedback, Invitation, StoredAnswer, Update
from storage.sql import copying
from storage.sql.holdings import HOLDINGS, Holding
from storage.sql.roles import OF_PROCESSES
from storage.sql.store import SqlStore
from storage.store import Settlement, Store
from tests.storage.people import LEASE, NOW, claim, delivery, found, join, reminder, stored

pytestmark = pytest.mark.usefixtures("closing")
LATER = NOW + timedelta(days=2)


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'from.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["file", "postgres"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of another empty store."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'to.db'}"
    return str(request.getfixturevalue("another_url"))


async def opened(url: str) -> SqlStore:
    """An open store."""
    store = open_store(url)
    assert isinstance(store, SqlStore)
    await store.open()
    return store


async def furnish(store: Store) -> None:
    """Something in nearly every table, deliveries in every state that a process can die in."""
    ann = await found(store)
    await join(store, "web:bob")
    await store.receive([Update("telegram:1", "telegram:1", {"text": "第十条\x00", "n": 1.0, "a": 0}, NOW)])
    await store.set_bookmark("offset", "7")
    keys = ("sent", "sending", "claimed", "due", "later")
    at = {"later": NOW + timedelta(days=9)}
    await store.enqueue([reminder(ann, key, chat=f"web:{key}") for key in keys[:3]])
    rows = {row.dedupe_key: row for row in await claim(store)}
    for key in ("sent", "sending"):
        assert await store.begin(rows[key], now=NOW)
    await store.settle(rows["sent"], Settlement("sent", NOW, message_id="5", text="第十条"))
    await store.enqueue([delivery(key, at=at.get(key, NOW)) for key in keys[3:]])
    async with store.talk("web:ann", at=NOW) as talk:
        talk.acks["t"] = Ack(rows["sent"].id, "t", ann, "snooze", NOW)
        talk.contact = replace(talk.contact, session={"b": [1, 2.50], "a": None})
        talk.invitations.append(Invitation("i", "acme", ann, NOW, LATER))
        talk.feeds["f"] = Feed("f", "acme", ann, NOW)
        talk.feedback.append(Feedback("q", ann, "细则？", "unanswered", NOW, refs=("a#art_1", "b")))
    await store.transcribe("web:ann", "user", {"text": "一\"二'"}, at=NOW)
    await store.audit("console", "company.read", at=NOW, subject="acme")
    await store.keep_answer(StoredAnswer("k", "asked", 200, "{}", NOW))
    await store.hold("sender", "this process", now=NOW, lease=LEASE)


async def contents(store: SqlStore) -> dict[str, object]:
    """A tally of every table."""
    async with store.reading() as session:
        return {table.name: await copying._tally(session, table, 0, silent) for table in HOLDINGS}


async def test_a_store_moves_with_everything_it_holds(url: str, other: str) -> None:
    old = await opened(url)
    await furnish(old)
    before = await contents(old)
    await old.close()
    rows = await migrate_store(url, other, progress=silent)
    assert rows["delivery"] == 5
    new = await opened(other)
    assert await contents(new) == before
    async with new.talk("web:ann", at=NOW) as talk:
        assert list(talk.contact.session) == ["b", "a"]
    assert await new.join("i", "web:eve", at=NOW) is not None
    # Roles belong to processes: the other store's do not hold this one up.
    assert await new.hold("sender", "another process", now=NOW, lease=LEASE)
    # New rows get numbers that no button of an old message names.
    await new.enqueue([delivery("fresh")])
    [(last, _)] = await new.journal(after=5)
    assert last.dedupe_key == "fresh"
    await new.close()


async def test_a_store_that_has_moved_sends_and_takes_nothing_more(url: str, other: str) -> None:
    running = await opened(url)
    await furnish(running)
    await migrate_store(url, other, progress=silent)
    with pytest.raises(StoreError, match="moved"):
        await running.enqueue([delivery("lost")])
    with pytest.raises(StoreError, match="moved"):
        await running.claim("old", now=NOW, lease=timedelta(seconds=60), limit=9)
    with pytest.raises(StoreError, match="moved"):
        await running.hold("sender", "this process", now=NOW, lease=LEASE)
    await running.close()
    with pytest.raises(StoreUnavailable, match="moved"):
        await opened(url)
    new = await opened(other)
    assert await new.bookmark("moved_to") is None
    await new.close()


async def test_nothing_is_moved_over_something(url: str, other: str) -> None:
    for place in (url, other):
        store = await opened(place)
        await store.set_bookmark("here", "1")
        await store.close()
    with pytest.raises(StoreNotEmpty, match="bookmark 1"):
        await migrate_store(url, other, progress=silent)
    store = await opened(url)
    await store.enqueue([delivery()])
    await store.close()


@pytest.mark.parametrize("stop", ["copying delivery", "comparing delivery"])
async def test_an_interrupted_move_changes_nothing_and_can_be_made_again(
    url: str, other: str, stop: str
) -> None:
    old = await opened(url)
    await furnish(old)
    await old.close()

    def interrupt(what: str, done: int, total: int) -> None:
        if what == stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await migrate_store(url, other, progress=interrupt)
    new = await opened(other)
    assert not any(row for row, _ in await new.journal())
    await new.close()
    assert (await migrate_store(url, other, progress=silent))["delivery"] == 5


async def test_what_arrived_otherwise_than_it_was_sent_is_found(
    url: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await opened(url)
    await furnish(old)
    await old.close()
    insertion = Holding.insertion
    lying = "insert into bookmark (name, value) values (?, ? || 'x')"
    monkeypatch.setattr(
        Holding, "insertion", lambda self: lying if self.name == "bookmark" else insertion(self)
    )
    with pytest.raises(StoreDamaged, match="bookmark"):
        await migrate_store(url, other, progress=silent)


async def test_a_backup_of_a_running_store_comes_back_into_any(url: str, other: str, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "xize.backup"
    running = await opened(url)
    await furnish(running)
    before = await contents(running)
    rows = await back_up(url, file, now=NOW, progress=silent)
    assert rows["delivery"] == 5
    assert file.stat().st_mode & 0o077 == 0
    await running.enqueue([delivery("after")])
    await running.close()
    restored = await restore(file, other, now=NOW, progress=silent)
    assert restored.made_at == NOW
    assert (restored.doubts.under_way, restored.doubts.due) == (2, 1)
    back = await opened(other)
    after = await contents(back)
    assert {name for name in before if after[name] != before[name]} == {"delivery", "attempt"}
    assert await back.bookmark(MADE_AT) is None
    await back.close()


async def test_what_may_have_been_sent_since_a_backup_is_never_sent_as_if_it_had_not(
    url: str, tmp_path: Path
) -> None:
    store = await opened(url)
    await furnish(store)
    await store.close()
    await back_up(url, tmp_path / "b", now=NOW, progress=silent)
    restored = await restore(tmp_path / "b", url, now=LATER, progress=silent, replace=True)
    store = await opened(url)
    states = {row.dedupe_key: (row.state, row.reason) for row, _ in await store.journal()}
    assert states == {
        "sent": ("sent", ""),
        "sending": ("uncertain", "restored"),
        "claimed": ("uncertain", "restored"),
        "due": ("uncertain", "restored"),
        "later": ("pending", ""),
    }
    assert await claim(store, now=LATER) == []
    assert (restored.doubts.under_way, restored.doubts.due) == (2, 1)
    assert (await stored(store, 2)).state == "uncertain"
    await store.close()


async def test_a_backup_goes_over_nothing_unless_it_is_told_to(url: str, tmp_path: Path) -> None:
    store = await opened(url)
    await store.set_bookmark("a", "1")
    await store.close()
    await back_up(url, tmp_path / "b", now=NOW, progress=silent)
    with pytest.raises(StoreNotEmpty, match="there already"):
        await back_up(url, tmp_path / "b", now=NOW, progress=silent)
    with pytest.raises(StoreNotEmpty, match="bookmark"):
        await restore(tmp_path / "b", url, now=NOW, progress=silent)
    await back_up(url, tmp_path / "b", now=LATER, progress=silent, replace=True)
    assert (await restore(tmp_path / "b", url, now=LATER, progress=silent, replace=True)).made_at == LATER


async def test_a_backup_that_fails_leaves_no_file(url: str, tmp_path: Path) -> None:
    store = await opened(url)
    await furnish(store)
    await store.close()

    def break_off(what: str, done: int, total: int) -> None:
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await back_up(url, tmp_path / "kept" / "b", now=NOW, progress=break_off)
    assert not list((tmp_path / "kept").iterdir())


async def test_a_cancelled_backup_leaves_no_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    store = await opened(url)
    await store.enqueue([delivery(f"{n}" * 500) for n in range(2000)])
    await store.close()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell(what: str, done: int, total: int) -> None:
        loop.call_soon_threadsafe(begun.set)

    task = asyncio.create_task(back_up(url, tmp_path / "kept" / "b", now=NOW, progress=tell))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not list((tmp_path / "kept").iterdir())


@pytest.mark.parametrize("content", [b"", b"not a backup " * 999])
async def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(StoreDamaged):
        await restore(tmp_path / "b", f"sqlite:///{tmp_path / 'x.db'}", now=NOW, progress=silent)
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        await restore(tmp_path / "none", f"sqlite:///{tmp_path / 'x.db'}", now=NOW, progress=silent)


async def test_every_table_and_column_is_carried_along(url: str) -> None:
    store = await opened(url)
    known = {(table.name, column) for table in HOLDINGS for column in table.columns}
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            columns = connection.execute(
                "select t.name, c.name from sqlite_schema t join pragma_table_info(t.name) c "
                "where t.type = 'table' and t.name not like '%sqlite%'"
            ).fetchall()
        connection.close()
    else:
        async with store.reading() as session:
            columns = await session.rows(
                "select table_name, column_name from information_schema.columns "
                "where table_schema = current_schema() and is_generated = 'NEVER' "
                "and table_name <> 'migration'"
            )
    await store.close()
    assert {(table, column) for table, column in columns if table not in OF_PROCESSES} == known
