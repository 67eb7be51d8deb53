"""The web chat's lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from storage.records import TranscriptEntry
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.rows import TRANSCRIPT, to_json, to_ticks

_ADD = (
    "insert into transcript (chat, author, payload, at, delivery_id) values (?, ?, ?, ?, ?) "
    "on conflict (delivery_id) do nothing"
)
_READ = f"select {TRANSCRIPT.selection()} from transcript where chat = ? and n > ? order by n limit ?"  # noqa: S608


class SqliteTranscripts(SqliteRoom):
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
        row = (chat, author, to_json(payload), to_ticks(at), delivery_id)
        async with self._writing() as connection:
            added = connection.execute(_ADD, row)
            if added.rowcount:
                return int(added.lastrowid or 0)
            found = connection.execute("select n from transcript where delivery_id = ?", (delivery_id,))
            return int(found.fetchone()[0])

    async def transcript(self, chat: str, after: int = 0, limit: int = 200) -> list[TranscriptEntry]:
        """See Store.transcript."""
        with self._reading() as connection:
            return [TRANSCRIPT.load(row) for row in connection.execute(_READ, (chat, after, limit))]
