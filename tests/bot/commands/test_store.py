"""Backup, restore and move from the command line, told in numbers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot.commands.store import backup, migrate_store, restore
from storage.errors import StoreNotEmpty
from storage.opening import open_store
from tests.storage.people import NOW, delivery, found


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store with a company and two deliveries, long due."""

    async def furnish() -> None:
        store = open_store(address)
        await store.open()
        await found(store)
        await store.enqueue(
            [delivery("a", at=NOW.replace(year=2020)), delivery("b", at=NOW.replace(year=2090))]
        )
        await store.close()

    address = f"sqlite:///{tmp_path / 'xize.db'}"
    asyncio.run(furnish())
    return address


def run(command: click.Command, *arguments: str) -> Result:
    """Run a command; what it raises is raised."""
    return CliRunner().invoke(command, arguments, catch_exceptions=False)


def test_a_backup_is_counted_and_comes_back(url: str, tmp_path: Path) -> None:
    file = str(tmp_path / "kept.backup")
    made = run(backup, file, "--database", url)
    assert "company 1" in made.output
    assert "delivery 2" in made.output
    back = run(restore, file, "--database", f"sqlite:///{tmp_path / 'new.db'}")
    assert "delivery 2" in back.output
    assert "now uncertain: 0 on their way when the backup was made, 1 due since" in back.output


def test_the_settings_name_the_store(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIZE_DATABASE_URL", url)
    assert "delivery 2" in run(backup, str(tmp_path / "b")).output
    with pytest.raises(StoreNotEmpty, match="delivery 2"):
        run(restore, str(tmp_path / "b"))
    assert run(restore, str(tmp_path / "b"), "--replace").exit_code == 0


def test_a_move_is_told_table_by_table(url: str, tmp_path: Path) -> None:
    moved = run(migrate_store, url, f"sqlite:///{tmp_path / 'new.db'}")
    assert "same" in moved.output
    assert [line.split() for line in moved.output.splitlines() if line.startswith("delivery ")] == [
        ["delivery", "2", "same"]
    ]
