"""All that the stores have in common, put together. A store adds its transactions, talks and claims."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from storage.records import Delivery
from storage.sql.contacts import Contacts
from storage.sql.deliveries import Deliveries
from storage.sql.inbox import Inbox
from storage.sql.journal import Journal
from storage.sql.lists import Lists
from storage.sql.planning import Planning
from storage.sql.standing import Standing
from storage.sql.transcripts import Transcripts
from storage.talk import Talk


class SqlStore(Deliveries, Inbox, Planning, Contacts, Transcripts, Journal, Standing, Lists):
    """A Store but for its talks and claims, whose turns each database keeps in its own way."""

    @abstractmethod
    async def open(self) -> None:
        """See Store.open."""

    @abstractmethod
    async def close(self) -> None:
        """See Store.close."""

    @abstractmethod
    def talk(
        self, chat: str, *, at: datetime, update: str | None = None
    ) -> AbstractAsyncContextManager[Talk]:
        """See Store.talk."""

    @abstractmethod
    async def claim(
        self,
        owner: str,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        channels: Sequence[str] | None = None,
        chat: str | None = None,
    ) -> list[Delivery]:
        """See Store.claim."""
