"""An operator at work: the desk before an assistant that only says that it was asked."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import load_sources
from bot.messages import Audience, Incoming, Intent, Reply, Text
from bot.skills.operators.desk import OperatorDesk
from storage.opening import open_store
from storage.records import AuditEntry, Feedback
from storage.store import Store

NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
ELSEWHERE = "an answer of the assistant"


class _Assistant:
    async def respond(self, incoming: Incoming) -> Reply:
        return Reply(Intent.HELP, (Text(ELSEWHERE),))


class Office:
    """One operator, user 7."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.now = NOW
        self.store = store
        self.folder = folder
        self._count = 0
        library = load_sources().library
        self.desk = OperatorDesk(_Assistant(), store, folder, lambda: library)

    async def says(self, text: str, audience: Audience = Audience.OPERATORS) -> Reply:
        """Words from the operator."""
        return await self._comes(text=text, audience=audience)

    async def taps(self, reply: Reply, label: str) -> Reply:
        """A button of a reply, by the beginning of its label."""
        tap = next(button.tap for button in reply.buttons if button.label.startswith(label))
        return await self._comes(tap=tap)

    async def presses(self, tap: str) -> Reply:
        """A button as it is sent."""
        return await self._comes(tap=tap)

    async def drops(self, file: Path, caption: str = "") -> Reply:
        """A file into the chat."""
        return await self._comes(file=file, caption=caption)

    async def _comes(self, *, audience: Audience = Audience.OPERATORS, **what: object) -> Reply:
        self._count += 1
        self.now += timedelta(seconds=1)
        update = f"telegram:{self._count}"
        incoming = Incoming("telegram:7", self.now, sender="7", update=update, audience=audience, **what)  # type: ignore[arg-type]
        return await self.desk.respond(incoming)

    async def audited(self) -> list[AuditEntry]:
        """The audit log, oldest first."""
        return (await self.store.audit_log())[::-1]

    async def asked(self, *texts: str, kind: str = "unanswered", reason: str = "") -> None:
        """Questions that operators should see, one a second."""
        for text in texts:
            self.now += timedelta(seconds=1)
            async with self.store.talk("telegram:1", at=self.now) as talk:
                row = Feedback(
                    hashlib.sha256(text.encode()).hexdigest()[:32],
                    talk.contact.id,
                    text,
                    kind,
                    self.now,
                    reason,  # type: ignore[arg-type]
                )
                talk.feedback.append(row)


@asynccontextmanager
async def open_office(folder: Path) -> AsyncIterator[Office]:
    """An office over an empty store."""
    store = open_store("sqlite:///:memory:")
    await store.open()
    try:
        yield Office(store, folder)
    finally:
        await store.close()
