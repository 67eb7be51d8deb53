"""What a browser sends becomes one Incoming, once: kept before it is handled, so that neither a crash
nor a retry loses or doubles it."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, cast
from weakref import WeakValueDictionary

from bot.channels.web.notifier import Notifier
from bot.messages import Incoming, Language
from storage.errors import Conflict
from storage.records import Update
from storage.store import Store

log = logging.getLogger(__name__)

POISON_AFTER = 5  # failed handlings, then an update is set aside
ALL = 100_000  # of the updates that wait; more than a crash can leave


class Assistant(Protocol):
    """Understands a message, answers it, and leaves the answer in the outbox."""

    async def respond(self, incoming: Incoming) -> object:
        """Handle one message. Raises Conflict when its update was handled before."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the page. ``id`` is made by the page: the same id twice has one effect. ``shown``
    is what the user's bubble reads: the text, the label of the button, the name of the file."""

    id: str
    shown: str
    text: str | None = None
    tap: str | None = None
    file: Path | None = None  # alone in a directory that is removed when it was handled
    language: Language | None = None


class Inbox:
    """Messages of web chats, in order for each chat."""

    def __init__(
        self,
        assistant: Assistant,
        store: Store,
        notifier: Notifier,
        *,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        link: str = "",
    ) -> None:
        """``link`` is the page's address with a place for what it opens with: ``{payload}``."""
        self._assistant = assistant
        self._store = store
        self._notifier = notifier
        self._clock = clock
        self._wake = wake
        self._link = link
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def accept(self, chat: str, said: Said) -> int:
        """Keep the message, show it, have it answered; the number of its line in the transcript.
        Raises what the assistant raises: the message is kept and may be sent again with the same id."""
        async with self._lock(chat):
            update = Update(f"{chat}:{said.id}", chat, _raw(said), self._clock())
            is_new = await self._store.receive([update]) == 1
            line = None if is_new else await self._line_of(chat, said.id)
            if line is None:
                shown = {"id": said.id, "text": said.shown}
                line = await self._store.transcribe(chat, "user", shown, at=update.received_at)
                self._notifier.notify(chat)
            await self._handle(update)
        return line

    async def resume(self) -> int:
        """Handle the messages that a crash left unanswered; how many were there. Called once at start."""
        updates = await self._store.waiting(ALL, channel="web")
        for update in updates:
            try:
                async with self._lock(update.chat):
                    await self._handle(update)
            except Exception:
                log.exception("update %s is still unanswered", update.id)
        return len(updates)

    def _lock(self, chat: str) -> asyncio.Lock:
        return self._locks.setdefault(chat, asyncio.Lock())

    async def _handle(self, update: Update) -> None:
        try:
            await self._assistant.respond(_incoming(update, self._link))
        except Conflict:
            log.info("update %s was handled before", update.id)
        except Exception as error:
            poison = update.attempts + 1 >= POISON_AFTER
            await self._store.failed(update.id, f"{type(error).__name__}: {error}", poison=poison)
            raise
        finally:
            self._wake()
        await _remove_upload(update.raw.get("file"))

    async def _line_of(self, chat: str, said_id: str) -> int | None:
        after = 0
        while lines := await self._store.transcript(chat, after):
            for line in lines:
                if line.author == "user" and line.payload.get("id") == said_id:
                    return line.n
            after = lines[-1].n
        return None


async def _remove_upload(file: str | None) -> None:
    # A roster holds personal data: what was read out of it is kept by the assistant, the file is not.
    if file:
        await asyncio.to_thread(shutil.rmtree, Path(file).parent, ignore_errors=True)


def _raw(said: Said) -> dict[str, Any]:
    return {
        "text": said.text,
        "tap": said.tap,
        "file": str(said.file) if said.file else None,
        "language": said.language,
    }


def _incoming(update: Update, link: str) -> Incoming:
    raw = update.raw
    return Incoming(
        chat=update.chat,
        at=update.received_at,
        text=raw["text"],
        tap=raw["tap"],
        file=Path(raw["file"]) if raw["file"] else None,
        language=cast("Language | None", raw["language"]),
        update=update.id,
        link=link,
    )
