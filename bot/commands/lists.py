"""``lists``: load a published list of enterprises, and see what became of those that were loaded."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from bot import app
from bot.commands.opening import with_store
from bot.lists.errors import ListError
from bot.lists.loading import Loaded, load_list
from bot.lists.reading import Fault, ReadList, read_list
from bot.phrases import phrases
from bot.settings import Settings
from storage.store import Store


@click.group()
def lists() -> None:
    """Load published lists of enterprises; contacts of companies in them are asked to confirm."""


@lists.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was published.")
@click.option(
    "--kind", type=click.Choice(["mandatory", "voluntary"]), help="Of audit, where the rows do not say."
)
@click.option("--name", default="", help="What contacts read; the file's name otherwise.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, change nothing.")
def load(file: Path, published: datetime | None, kind: str | None, name: str, dry_run: bool) -> None:
    """Load FILE (CSV or XLSX). Loading the same list again changes nothing. Ends with 1 if rows were bad."""
    try:
        day = published.date() if published is not None else None
        read = read_list(file, at=app.clock(), published_on=day, kind=kind or "", name=name)
    except ListError as error:
        raise click.ClickException(str(error)) from error

    async def work(_: Settings, store: Store) -> None:
        _report(read, await load_list(store, read, app.clock(), dry_run=dry_run), dry_run=dry_run)

    with_store(work)
    _report_faults(read.faults)
    if read.faults:
        raise SystemExit(1)


@lists.command("list")
def list_() -> None:
    """The lists loaded so far, with how many companies answered what."""

    async def work(_: Settings, store: Store) -> None:
        for one in await store.published():
            rows, listings = await store.listed(one.id), await store.listings(one.id)
            states = Counter(item.state for item in listings)
            answers = ", ".join(f"{states[state]} {state}" for state in ("yes", "no", "asked"))
            click.echo(f"{one.id}	{one.published_on}	{one.name}	{len(rows)} rows	here: {answers}")

    with_store(work)


@lists.command()
@click.argument("list_id")
def show(list_id: str) -> None:
    """The companies here that a list speaks of, and what each answered."""

    async def work(_: Settings, store: Store) -> None:
        for item in await store.listings(list_id):
            click.echo(f"line {item.line}\t{item.state}\t{item.name}\t{item.credit_code}\t{item.company_id}")

    with_store(work)


def _report(read: ReadList, loaded: Loaded, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    click.echo(f"{read.published.name}, published {read.published.published_on}: {loaded.rows} rows read")
    click.echo(f"{loaded.new} new rows {would}kept; {loaded.asked} contacts {would}asked")
    if loaded.unreachable:
        click.echo(f"{loaded.unreachable} contacts cannot be reached or pause")
    for one in loaded.matches:
        click.echo(f"  line {one.row.line}: {one.row.name} is {one.company.name or one.company.id}")
    for near in loaded.near:
        click.echo(
            f"  line {near.row.line}: {near.row.name} may be {near.company.name} "
            f"({near.likeness} % alike); not matched, please look ({near.company.id})"
        )


def _report_faults(faults: tuple[Fault, ...]) -> None:
    if faults:
        click.echo(f"{len(faults)} rows cannot be read:", err=True)
    for fault in faults:
        click.echo(f"  line {fault.line}: {fault.said(phrases('en'))}", err=True)
