"""Talks: loaded, worked on, saved whole or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from storage.errors import StoreError
from storage.records import Company, Delivery
from storage.sql.invitations import use_invitation
from storage.sql.loading import ONE_SENT, Loaded, SentDeliveries, load
from storage.sql.saving import refuse_done, save
from storage.sql.tables import DELIVERY
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.session import SqliteSession
from storage.talk import Talk


class SqliteTalks(SqliteRoom):
    """One talk at a time: the plainest way to let those that share a company follow one another."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._turn = asyncio.Lock()
        self._talking: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def talk(self, chat: str, *, at: datetime, update: str | None = None) -> AsyncIterator[Talk]:
        """See Store.talk."""
        async with self._own_turn():
            async with self.reading_shared() as session:
                await refuse_done(session, update)
                loaded = await load(session, chat, at, self.zone)
            before = self._shared
            loaded.talk.sent = _Sent(self._connection, loaded)
            yield loaded.talk
            if before is not None and before.done():
                before.result()  # what this talk rests on could not be kept, so neither can this one
            async with self.writing_shared() as session:
                await save(session, loaded, at, update)
            kept = self._shared
        if kept is not None:
            await asyncio.shield(kept)

    async def join(self, invitation_id: str, chat: str, *, at: datetime) -> Company | None:
        """See Store.join. It waits for the talk that goes on, as a talk would."""
        async with self._own_turn(), self.writing() as session:
            return await use_invitation(session, invitation_id, chat, at=at, zone=self.zone)

    @asynccontextmanager
    async def _own_turn(self) -> AsyncIterator[None]:
        task = asyncio.current_task()
        if task is not None and task is self._talking:
            raise StoreError("a talk within a talk would wait for itself")
        async with self._turn:
            self._talking = task
            try:
                yield
            finally:
                self._talking = None


class _Sent(SentDeliveries):
    """Looks older reminders up on the store's own connection."""

    def __init__(self, connection: sqlite3.Connection, loaded: Loaded) -> None:
        super().__init__(loaded.latest)
        self._connection = connection
        self._chat = loaded.talk.contact.chat

    def look_up(self, delivery_id: int) -> Delivery | None:
        """See SentDeliveries.look_up."""
        row = self._connection.execute(ONE_SENT, (delivery_id, self._chat)).fetchone()
        return None if row is None else SqliteSession(self._connection).shape(DELIVERY).load(row)
