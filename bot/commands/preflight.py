"""``preflight``: is everything there that a start needs, and if not, what to do. Works without a network."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot import app
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.monitoring.checking import Finding
    from bot.settings import Settings

_MARKS = {"ok": "✓", "warning": "!", "failure": "✗"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def preflight(as_json: bool) -> None:
    """Check settings, database, disk, clock, holiday data, fonts, Telegram, webhook, law and rules.

    Opens the database as `serve` does, which brings an older one up to date. Ends with 1 when something
    keeps the service from working; a warning does not."""
    findings = asyncio.run(look(app.clock()))
    failed = any(finding.level == "failure" for finding in findings)
    if as_json:
        found = {"ok": not failed, "findings": [finding.as_json() for finding in findings]}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(_line(finding))
    if failed:
        raise SystemExit(1)


async def look(now: datetime) -> list[Finding]:
    """Every check's finding; the settings' alone where they are wrong, because all others rest on them."""
    from bot.monitoring.checking import failure, ok
    from bot.settings import read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        return [failure("settings", str(error), "mend the variable, or the line of .env")]
    return [ok("settings", "each can be read"), *await _findings(settings, now)]


async def _findings(settings: Settings, now: datetime) -> list[Finding]:
    from bot.monitoring import checking

    found, sources = await asyncio.to_thread(checking.sources, settings)
    network = asyncio.gather(checking.telegram(settings), checking.webhook(settings, now))
    findings = [
        checking.rights(),
        await checking.database(settings, now),
        checking.disk(settings),
        checking.clock(settings, now),
        found,
        checking.fonts(),
        *await network,
    ]
    if sources is not None:
        today = now.astimezone(ZoneInfo(settings.timezone)).date()
        findings.insert(-3, checking.rest_days(sources, today))
    return findings


def _line(finding: Finding) -> str:
    todo = f"\n    → {finding.todo}" if finding.todo else ""
    return f"{_MARKS[finding.level]} {finding.check:10} {finding.text}{todo}"
