"""Everything that reads what strangers write. A target takes any bytes and may refuse them in the ways that
its room promises; anything else it raises is a find."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.channels.jsonl import serve_lines
from bot.channels.machine import checked, scheduled
from bot.errors import UserError
from bot.lists.errors import ListError
from bot.lists.reading import read_list
from bot.messages import Incoming
from bot.rendering import render
from bot.rosters.reading import read_file, read_people
from bot.understanding.bounding import bounded
from bot.understanding.model import ReadingContext
from bot.understanding.reader import Reader
from knowledge.errors import KnowledgeError
from knowledge.importing import read_legal_text
from knowledge.parser import parse_instrument
from storage.opening import open_store
from storage.records import Contact
from storage.talk import Talk
from tests.bot.talks import NOW

TODAY = date(2026, 11, 23)


class Crash(AssertionError):
    """A reader did what it never may."""


@cache
def _assistant() -> Assistant:
    return Assistant(load_sources(), load_reader(), open_store("sqlite:///:memory:"), new_id=lambda: "id")


@cache
def _reader() -> Reader:
    return load_reader()


def _text(given: bytes) -> str:
    return given.decode("utf-8", "replace")


def parser(given: bytes) -> None:
    """A law text's tree."""
    parse_instrument(_text(given))


def references(given: bytes) -> None:
    """Clause references in a sentence."""
    load_sources().library.find(_text(given))


def questions(given: bytes) -> None:
    """A question to the law."""
    load_sources().library.answer(bounded(_text(given)), on=TODAY)


def understanding(given: bytes) -> None:
    """A message, read."""
    _reader().read(bounded(_text(given)), ReadingContext(now=NOW, language="zh-Hans"))


def talk(given: bytes) -> None:
    """Messages of one talk, a line each, answered and put into words."""
    held = Talk(Contact("me", "jsonl:a"))
    for line in _text(given).splitlines()[:4]:
        reply = _assistant().answer(held, Incoming("jsonl:a", NOW, text=line))
        for medium in ("plain.txt", "web.html", "telegram.html"):
            render(reply, medium)  # type: ignore[arg-type]


def taps(given: bytes) -> None:
    """What a button carries, as a client may forge it."""
    held = Talk(Contact("me", "jsonl:a"))
    _assistant().answer(held, Incoming("jsonl:a", NOW, text="代理公司 5 个大专"))
    _assistant().answer(held, Incoming("jsonl:a", NOW, tap=_text(given)[:64]))


def updates(given: bytes) -> None:
    """An update as Telegram, or somebody who knows the secret, may push it: taken in, or left out."""
    from bot.channels.telegram.intake import Intake
    from bot.channels.telegram.webhook import Webhook

    async def push() -> int:
        store = open_store("sqlite:///:memory:")
        await store.open()
        try:
            intake = Intake(store, clock=lambda: NOW, notice=lambda *_: None)
            return await Webhook(intake, "secret").handle(given, "secret")
        finally:
            await store.close()

    status = asyncio.run(push())
    if status not in (200, 400, 413):
        raise Crash(f"answered {status}")


def checks(given: bytes) -> None:
    """A line of ``xize check --jsonl``, and of the API."""
    _served(given, lambda line: checked(load_sources(), line, TODAY))


def deadlines(given: bytes) -> None:
    """A line of ``xize deadlines --jsonl``, and of the API."""
    _served(given, lambda line: scheduled(load_sources(), line, TODAY))


def _served(given: bytes, handle: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    out = StringIO()
    serve_lines([_text(given)], out, handle)
    for line in out.getvalue().splitlines():
        if json.loads(line).get("error", {}).get("code") == "internal":
            raise Crash(line)


def published_lists(given: bytes) -> None:
    """A published list as CSV, workbook or anything else."""
    with _file(given, "list.xlsx") as path:
        try:
            read_list(path, at=NOW, published_on=TODAY)
        except ListError:
            return


def rosters(given: bytes) -> None:
    """A roster as CSV, workbook or anything else."""
    with _file(given, "roster.xlsx") as path:
        try:
            read_people(read_file(path), load_sources().rulebook.rules, TODAY)
        except UserError:
            return


def law_files(given: bytes) -> None:
    """A law text as a file; its first byte chooses the kind."""
    kind = (".txt", ".html", ".docx", ".pdf", ".md")[given[0] % 5 if given else 0]
    with _file(given[1:], f"law{kind}") as path:
        try:
            read_legal_text(path)
        except KnowledgeError:
            return


class _file:  # noqa: N801 - used like a function
    """A file of this content, for as long as it is read."""

    def __init__(self, content: bytes, name: str) -> None:
        self._folder = TemporaryDirectory(prefix="xize-fuzz-")
        self._path = Path(self._folder.name) / name
        self._path.write_bytes(content)

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        parser,
        references,
        questions,
        understanding,
        talk,
        taps,
        updates,
        checks,
        deadlines,
        published_lists,
        rosters,
        law_files,
    )
}
