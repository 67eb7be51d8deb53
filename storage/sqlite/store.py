"""The whole store, put together from its parts."""

from __future__ import annotations

from storage.sqlite.contacts import SqliteContacts
from storage.sqlite.deliveries import SqliteDeliveries
from storage.sqlite.inbox import SqliteInbox
from storage.sqlite.journal import SqliteJournal
from storage.sqlite.planning import SqlitePlanning
from storage.sqlite.standing import SqliteStanding
from storage.sqlite.talks import SqliteTalks
from storage.sqlite.transcripts import SqliteTranscripts


class SqliteStore(
    SqliteTalks,
    SqliteInbox,
    SqlitePlanning,
    SqliteDeliveries,
    SqliteContacts,
    SqliteTranscripts,
    SqliteJournal,
    SqliteStanding,
):
    """A Store in one SQLite file, or in memory with ``:memory:``. One process writes."""
