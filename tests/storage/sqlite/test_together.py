"""Talks that end in the same moment share one commit, and nothing else changes."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.errors import Conflict, StoreError, StoreUnavailable
from storage.records import NewDelivery
from storage.sqlite import connection
from storage.sqlite.store import SqliteStore

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


async def _opened(path: Path) -> SqliteStore:
    store = SqliteStore(str(path))
    await store.open()
    return store


async def _says(store: SqliteStore, chat: str, *, fails: bool = False, much: int = 1) -> None:
    async with store.talk(chat, at=NOW, update=f"u{chat}") as talk:
        for n in range(much):
            talk.outbox.append(NewDelivery(f"{chat}:{n}{'x' * 999}", chat, "reply", NOW, {}, 0))
        if fails:
            raise ValueError(chat)


def _commits(store: SqliteStore) -> list[str]:
    seen: list[str] = []
    store._connection.set_trace_callback(lambda said: seen.append(said) if said == "commit" else None)
    return seen


def _hold_the_loop(seconds: float) -> None:
    """Whoever sleeps for less is woken in the same round of the loop."""
    time.sleep(seconds)


async def test_talks_of_one_moment_share_a_commit(tmp_path: Path) -> None:
    store = await _opened(tmp_path / "x.db")
    commits = _commits(store)
    await asyncio.gather(*(_says(store, f"web:{n}") for n in range(8)))
    assert len(commits) == 1
    assert (await store.queue(now=NOW))["states"] == {"pending": 8}
    await store.close()


async def test_a_talk_that_is_over_is_on_disk(tmp_path: Path) -> None:
    store, other = await _opened(tmp_path / "x.db"), await _opened(tmp_path / "x.db")
    await _says(store, "web:1")
    assert (await other.queue(now=NOW))["states"] == {"pending": 1}
    await store.close()
    await other.close()


async def test_one_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    store = await _opened(tmp_path / "x.db")
    ended = await asyncio.gather(
        *(_says(store, f"web:{n}", fails=n == 3) for n in range(6)), return_exceptions=True
    )
    assert [type(one) for one in ended] == [type(None)] * 3 + [ValueError] + [type(None)] * 2
    assert (await store.queue(now=NOW))["states"] == {"pending": 5}
    await store.close()


async def test_one_that_cannot_be_saved_leaves_nothing_among_the_others(tmp_path: Path) -> None:
    store = await _opened(tmp_path / "x.db")

    async def spoilt() -> None:
        async with store.talk("web:x", at=NOW, update="uweb:x") as talk:
            talk.contact = replace(talk.contact, state="lost")  # type: ignore[arg-type]

    ended = await asyncio.gather(
        _says(store, "web:1"), spoilt(), _says(store, "web:2"), return_exceptions=True
    )
    assert [type(one) for one in ended] == [type(None), StoreError, type(None)]
    await _says(store, "web:x")  # its update has not been done
    assert (await store.queue(now=NOW))["states"] == {"pending": 3}
    await store.close()


async def test_a_talk_sees_what_the_one_before_it_saved(tmp_path: Path) -> None:
    store = await _opened(tmp_path / "x.db")
    ended = await asyncio.gather(_says(store, "web:1"), _says(store, "web:1"), return_exceptions=True)
    assert [type(one) for one in ended] == [type(None), Conflict]
    await store.close()


async def test_whatever_else_is_asked_finds_it_committed(tmp_path: Path) -> None:
    store = await _opened(tmp_path / "x.db")

    async def look() -> int:
        return sum((await store.queue(now=NOW))["states"].values())

    found = (await asyncio.gather(_says(store, "web:1"), look()))[1]
    assert found == 1
    assert store._connection.in_transaction is False
    await store.close()


async def test_when_the_disk_is_full_every_talk_of_the_moment_is_told(tmp_path: Path) -> None:
    store = await _opened(tmp_path / "x.db")
    pages = store._connection.execute("pragma page_count").fetchone()[0]
    store._connection.execute(f"pragma max_page_count = {pages}")
    ended = await asyncio.gather(
        *(_says(store, f"web:{n}", much=20) for n in range(4)), return_exceptions=True
    )
    assert all(isinstance(one, StoreError) for one in ended)
    store._connection.execute("pragma max_page_count = 1000000")
    await asyncio.gather(*(_says(store, f"web:{n}") for n in range(4)))
    assert (await store.queue(now=NOW))["states"] == {"pending": 4}
    await store.close()


async def test_who_waits_for_a_lock_beside_a_talk_gets_in_after_it(tmp_path: Path) -> None:
    store = await _opened(tmp_path / "x.db")
    store._connection.execute("pragma busy_timeout = 0")
    with contextlib.closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        both = asyncio.gather(_says(store, "web:1"), store.set_bookmark("b", "1"))
        for _ in range(3):
            await asyncio.sleep(0)
        other.execute("rollback")
        _hold_the_loop(2 * connection._PAUSE)
        await both
    assert await store.bookmark("b") == "1"
    await store.close()


async def test_a_commit_that_fails_is_told_to_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = await _opened(tmp_path / "x.db")
    lose = store._lose_shared
    monkeypatch.setattr(store, "_commit_shared", lambda which=None: lose())
    ended = await asyncio.gather(*(_says(store, f"web:{n}") for n in range(3)), return_exceptions=True)
    assert all(isinstance(one, StoreUnavailable) for one in ended)
    store._connection.execute("rollback")
    monkeypatch.undo()
    await store.close()
