"""The whole store, put together from its parts."""

from __future__ import annotations

from storage.postgres.claiming import PostgresClaiming
from storage.postgres.presence import PostgresPresence
from storage.postgres.talks import PostgresTalks
from storage.sql.store import SqlStore


class PostgresStore(PostgresTalks, PostgresClaiming, PostgresPresence, SqlStore):
    """A Store in a PostgreSQL database, or in the schema that the address's ``search_path`` names. Any
    number of processes on any number of machines share it."""
