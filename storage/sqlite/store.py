"""The whole store, put together from its parts."""

from __future__ import annotations

from storage.sql.contacts import Contacts
from storage.sql.deliveries import Deliveries
from storage.sql.inbox import Inbox
from storage.sql.journal import Journal
from storage.sql.planning import Planning
from storage.sql.standing import Standing
from storage.sql.transcripts import Transcripts
from storage.sqlite.claiming import SqliteClaiming
from storage.sqlite.talks import SqliteTalks


class SqliteStore(
    SqliteTalks, SqliteClaiming, Deliveries, Inbox, Planning, Contacts, Transcripts, Journal, Standing
):
    """A Store in one SQLite file, or in memory with ``:memory:``. One process writes."""
