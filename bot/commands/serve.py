"""``serve``: the whole assistant in one process."""

from __future__ import annotations

import asyncio

import click

from bot import app


@click.command()
def serve() -> None:
    """Run the web chat, the reminders, and Telegram where XIZE_TELEGRAM_TOKEN is set."""
    asyncio.run(app.serve(click.echo))
