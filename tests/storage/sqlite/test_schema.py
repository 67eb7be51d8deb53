"""Migrations go forward, once, and never over what a newer version wrote."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from storage.errors import StoreUnavailable
from storage.sqlite import SqliteStore
from storage.sqlite.schema import STEPS


async def test_opening_again_migrates_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        store = SqliteStore(str(tmp_path / "x.db"))
        await store.open()
        await store.close()
    with sqlite3.connect(tmp_path / "x.db") as connection:
        steps = connection.execute("select name from _sqlite_migrations order by id").fetchall()
    connection.close()
    assert [name for (name,) in steps] == [step.__name__ for step in STEPS]


async def test_every_table_is_strict(tmp_path: Path) -> None:
    store = SqliteStore(str(tmp_path / "x.db"))
    await store.open()
    lax = store._connection.execute(
        "select name from pragma_table_list where type = 'table' and not strict and name not like '%sqlite%'"
    ).fetchall()
    assert lax == []
    await store.close()


async def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    store = SqliteStore(str(tmp_path / "x.db"))
    await store.open()
    store._connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) "
        "values ('xize', 'from_tomorrow', '')"
    )
    await store.close()
    with pytest.raises(StoreUnavailable, match="from_tomorrow"):
        await store.open()
