"""The connections, their transactions, and what their errors mean.

A connection that was cut is replaced; what was under way on it is rolled back by the server, and its
caller told that the store is unavailable, so that it tries again. Where a commit's answer was lost the
caller cannot know: a delivery is then not sent, a repeated update finds itself done.
"""

from __future__ import annotations

import contextlib
import select
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor, errors
from psycopg.pq import ConnStatus
from psycopg.types.string import StrDumperUnknown, TextLoader
from psycopg_pool import AsyncConnectionPool

from storage.errors import StoreDamaged, StoreError, StoreUnavailable
from storage.postgres.schema import migrate
from storage.postgres.session import Connection, PostgresSession
from storage.sql.session import Room

CONNECTIONS = 10  # of one process
_CONNECT_WITHIN = 5  # seconds, for a connection of the pool too
_CLOSE_WITHIN = 2  # seconds that the pool's own tasks may take
PARAMETERS: dict[str, Any] = {
    "connect_timeout": _CONNECT_WITHIN,
    "application_name": "xize",
    # A server that has vanished without a word is given up on.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds
}
_Pool = AsyncConnectionPool[Connection]
_SETTINGS = b"""
set timezone to 'UTC';
set synchronous_commit to on;
set default_transaction_isolation to 'read committed';
set lock_timeout to '20s';
set statement_timeout to '60s';
set idle_in_transaction_session_timeout to '120s'
"""
_READ = (b"begin isolation level repeatable read read only",)
_WRITE = (b"begin",)
# For what may be lost in a crash because it is only a preparation, and is on disk before anything
# that follows from it: the next commit that waits for the disk waits for this one too.
_PREPARE = (b"begin", b"set local synchronous_commit to off")


class Words(StrDumperUnknown):
    """Text as PostgreSQL takes it: it has no place for a zero character or half a surrogate pair."""

    def dump(self, obj: str) -> bytes:
        """The text, what cannot be written replaced by the sign for that."""
        return obj.replace("\x00", "\ufffd").encode("utf-8", "replace")


class PostgresRoom(Room):
    """What the parts of the PostgreSQL store share: a pool of connections, reading and writing."""

    def __init__(self, url: str, *, own_clock: bool = True) -> None:
        """``own_clock``: leases go by the database's clock, which all machines share; else by the times
        that callers pass in."""
        self._url = url
        self._own_clock = own_clock
        self._pool: _Pool | None = None

    async def open(self) -> None:
        """Connect and migrate forward. Raises StoreUnavailable."""
        if self._pool is not None:
            return
        with translated():
            # On a connection of its own: its errors say what is wrong, those of a pool only that it waits.
            connection = await AsyncConnection.connect(
                self._url, autocommit=True, connect_timeout=_CONNECT_WITHIN
            )
            async with connection:
                await migrate(connection)
            self._pool = _pool(self._url)
            await self._pool.open()
        try:
            await self._refuse_moved()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Let go of all connections."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.close(timeout=_CLOSE_WITHIN)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[PostgresSession]:
        """See Room.reading."""
        async with self._transaction(_READ, b"rollback") as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[PostgresSession]:
        """See Room.writing."""
        async with self._transaction(_WRITE, b"commit") as session:
            yield session

    @asynccontextmanager
    async def preparing(self) -> AsyncIterator[PostgresSession]:
        """A transaction that is seen at once, but on disk only with the next one of ``writing``."""
        async with self._transaction(_PREPARE, b"commit") as session:
            yield session

    @asynccontextmanager
    async def _transaction(self, begin: Sequence[bytes], end: bytes) -> AsyncIterator[PostgresSession]:
        if self._pool is None:
            raise StoreUnavailable("the store is not open")
        pool = self._pool
        with translated():
            connection = await _alive(pool)
            renew = partial(_another, pool)
            session = PostgresSession(connection, begin, end, renew, own_clock=self._own_clock)
            try:
                yield session
                await session.finish()
            except BaseException:
                with contextlib.suppress(psycopg.Error):
                    await session.connection.rollback()
                raise
            finally:
                await pool.putconn(session.connection)


async def _alive(pool: _Pool) -> Connection:
    """A connection, those given back that were cut since they were used last."""
    while True:
        connection = await pool.getconn()
        if not _is_cut(connection):
            return connection
        await connection.close()
        await pool.putconn(connection)


async def _another(pool: _Pool, dead: Connection) -> Connection:
    """A connection instead of one that was found cut."""
    await pool.putconn(dead)
    return await _alive(pool)


def _is_cut(connection: Connection) -> bool:
    """Whether the server has ended the connection: it says so on a line that is quiet otherwise."""
    looking = select.poll()
    looking.register(connection.fileno(), select.POLLIN)
    if not looking.poll(0):
        return False
    try:
        connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return True
    return connection.pgconn.status != ConnStatus.OK


def _pool(url: str) -> _Pool:
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=CONNECTIONS,
        timeout=_CONNECT_WITHIN,
        open=False,
        configure=_configure,
        kwargs={"autocommit": True, "cursor_factory": AsyncRawCursor, **PARAMETERS},
    )


async def _configure(connection: AsyncConnection[Any]) -> None:
    adapt(connection)
    await connection.execute(_SETTINGS)


def adapt(connection: psycopg.Connection[Any] | AsyncConnection[Any]) -> None:
    """Text and JSON as the rows of this house want them."""
    connection.adapters.register_dumper(str, Words)
    connection.adapters.register_loader("json", TextLoader)


@contextmanager
def translated() -> Iterator[None]:
    """PostgreSQL's errors as this room's. No message holds a password or a row."""
    try:
        yield
    except StoreError:
        raise
    except (errors.DataCorrupted, errors.IndexCorrupted) as error:
        raise StoreDamaged(_said(error)) from error
    except (psycopg.IntegrityError, psycopg.DataError, errors.SyntaxErrorOrAccessRuleViolation) as error:
        if isinstance(error, errors.InsufficientPrivilege):
            raise StoreUnavailable(_said(error)) from error
        # A mistake in what was to be written, not somebody else's change: never taken for a repeat.
        raise StoreError(_said(error)) from error
    except psycopg.Error as error:
        raise StoreUnavailable(_said(error)) from error


def _said(error: psycopg.Error) -> str:
    """The server's main sentence: its details may quote a row."""
    return error.diag.message_primary or str(error)
