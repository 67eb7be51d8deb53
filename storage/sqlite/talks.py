"""Talks: loaded, worked on, saved whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from storage.errors import Conflict, StoreError
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.loading import load
from storage.sqlite.saving import save
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
        task = asyncio.current_task()
        if task is not None and task is self._talking:
            raise StoreError("a talk within a talk would wait for itself")
        async with self._turn:
            self._talking = task
            try:
                with self._reading() as connection:
                    if update is not None and self._is_done(update):
                        raise Conflict(f"the update {update} is done already")
                    loaded = load(connection, chat, at)
                yield loaded.talk
                async with self._writing() as connection:
                    save(connection, loaded, at, update)
            finally:
                self._talking = None

    def _is_done(self, update: str) -> bool:
        row = self._connection.execute(
            "select 1 from inbox where id = ? and state = 'done'", (update,)
        ).fetchone()
        return row is not None
