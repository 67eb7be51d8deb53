"""``converse``, ``check`` and ``deadlines``: JSON lines for machines, options for people."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot import app
from bot.channels.contract import converse_as_json
from bot.channels.jsonl import LineError, serve_lines, take
from bot.channels.machine import as_now, checked, scheduled
from bot.messages import Incoming, Language
from storage.errors import StoreError
from storage.opening import MEMORY

LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help="One JSON object a line, in and out.")
@click.option("--database", metavar="URL", default=MEMORY, help="Keep the talks here.")
def converse(jsonl: bool, database: str) -> None:
    """A conversation as JSON lines; `now` is the only clock, state is kept by `chat`."""
    with asyncio.Runner() as runner:
        assistant, store = runner.run(app.open_assistant(database))

        def handle(line: Mapping[str, Any]) -> Mapping[str, Any]:
            incoming = _incoming(line)
            try:
                return converse_as_json(line["chat"], runner.run(assistant.respond(incoming)))
            except StoreError as error:
                raise LineError("store", str(error)) from error

        try:
            serve_lines(sys.stdin, sys.stdout, handle)
        finally:
            runner.run(store.close())


def _incoming(line: Mapping[str, Any]) -> Incoming:
    take(line, {"chat": str, "text": str, "tap": str, "file": str, "now": str, "lang": str}, ("chat", "now"))
    if sum(line.get(key) is not None for key in ("text", "tap", "file")) != 1:
        raise LineError("one_of", "exactly one of text, tap and file is needed")
    language = line.get("lang")
    if language is not None and language not in LANGUAGES:
        raise LineError("unknown_language", f"lang: one of {', '.join(LANGUAGES)}, not {language!r}")
    return Incoming(
        chat=f"jsonl:{line['chat']}",
        at=as_now(line["now"]),
        text=line.get("text"),
        tap=line.get("tap"),
        file=Path(line["file"]) if line.get("file") is not None else None,
        language=language,
    )


@click.command()
@click.argument("goal", required=False)
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
@click.option("--on", metavar="DATE", help="The day whose rules apply; today when left out.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh-Hans", show_default=True)
@click.option("--jsonl", is_flag=True, help="One JSON object a line, in and out.")
def check(goal: str | None, facts: tuple[str, ...], on: str | None, lang: Language, jsonl: bool) -> None:
    """Check one goal, e.g. `xize check consultant-voluntary degree_staff=4 trained_auditors=3`."""
    if jsonl:
        sources = app.load_sources()
        serve_lines(sys.stdin, sys.stdout, lambda line: checked(sources, line, app.today()))
        return
    if goal is None:
        raise click.UsageError("name a goal (see `xize rules list`) or give --jsonl")
    app.show_once(f"goal:{goal}", _given(facts), on=on, language=lang, known_goal=goal)


@click.command()
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
@click.option("--today", metavar="DATE", help="The day it is; today when left out.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh-Hans", show_default=True)
@click.option("--jsonl", is_flag=True, help="One JSON object a line, in and out.")
def deadlines(facts: tuple[str, ...], today: str | None, lang: Language, jsonl: bool) -> None:
    """Dates that follow, e.g. `xize deadlines list_published=2026-01-31 audit_kind=mandatory`."""
    if jsonl:
        sources = app.load_sources()
        serve_lines(sys.stdin, sys.stdout, lambda line: scheduled(sources, line, app.today()))
        return
    if not facts:
        raise click.UsageError("give an event such as list_published=2026-01-31, or --jsonl")
    app.show_once("dates", _given(facts), on=today, language=lang)


def _given(pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"{pair}: write it as FACT=VALUE")
        given[name] = value
    return given
