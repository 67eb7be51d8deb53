"""Operators' commands, before the assistant: who is none of them, and what is none of these, passes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from bot.messages import Audience, Incoming, Reply
from bot.skills.operators import broadcasting, figures, publishing, questions
from bot.skills.operators.visit import Visit, draft_name, read_draft
from bot.taps import parse_tap
from bot.wire import pack
from knowledge.library import Library
from storage.records import NewDelivery
from storage.store import Store

Work = Callable[[Visit], Awaitable[Reply]]

_COMMAND = re.compile(r"\s*/(\w+)(.*)", re.DOTALL)
_COMMANDS: Mapping[str, Work] = {
    "publish": publishing.begin,
    "stats": figures.show,
    "unanswered": questions.browse,
    "broadcast": broadcasting.begin,
}
_TAPS: Mapping[str, Work] = {
    "publish": publishing.decide,
    "stats": figures.show,
    "unanswered": questions.turn_page,
    "broadcast": broadcasting.decide,
}
_AWAITED: Mapping[str, Work] = {"publish": publishing.take_day, "broadcast": broadcasting.take_text}


class Answering(Protocol):
    """Who answers everybody else: the assistant."""

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message."""


class OperatorDesk:
    """An assistant that operators can give commands to."""

    def __init__(
        self, assistant: Answering, store: Store, own_library: Path, library: Callable[[], Library]
    ) -> None:
        """``own_library`` is where operators' additions are kept, ``library`` gives the law as it stands."""
        self._assistant = assistant
        self._store = store
        self._own_library = own_library
        self._library = library

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message. Raises Conflict when its update was answered before."""
        if incoming.audience is not Audience.OPERATORS:
            return await self._assistant.respond(incoming)
        work, arguments = await self._wanted(incoming)
        if work is None:
            return await self._assistant.respond(incoming)
        async with self._store.talk(incoming.chat, at=incoming.at) as talk:
            contact = talk.contact
        reply = await work(Visit(incoming, self._store, contact, self._library, self._own_library, arguments))
        async with self._store.talk(incoming.chat, at=incoming.at, update=incoming.update) as talk:
            talk.outbox.append(
                NewDelivery(
                    dedupe_key=f"u{incoming.update}:0",
                    chat=incoming.chat,
                    kind="reply",
                    due_at=incoming.at,
                    payload=pack(replace(reply, place=incoming.place)),
                    priority=0,
                    contact_id=talk.contact.id,
                )
            )
        return reply

    async def _wanted(self, incoming: Incoming) -> tuple[Work | None, tuple[str, ...]]:
        """What an operator's message asks for, and its arguments."""
        if incoming.tap is not None:
            tap = parse_tap(incoming.tap)
            return _TAPS.get(tap.verb), tap.arguments
        said = (incoming.text if incoming.file is None else incoming.caption) or ""
        if command := _COMMAND.match(said):
            work, rest = _COMMANDS.get(command[1].lower()), command[2].strip()
            if incoming.file is not None:
                return (publishing.take_file if work is publishing.begin else None), (rest,)
            if work is None:
                await self._let_go(incoming.chat)
            return work, (rest,)
        begun = read_draft(await self._store.bookmark(draft_name(incoming.chat))).get("awaits")
        if incoming.file is not None:
            return (publishing.take_file if begun == "publish" else None), (said,)
        return _AWAITED.get(str(begun)), (said,)

    async def _let_go(self, chat: str) -> None:
        """Another command is the end of what was begun and still waits for words."""
        stored = await self._store.bookmark(draft_name(chat))
        if read_draft(stored).get("awaits"):
            await self._store.set_bookmark(draft_name(chat), "{}")
