"""``reminders``: plan and send in the foreground, watch the queue, list what waits, export what was sent."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

import click

from bot import app
from bot.channels.apprise.giving import give_channel, take_channel
from bot.channels.web.notifier import Notifier
from bot.commands.opening import with_store
from bot.delivery import delivery_loop, senders, telegram_bot
from bot.reminders.deciding import decide, restored
from bot.reminders.loop import ReminderLoop
from bot.reminders.proof import export as export_journal
from bot.reminders.status import Status, read_status
from bot.settings import Settings
from storage.processes import process_name
from storage.records import Attempt, Delivery
from storage.store import Store

WAITING = ("pending", "claimed", "sending", "uncertain")
_PAGE = 500  # reminders read at once


@click.group()
def reminders() -> None:
    """Run, watch, list and export reminders."""


@reminders.command()
@click.option("--once", is_flag=True, help="Plan and send what is due, then end.")
@click.option(
    "--now", metavar="TIME", help="Take this for the time, such as 2026-12-20T09:00+08:00; with --once."
)
def run(once: bool, now: str | None) -> None:
    """Plan and send reminders without the web server, until stopped."""
    if now is not None and not once:
        raise click.UsageError("--now needs --once: time has to go on")
    moment = _moment(now) if now is not None else None

    async def work(settings: Settings, store: Store) -> None:
        loop = _loop(settings, store, app.clock if moment is None else lambda: moment)
        if once:
            click.echo(f"{await loop.once()} sent or tried")
        else:
            await loop.run(_stop_on_signals())

    with_store(work)


@reminders.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what was sent or skipped.")
@click.option("--company", metavar="ID", help="Of one company.")
def list_(everything: bool, company: str | None) -> None:
    """List reminders that wait, are under way or uncertain, and the state of the queue."""

    async def work(settings: Settings, store: Store) -> None:
        zone = ZoneInfo(settings.timezone)
        states, after = None if everything else WAITING, 0
        while page := await store.journal(company, after=after, limit=_PAGE, states=states):
            for delivery, _ in page:
                if delivery.kind != "reply":
                    click.echo(_line(delivery, zone))
            after = page[-1][0].id
        queue = await store.queue(now=app.clock())
        counts = ", ".join(f"{state} {count}" for state, count in sorted(queue["states"].items())) or "empty"
        oldest = queue["oldest_due"]
        click.echo(
            f"queue: {counts}; due now {queue['due']}"
            + (f", the oldest since {oldest.astimezone(zone):%Y-%m-%d %H:%M}" if oldest else "")
            + f"; in the next 24 hours {queue['next_24_hours']}"
        )

    with_store(work)


@reminders.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def status(as_json: bool) -> None:
    """What is due, stuck and to come. Ends with 1 when something has waited too long."""

    async def work(settings: Settings, store: Store) -> None:
        found = await read_status(store, app.clock())
        zone = ZoneInfo(settings.timezone)
        click.echo(json.dumps(found.as_json()) if as_json else _report(found, zone))
        if found.is_late:
            raise SystemExit(1)

    with_store(work)


@reminders.command()
@click.argument("delivery_id", type=int)
def show(delivery_id: int) -> None:
    """One reminder with every attempt and the text as it was sent: proof of notification."""

    async def work(settings: Settings, store: Store) -> None:
        entries = await store.journal(after=delivery_id - 1, limit=1)
        if not entries or entries[0][0].id != delivery_id:
            raise click.ClickException(f"no such reminder: {delivery_id}")
        [(delivery, attempts)] = entries
        zone = ZoneInfo(settings.timezone)
        click.echo(_line(delivery, zone))
        for attempt in attempts:
            click.echo(_attempt(attempt, zone))

    with_store(work)


@reminders.command("repeat")
def repeat_restored() -> None:
    """Send what a restored backup left in doubt once more, marked as a repeat.

    Nothing else is repeated, nothing twice, and nothing that has become pointless."""

    async def work(_: Settings, store: Store) -> None:
        now = app.clock()
        done = [await decide(store, delivery, "repeated", now) async for delivery in restored(store, now)]
        click.echo(f"{sum(done)} to be repeated, each with a mark")

    with_store(work)


@reminders.command()
@click.argument("name")
@click.option("--company", required=True, metavar="ID", help="The company whose deadlines it is about.")
@click.option("--rank", default=0, show_default=True, help="The place in the order of escalation.")
@click.option("--remove", is_flag=True, help="No more reminders there.")
def channel(name: str, company: str, rank: int, remove: bool) -> None:
    """Remind a company through the address that XIZE_NOTIFY names NAME as well."""

    async def work(_: Settings, store: Store) -> None:
        if remove:
            changed = await take_channel(store, name, company, app.clock())
        else:
            changed = await give_channel(store, name, company, app.clock(), rank=rank)
        if not changed:
            raise click.ClickException(f"nothing to change: {name}, company {company}")
        click.echo(f"{name}: {'removed from' if remove else 'reminds'} company {company}")

    with_store(work)


@reminders.command()
@click.option("--company", metavar="ID", help="Of one company.")
# The mark at the start lets Excel read Chinese.
@click.option(
    "--output",
    type=click.File("w", encoding="utf-8-sig", lazy=False),
    help="Write to this file instead of standard output.",
)
def export(company: str | None, output: TextIO | None) -> None:
    """Write the journal of reminders as CSV: proof of notification."""

    async def work(settings: Settings, store: Store) -> None:
        zone = ZoneInfo(settings.timezone)
        count = await export_journal(store, output or sys.stdout, zone, company)
        click.echo(f"{count} reminders exported", err=True)

    with_store(work)


def _line(delivery: Delivery, zone: ZoneInfo) -> str:
    when = (delivery.next_try_at or delivery.due_at).astimezone(zone)
    reason = f" ({delivery.reason})" if delivery.reason else ""
    return (
        f"{delivery.id}\t{when:%Y-%m-%d %H:%M}\t{delivery.state}{reason}\t"
        f"{delivery.kind}\t{delivery.dedupe_key}\t{delivery.chat}"
    )


def _attempt(attempt: Attempt, zone: ZoneInfo) -> str:
    ended = f" to {attempt.ended_at.astimezone(zone):%H:%M:%S}" if attempt.ended_at is not None else ""
    head = f"attempt {attempt.n}\t{attempt.started_at.astimezone(zone):%Y-%m-%d %H:%M:%S}{ended}"
    detail = f" ({attempt.detail})" if attempt.detail else ""
    text = f"\n{attempt.text}" if attempt.text else ""
    return f"{head}\t{attempt.outcome}{detail}{text}"


def _report(found: Status, zone: ZoneInfo) -> str:
    oldest = found.oldest_due
    since = f", the oldest since {oldest.astimezone(zone):%Y-%m-%d %H:%M}" if oldest is not None else ""
    late = " - LATE" if found.is_late else ""
    return "\n".join(
        (
            f"due now        {found.due}{since}{late}",
            f"all sent in    about {found.eta_seconds} s",
            f"next 24 hours  {found.next_24_hours}",
            f"waiting        {found.pending}",
            f"uncertain      {found.uncertain}",
            f"unreachable    {found.unreachable} contacts",
        )
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--now: no such time: {text}") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(app.TIMEZONE))


def _loop(settings: Settings, store: Store, clock: Callable[[], datetime]) -> ReminderLoop:
    through = senders(settings, store, Notifier(), clock, telegram_bot(settings))
    return delivery_loop(settings, store, app.load_sources(), through, clock, process_name())


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
