"""The whole store, put together from its parts."""

from __future__ import annotations

from storage.sql.store import SqlStore
from storage.sqlite.claiming import SqliteClaiming
from storage.sqlite.talks import SqliteTalks


class SqliteStore(SqliteTalks, SqliteClaiming, SqlStore):
    """A Store in one SQLite file, or in memory with ``:memory:``. One process writes."""
