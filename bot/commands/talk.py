"""``chat`` and ``ask``: the conversation in a terminal."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click
from rich.console import Console

from bot import app
from bot.channels import console as terminal
from bot.channels.contract import converse_as_json
from bot.commands.lines import LANGUAGES
from bot.messages import Incoming, Language


@click.command()
@click.argument("question", required=False)
@click.option(
    "--file", type=click.Path(path_type=Path), help="A roster of staff (.xlsx, .csv); QUESTION goes with it."
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Answer in this language; else in the question's.")
@click.option("--json", "as_json", is_flag=True, help="One converse reply of the machine interface.")
def ask(question: str | None, file: Path | None, lang: Language | None, as_json: bool) -> None:
    """Ask one QUESTION, or give a file; nothing is kept."""
    if question is None and file is None:
        raise click.UsageError("give a QUESTION, or a roster with --file")

    reply = app.answer_once(_incoming(question, file, lang))
    if as_json:
        click.echo(json.dumps(converse_as_json("ask", reply), ensure_ascii=False))
    else:
        terminal.show(Console(soft_wrap=True), reply, pressable=False)


def _incoming(question: str | None, file: Path | None, lang: Language | None) -> Incoming:
    if file is None:
        return Incoming(terminal.CHAT, app.clock(), text=question, language=lang)
    return Incoming(terminal.CHAT, app.clock(), file=file, caption=question or "", language=lang)


@click.command()
@click.option("--database", metavar="URL", help="Keep the talk here; else where XIZE_DATABASE_URL says.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh-Hans", show_default=True)
def chat(database: str | None, lang: Language) -> None:
    """Talk in the terminal; the talk goes on where it was left."""

    async def talking() -> None:
        assistant, store = await app.open_assistant(database or app.database_url())
        try:
            await terminal.talk(assistant, Console(soft_wrap=True), clock=app.clock, language=lang)
        finally:
            await store.close()

    asyncio.run(talking())
