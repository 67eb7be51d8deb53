"""The SQLite file under trouble: locked, read-only, damaged, killed."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from storage.errors import StoreDamaged, StoreUnavailable
from storage.sqlite import SqliteStore, connection
from tests.storage.people import NOW, claim, delivery, found


async def opened(path: Path) -> SqliteStore:
    """An open store on a file."""
    store = SqliteStore(str(path))
    await store.open()
    return store


async def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    first = await opened(tmp_path / "x.db")
    contact_id = await found(first)
    await first.close()
    second = await opened(tmp_path / "x.db")
    assert [contact.id for contact in await second.contacts("acme")] == [contact_id]
    await second.close()


async def test_the_file_is_written_ahead_and_flushed_at_each_commit(tmp_path: Path) -> None:
    store = await opened(tmp_path / "x.db")
    pragmas = {
        name: store._connection.execute(f"pragma {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    await store.close()


async def test_a_lock_of_another_process_is_waited_for(tmp_path: Path) -> None:
    store = await opened(tmp_path / "x.db")
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("begin immediate")
    writing = asyncio.create_task(store.enqueue([delivery()]))
    await asyncio.sleep(0.2)
    assert not writing.done()
    other.execute("rollback")
    assert await writing == 1
    other.close()
    await store.close()


async def test_reading_goes_on_while_another_process_writes(tmp_path: Path) -> None:
    store = await opened(tmp_path / "x.db")
    await store.enqueue([delivery()])
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("begin immediate")
    row = await store.delivery(1)
    assert row is not None
    other.close()
    await store.close()


async def test_a_lock_that_stays_is_an_error_with_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_TRIES", 2)
    store = await opened(tmp_path / "x.db")
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreUnavailable, match="locked"):
        await store.enqueue([delivery()])
    other.close()
    assert await store.enqueue([delivery()]) == 1
    await store.close()


async def test_a_store_that_cannot_be_written_hands_out_nothing_to_send(tmp_path: Path) -> None:
    store = await opened(tmp_path / "x.db")
    await store.enqueue([delivery("a"), delivery("b", chat="web:bob")])
    [row] = await claim(store, limit=1)
    store._connection.execute("pragma query_only = on")
    with pytest.raises(StoreUnavailable):
        await store.begin(row, now=NOW)
    with pytest.raises(StoreUnavailable):
        await claim(store)
    store._connection.execute("pragma query_only = off")
    assert await store.begin(row, now=NOW)
    await store.close()


async def test_a_full_disk_leaves_the_talk_undone(tmp_path: Path) -> None:
    store = await opened(tmp_path / "x.db")
    pages = store._connection.execute("pragma page_count").fetchone()[0]
    store._connection.execute(f"pragma max_page_count = {pages}")

    async def say_much() -> None:
        async with store.talk("web:ann", at=NOW, update="u1") as talk:
            talk.outbox += [delivery(f"{'long' * 999}{n}") for n in range(20)]

    with pytest.raises(StoreUnavailable, match="full"):
        await say_much()
    store._connection.execute("pragma max_page_count = 100000")
    assert await claim(store) == []
    await say_much()
    assert len(await claim(store, limit=99)) == 20
    await store.close()


@pytest.mark.parametrize("content", [b"not a database " * 200, b"\x00" * 4096])
async def test_a_file_that_is_no_database_is_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(StoreDamaged):
        await SqliteStore(str(tmp_path / "x.db")).open()


async def test_a_damaged_page_is_found_at_the_start(tmp_path: Path) -> None:
    store = await opened(tmp_path / "x.db")
    await store.enqueue([delivery(f"k{n}") for n in range(200)])
    await store.close()
    path = tmp_path / "x.db"
    content = bytearray(path.read_bytes())
    content[4096 * 30 : 4096 * 31] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        await SqliteStore(str(path)).open()


async def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="folder"):
        await SqliteStore(str(tmp_path / "file" / "x.db")).open()


KILLED = """
import asyncio, os, signal, sys
from storage.sqlite import SqliteStore
from tests.storage.people import NOW, delivery

async def main():
    store = SqliteStore(sys.argv[1])
    await store.open()
    async with store.talk("web:ann", at=NOW, update="u1") as talk:
        talk.outbox.append(delivery("a"))
    async with store.talk("web:ann", at=NOW, update="u2") as talk:
        talk.outbox.append(delivery("b"))
        def die(sql):
            if sql.startswith("insert into delivery"):
                os.kill(os.getpid(), signal.SIGKILL)
        store._connection.set_trace_callback(die)

asyncio.run(main())
"""


async def test_a_kill_between_talk_and_outbox_leaves_neither(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    dying = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(tmp_path / "x.db"), cwd=root
    )
    assert await dying.wait() == -signal.SIGKILL
    store = await opened(tmp_path / "x.db")
    assert [row.dedupe_key for row in await claim(store)] == ["a"]
    async with store.talk("web:ann", at=NOW, update="u2") as talk:
        talk.outbox.append(delivery("b"))
    await store.close()
