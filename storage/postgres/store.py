"""The whole store, put together from its parts."""

from __future__ import annotations

from storage.postgres.claiming import PostgresClaiming
from storage.postgres.talks import PostgresTalks
from storage.sql.contacts import Contacts
from storage.sql.deliveries import Deliveries
from storage.sql.inbox import Inbox
from storage.sql.journal import Journal
from storage.sql.planning import Planning
from storage.sql.standing import Standing
from storage.sql.transcripts import Transcripts


class PostgresStore(
    PostgresTalks, PostgresClaiming, Deliveries, Inbox, Planning, Contacts, Transcripts, Journal, Standing
):
    """A Store in a PostgreSQL database, or in the schema that the address's ``search_path`` names. Any
    number of processes on any number of machines share it."""
