"""``mcp``: the law, the checks and the dates as tools for other assistants."""

from __future__ import annotations

import asyncio

import click

from bot import app


@click.command()
def mcp() -> None:
    """Serve lookup_clause, check_requirements and compute_deadlines over standard input and output.

    This is the Model Context Protocol: an assistant starts this command and talks to it. Nothing is kept.
    """
    from bot.logs import set_up_logging
    from bot.mcp.server import serve

    set_up_logging(None, "WARNING")
    asyncio.run(serve(app.load_sources(), app.today))
