"""The web chat's lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from storage.records import TranscriptEntry
from storage.sql.session import Room
from storage.sql.tables import TRANSCRIPT

_ADD = (
    "insert into transcript (chat, author, payload, at, delivery_id) values (?, ?, ?, ?, ?) "
    "on conflict (delivery_id) do nothing returning n"
)
_READ = f"select {TRANSCRIPT.selection()} from transcript where chat = ? and n > ?"  # noqa: S608
_READ_ON = f"{_READ} order by n limit ?"
_READ_LATEST = f"{_READ} order by n desc limit ?"


class Transcripts(Room):
    """What was said in a web chat."""

    async def transcribe(
        self,
        chat: str,
        author: Literal["user", "xize"],
        payload: Mapping[str, Any],
        *,
        at: datetime,
        delivery_id: int | None = None,
    ) -> int:
        """See Store.transcribe."""
        async with self.writing() as session:
            given = (chat, author, session.as_json(payload), session.moment(at), delivery_id)
            added = await session.row(_ADD, given)
            if added is None:
                added = await session.row("select n from transcript where delivery_id = ?", (delivery_id,))
            assert added is not None  # noqa: S101 - inserted, or in the way of the insertion
            return int(added[0])

    async def transcript(
        self, chat: str, after: int = 0, limit: int = 200, *, latest: int | None = None
    ) -> list[TranscriptEntry]:
        """See Store.transcript."""
        async with self.reading() as session:
            if latest is None:
                return await session.records(TRANSCRIPT, _READ_ON, (chat, after, limit))
            lines = await session.records(TRANSCRIPT, _READ_LATEST, (chat, after, latest))
            return lines[::-1]
