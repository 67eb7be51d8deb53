"""Migrations go forward, once, by one process, and never over what a newer version wrote."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from storage.errors import StoreUnavailable
from storage.postgres import PostgresStore
from storage.postgres.schema import STEPS

pytestmark = pytest.mark.usefixtures("closing")


async def migrated(url: str) -> None:
    """Open a store once."""
    store = PostgresStore(url)
    await store.open()
    await store.close()


async def test_processes_that_start_together_migrate_once(postgres_url: str) -> None:
    await asyncio.gather(*(migrated(postgres_url) for _ in range(4)))
    with psycopg.connect(postgres_url) as connection:
        steps = connection.execute("select name from migration").fetchall()
    assert sorted(name for (name,) in steps) == sorted(name for name, _ in STEPS)


async def test_a_database_of_a_newer_version_is_left_alone(postgres_url: str) -> None:
    await migrated(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute("insert into migration values ('from_tomorrow', now())")
    with pytest.raises(StoreUnavailable, match="from_tomorrow"):
        await migrated(postgres_url)
