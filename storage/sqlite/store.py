"""The whole store, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable

from storage.sql.store import SqlStore
from storage.sqlite.claiming import SqliteClaiming
from storage.sqlite.talks import SqliteTalks


class SqliteStore(SqliteTalks, SqliteClaiming, SqlStore):
    """A Store in one SQLite file, or in memory with ``:memory:``. One process writes."""

    async def attend(self, owner: str, rung: Callable[[], None]) -> None:
        """See Store.attend. Processes of one machine are known by their names."""

    async def ring(self) -> None:
        """See Store.ring. Nobody else sends from this file."""
