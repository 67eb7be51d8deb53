"""Processes on one database: whose end is seen at once, and how they wake each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from storage.postgres import PostgresStore, presence
from tests.storage.people import LEASE, delivery

pytestmark = pytest.mark.usefixtures("closing")
ROLE = "sender"


def now() -> datetime:
    """The real time: leases here go by the database's clock."""
    return datetime.now(UTC)


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[PostgresStore]:
    """The store as the process that is left sees it."""
    opened = PostgresStore(postgres_url)
    await opened.open()
    yield opened
    await opened.close()


async def seen(store: PostgresStore) -> list[str]:
    """Who has appeared."""
    async with store.reading() as session:
        return [str(row[0]) for row in await session.rows("select owner from presence order by owner")]


async def until(met: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something has come about: a server takes a moment to end a connection."""
    async with asyncio.timeout(10):
        while not await met():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


@asynccontextmanager
async def alive(
    url: str, owner: str, rung: Callable[[], None] = lambda: None
) -> AsyncIterator[PostgresStore]:
    """Another process; at the end it is gone as if it had been killed, with nothing given back."""
    other = PostgresStore(url)
    await other.open()
    standing = asyncio.create_task(other.attend(owner, rung))

    async def appeared() -> bool:
        return owner in await seen(other)

    await until(appeared)
    yield other
    standing.cancel()
    await asyncio.gather(standing, return_exceptions=True)
    await other.close()


async def gets_the_role(store: PostgresStore, owner: str) -> None:
    """Fails unless ``owner`` gets the role soon."""
    await until(lambda: store.hold(ROLE, owner, now=now(), lease=LEASE))


async def test_the_role_of_a_process_that_lives_is_its_own_and_free_when_it_ends(
    store: PostgresStore, postgres_url: str
) -> None:
    async with alive(postgres_url, "first") as first:
        assert await first.hold(ROLE, "first", now=now(), lease=LEASE)
        assert not await store.hold(ROLE, "second", now=now(), lease=LEASE)
    await gets_the_role(store, "second")


async def test_the_role_of_a_process_that_never_appeared_ends_with_its_lease(store: PostgresStore) -> None:
    assert await store.hold(ROLE, "unseen", now=now(), lease=LEASE)
    assert not await store.hold(ROLE, "second", now=now(), lease=LEASE)


async def test_what_a_process_held_is_taken_back_when_it_ends(
    store: PostgresStore, postgres_url: str
) -> None:
    await store.enqueue([delivery(name, chat=f"web:{name}", at=now()) for name in ("a", "b")])
    async with alive(postgres_url, "first") as first:
        begun, _ = await first.claim("first", now=now(), lease=LEASE, limit=2)
        assert await first.begin(begun, now=now())
        assert await store.recover(now=now()) == (0, 0)
    taken: list[tuple[int, int]] = []

    async def recovered() -> bool:
        taken.append(await store.recover(now=now()))
        return taken[-1] != (0, 0)

    await until(recovered)
    assert taken[-1] == (1, 1)


async def test_who_is_gone_is_forgotten_when_nothing_of_it_is_left(
    store: PostgresStore, postgres_url: str
) -> None:
    async with alive(postgres_url, "first") as first:
        await first.hold(ROLE, "first", now=now(), lease=LEASE)
    async with alive(postgres_url, "second"):
        assert await seen(store) == ["first", "second"]
        await gets_the_role(store, "second")
        async with alive(postgres_url, "third"):
            assert await seen(store) == ["second", "third"]


async def test_a_ring_is_heard_by_the_others(store: PostgresStore, postgres_url: str) -> None:
    rings: list[bool] = []
    async with alive(postgres_url, "first", lambda: rings.append(True)):
        await store.ring()

        async def heard() -> bool:
            return bool(rings)

        await until(heard)


async def test_a_connection_that_was_cut_is_made_again(
    store: PostgresStore, postgres_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(presence, "_AGAIN", 0.01)
    rings: list[bool] = []
    async with alive(postgres_url, "first", lambda: rings.append(True)) as first:
        assert await first.hold(ROLE, "first", now=now(), lease=LEASE)
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute("select pg_terminate_backend(connection) from presence where owner = 'first'")

        async def heard() -> bool:
            await store.ring()
            return "is made again" in caplog.text and bool(rings)

        await until(heard)
        assert not await store.hold(ROLE, "second", now=now(), lease=LEASE)
