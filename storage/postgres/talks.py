"""Talks: loaded, worked on and saved in one transaction, in turn with those that touch the same things."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import psycopg

from storage.errors import StoreError, StoreUnavailable
from storage.postgres.connection import CONNECTIONS, PostgresRoom, adapt, translated
from storage.postgres.session import PostgresSession, in_dialect
from storage.records import Company, Delivery
from storage.sql.invitations import COMPANY_OF, use_invitation
from storage.sql.loading import ONE_SENT, Loaded, SentDeliveries, load
from storage.sql.saving import refuse_done, save
from storage.sql.tables import DELIVERY
from storage.talk import Talk

_AT_ONCE = CONNECTIONS - 4  # talks; the rest of the connections is for what they and the senders ask

# Always in this order: first the chat, then its companies by number, so that nobody waits crosswise.
_LOCK_CHAT = "select pg_advisory_xact_lock(3, hashtext(?))"
_LOCK_COMPANIES = """
select pg_advisory_xact_lock(4, number)
from (select distinct hashtext(id) as number from unnest(cast(? as text[])) id order by number) numbers
"""
_COMPANIES = """
select m.company_id from membership m join contact c on c.id = m.contact_id
where c.chat = ? order by m.company_id
"""
_PATIENCE = 30.0  # seconds that a talk waits for a connection
_WITHIN = 2  # seconds that the look-up of one old reminder may take


class PostgresTalks(PostgresRoom):
    """Talks of one chat, or of chats that share a company, follow one another; the others go side by side."""

    def __init__(self, url: str, *, own_clock: bool = True) -> None:
        super().__init__(url, own_clock=own_clock)
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._talking: set[asyncio.Task[Any]] = set()

    @asynccontextmanager
    async def talk(self, chat: str, *, at: datetime, update: str | None = None) -> AsyncIterator[Talk]:
        """See Store.talk."""
        async with self._own_turn(chat) as session:
            await refuse_done(session, update)
            loaded = await load(session, chat, at, self.zone)
            loaded.talk.sent = _Sent(self._url, loaded)
            yield loaded.talk
            await save(session, loaded, at, update)

    async def join(self, invitation_id: str, chat: str, *, at: datetime) -> Company | None:
        """See Store.join. It waits for talks about the company, as a talk would."""
        async with self.reading() as session:
            company = await session.row(COMPANY_OF, (invitation_id,))
        if company is None:
            return None
        async with self._own_turn(chat, str(company[0])) as session:
            return await use_invitation(session, invitation_id, chat, at=at, zone=self.zone)

    @asynccontextmanager
    async def _own_turn(self, chat: str, *companies: str) -> AsyncIterator[PostgresSession]:
        """A transaction while nobody else talks in this chat, about its companies or about these."""
        task = asyncio.current_task()
        if task is None or task in self._talking:
            raise StoreError("a talk within a talk would wait for itself")
        self._talking.add(task)
        try:
            async with self._place(), self.writing() as session:
                await _take_turn(session, chat, companies)
                yield session
        finally:
            self._talking.discard(task)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._places.acquire(), _PATIENCE)
        except TimeoutError as error:
            raise StoreUnavailable("too many talks are waiting for the database") from error
        try:
            yield
        finally:
            self._places.release()


async def _take_turn(session: PostgresSession, chat: str, companies: Sequence[str]) -> None:
    """Wait until nobody else talks in this chat, about its companies or about these."""
    _, found, _ = await session.rows_of_each(
        ((_LOCK_CHAT, (chat,)), (_COMPANIES, (chat,)), ("savepoint turn", ()))
    )
    while True:
        mine = [*companies, *(row[0] for row in found)]
        _, now = await session.rows_of_each(((_LOCK_COMPANIES, (mine,)), (_COMPANIES, (chat,))))
        if now == found:
            return
        # Somebody changed for whom this chat speaks while it waited: let go and line up again.
        await session.change("rollback to savepoint turn")
        found = now


class _Sent(SentDeliveries):
    """Looks older reminders up on a connection for just that: a dictionary cannot wait for the loop.
    It happens when a button under a message is pressed that has been followed by many others."""

    def __init__(self, url: str, loaded: Loaded) -> None:
        super().__init__(loaded.latest)
        self._url = url
        self._chat = loaded.talk.contact.chat

    def look_up(self, delivery_id: int) -> Delivery | None:
        """See SentDeliveries.look_up. Raises StoreUnavailable."""
        text, _ = in_dialect(ONE_SENT, False)
        with (
            translated(),
            psycopg.connect(
                self._url, connect_timeout=_WITHIN, cursor_factory=psycopg.RawCursor, autocommit=True
            ) as connection,
        ):
            adapt(connection)
            connection.execute(f"set statement_timeout to '{_WITHIN}s'".encode())
            row = connection.execute(text, (delivery_id, self._chat)).fetchone()
        return None if row is None else PostgresSession.shape(DELIVERY).load(row)
