"""Every store that must keep the same promises. A further store joins by its factory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from storage.opening import MEMORY, open_store
from storage.postgres import PostgresStore
from storage.store import Store
from tests.storage.server import running, schema

_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a private PostgreSQL server, started when the first test asks for it."""
    with running() as url:
        yield url


@pytest.fixture
async def closing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Closes what a test that failed left open: a pool would keep its loop from ending."""
    opened: list[PostgresStore] = []
    open_one = PostgresStore.open

    async def noted(self: PostgresStore) -> None:
        opened.append(self)
        await open_one(self)

    monkeypatch.setattr(PostgresStore, "open", noted)
    yield
    async with asyncio.timeout(10):
        for left in opened:
            await left.close()


@pytest.fixture
def postgres_url(server: str) -> Iterator[str]:
    """An address of an empty PostgreSQL store."""
    with schema(server, f"t{next(_numbers)}") as url:
        yield url


@pytest.fixture
def another_url(server: str) -> Iterator[str]:
    """An address of another empty PostgreSQL store."""
    with schema(server, f"t{next(_numbers)}") as url:
        yield url


def _memory(_: pytest.FixtureRequest) -> Store:
    return open_store(MEMORY)


def _file(request: pytest.FixtureRequest) -> Store:
    folder: Path = request.getfixturevalue("tmp_path")
    return open_store(f"sqlite:///{folder / 'xize.db'}")


def _postgres(request: pytest.FixtureRequest) -> Store:
    # The tests make their own time, leases included.
    return PostgresStore(request.getfixturevalue("postgres_url"), own_clock=False)


FACTORIES: dict[str, Callable[[pytest.FixtureRequest], Store]] = {
    "memory": _memory,
    "file": _file,
    "postgres": _postgres,
}


@pytest.fixture(params=FACTORIES)
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """An open, empty store."""
    opened = FACTORIES[request.param](request)
    await opened.open()
    yield opened
    await opened.close()
