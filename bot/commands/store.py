"""``backup``, ``restore`` and ``migrate-store``: what the store holds, kept, brought back, moved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot import app

if TYPE_CHECKING:
    from storage.sql.copying import Progress

_FILE = click.Path(dir_okay=False, path_type=Path)
_database = click.option("--database", metavar="URL", help="The store; from XIZE_DATABASE_URL when left out.")


@click.command()
@click.argument("file", type=_FILE)
@_database
@click.option("--replace", is_flag=True, help="Replace the file when it is there already.")
def backup(file: Path, database: str | None, replace: bool) -> None:
    """Write everything that the store holds into FILE, while it is in use.

    FILE can be restored into any store, SQLite or PostgreSQL."""
    from storage.moving import back_up

    url = database or app.database_url()
    with _progress() as progress:
        rows = asyncio.run(back_up(url, file, now=app.clock(), progress=progress, replace=replace))
    click.echo(f"{file}: {_counted(rows)}; checked")


@click.command()
@click.argument("file", type=_FILE)
@_database
@click.option("--replace", is_flag=True, help="Instead of everything that the store holds now.")
def restore(file: Path, database: str | None, replace: bool) -> None:
    """Put the backup in FILE into the store.

    What may have been sent since the backup was made becomes uncertain: it is held until you
    decide, and never sent as if nothing had been. Stop `xize serve` first."""
    from storage.moving import restore as bring_back

    url = database or app.database_url()
    with _progress() as progress:
        restored = asyncio.run(bring_back(file, url, now=app.clock(), progress=progress, replace=replace))
    made_at = restored.made_at.astimezone(ZoneInfo(app.TIMEZONE))
    click.echo(f"restored from {made_at:%Y-%m-%d %H:%M}: {_counted(restored.rows)}")
    click.echo(
        f"now uncertain: {restored.doubts.under_way} on their way when the backup was made, "
        f"{restored.doubts.due} due since (see `xize reminders list`; "
        "`xize reminders repeat` sends what still matters of it once more, marked)"
    )


@click.command("migrate-store")
@click.argument("source", metavar="FROM_URL")
@click.argument("target", metavar="TO_URL")
def migrate_store(source: str, target: str) -> None:
    """Move everything from one store to another, empty one, and compare it row by row.

    For example: xize migrate-store sqlite:///data/xize.db postgresql://xize@db/xize

    The old store refuses every change from then on. Set XIZE_DATABASE_URL to the new one and start
    `xize serve` again. When the move fails or is interrupted, both stores are as they were."""
    from storage.moving import migrate_store as move

    with _progress() as progress:
        rows = asyncio.run(move(source, target, progress=progress))
    for name, count in rows.items():
        click.echo(f"{name:18}{count:>12,}  same")
    click.echo(f"moved to {app.redact_url(target)}; set XIZE_DATABASE_URL to it and start `xize serve` again")


def _counted(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in rows.items() if count) or "nothing in it"


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show
