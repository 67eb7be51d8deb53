"""All that the stores have in common, put together. A store adds its transactions, talks and claims."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from storage.records import Company, Delivery
from storage.sql.answers import Answers
from storage.sql.contacts import Contacts
from storage.sql.deliveries import Deliveries
from storage.sql.inbox import Inbox
from storage.sql.invitations import Feeds
from storage.sql.journal import Journal
from storage.sql.lists import Lists
from storage.sql.operators import Operators
from storage.sql.planning import Planning
from storage.sql.retention import Retention
from storage.sql.roles import Roles
from storage.sql.standing import Standing
from storage.sql.transcripts import Transcripts
from storage.sql.turns import Turns
from storage.talk import Talk


class SqlStore(
    Deliveries,
    Inbox,
    Planning,
    Turns,
    Contacts,
    Transcripts,
    Journal,
    Standing,
    Lists,
    Feeds,
    Operators,
    Roles,
    Answers,
    Retention,
):
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
    async def join(self, invitation_id: str, chat: str, *, at: datetime) -> Company | None:
        """See Store.join."""

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

    @abstractmethod
    async def attend(self, owner: str, rung: Callable[[], None]) -> None:
        """See Store.attend."""

    @abstractmethod
    async def ring(self) -> None:
        """See Store.ring."""
