"""Talks in tests: an assistant over a store in memory, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count

from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.messages import Clause, Incoming, Language, Reply, Text
from bot.rendering import render
from bot.session import Session
from bot.turn import Turn
from bot.understanding.model import StatedFact, Understanding
from storage.opening import open_store
from storage.records import Contact
from storage.store import Store
from storage.talk import Talk

NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
LISTED = "我们上了强制审核名单，2026年11月20日发布的"


class Desk:
    """Where a test sits and talks. ``here`` is the chat when none is named."""

    def __init__(self, store: Store, outbox: tuple[str, ...] = ()) -> None:
        self.now = NOW
        self.here = "jsonl:a"
        self.store = store
        self.sources = load_sources()
        self._ids = count(1)
        self.assistant = Assistant(
            self.sources, load_reader(), store, new_id=lambda: f"id{next(self._ids)}", outbox=outbox
        )

    async def says(
        self, text: str, *, chat: str = "", lang: Language | None = None, update: str | None = None
    ) -> Reply:
        """A message and its answer."""
        return await self.assistant.respond(
            Incoming(chat or self.here, self.now, text=text, language=lang, update=update)
        )

    async def taps(self, tap: str, *, chat: str = "", update: str | None = None) -> Reply:
        """A pressed button and its answer."""
        return await self.assistant.respond(Incoming(chat or self.here, self.now, tap=tap, update=update))

    async def talk(self, chat: str = "") -> Talk:
        """What is kept of a chat, as its next message finds it."""
        async with self.store.talk(chat or self.here, at=self.now) as talk:
            return talk

    def passes(self, **time: float) -> None:
        """Time goes by."""
        self.now += timedelta(**time)


@asynccontextmanager
async def open_desk(outbox: tuple[str, ...] = ()) -> AsyncIterator[Desk]:
    """A desk over an empty store."""
    store = open_store("sqlite:///:memory:")
    await store.open()
    try:
        yield Desk(store, outbox)
    finally:
        await store.close()


def turn(language: Language = "zh-Hans", **facts: object) -> Turn:
    """A message on its way, of a contact who has said these facts in it."""
    ids = count(1)
    made = Turn(
        incoming=Incoming("jsonl:a", NOW, text=""),
        talk=Talk(Contact("me", "jsonl:a")),
        session=Session(),
        read=Understanding("", "", language),
        sources=load_sources(),
        language=language,
        new_id=lambda: f"id{next(ids)}",
    )
    made.record(StatedFact(name, value, words=str(value)) for name, value in facts.items())
    return made


def text_of(reply: Reply) -> str:
    """The reply as a terminal shows it."""
    return render(reply, "plain.txt")


def headline(reply: Reply) -> str:
    """The first line: the answer."""
    first = reply.blocks[0]
    assert isinstance(first, Text)
    assert first.role == "headline"
    return first.text


def standing(reply: Reply) -> list[str]:
    """The lines of legal standing under an answer."""
    return [block.text for block in reply.blocks if isinstance(block, Text) and block.role == "standing"]


def clauses(reply: Reply) -> list[Clause]:
    """The clause cards of an answer."""
    return [block for block in reply.blocks if isinstance(block, Clause)]


def verbs(reply: Reply) -> set[str]:
    """What its buttons do."""
    return {button.tap.partition(":")[0] for button in reply.buttons}
