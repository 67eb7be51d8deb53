"""Migrations go forward, once, by one process, and never over what a newer version wrote."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from storage.errors import StoreUnavailable
from storage.postgres import PostgresStore
from storage.postgres.schema import STEPS
from tests.storage.people import NOW

pytestmark = pytest.mark.usefixtures("closing")
HELD = """
insert into company values ('acme', 'Acme', '');
insert into contact values
  ('ann', 'web:ann', 'en', 'Asia/Shanghai', '09:00', null, null, false, 'acme', 'active', '{}', now());
insert into membership values ('ann', 'acme', 0);
insert into deadline values ('d', 'acme', 'register', 't', 'e', '2030-01-01', '2030-02-01', 1, 'open',
  null, null, 'computed', 'book@1', now());
insert into delivery (dedupe_key, chat, kind, due_at, payload, priority, state, next_try_at, changed_at)
  values ('k', 'web:ann', 'lead', now(), '{}', 5, 'sent', now(), now())
"""


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


async def test_what_an_earlier_release_held_is_there_and_waits_to_be_planned(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("create table migration (name text primary key, applied_at timestamptz not null)")
        for name, statements in STEPS[:2]:
            connection.execute(statements)
            connection.execute("insert into migration values (%s, now())", (name,))
        for statement in HELD.split(";\n"):
            connection.execute(statement)
    store = PostgresStore(postgres_url, own_clock=False)
    await store.open()
    async with store.talk("web:ann", at=NOW) as talk:
        assert set(talk.companies) == {"acme"}
        assert talk.feeds == {}
    assert [turn.deadline_id for turn in await store.turns(now=NOW, limit=9)] == ["d"]
    assert await store.tally("k") == {"sent": 1}
    await store.close()


async def test_a_database_of_a_newer_version_is_left_alone(postgres_url: str) -> None:
    await migrated(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute("insert into migration values ('from_tomorrow', now())")
    with pytest.raises(StoreUnavailable, match="from_tomorrow"):
        await migrated(postgres_url)
