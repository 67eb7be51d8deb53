"""The connection, its transactions, and what its errors mean.

Nothing inside a transaction gives way to other tasks: within one process transactions follow one
another by themselves. A lock of another process is waited for without blocking the event loop.

Talks that end in the same moment are committed together: each is saved at once, inside one open
transaction, and is over only when that is committed. Whatever else is asked of the store commits it
first, so nobody sees what may still be lost.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from storage.errors import StoreDamaged, StoreError, StoreUnavailable
from storage.processes import is_gone
from storage.sql.session import Room
from storage.sqlite.schema import migrate
from storage.sqlite.session import SqliteSession

if TYPE_CHECKING:
    from sqlite_utils import Database

_BUSY_MILLISECONDS = 50  # SQLite's own wait, which blocks the loop; the longer wait is ours
_TRIES = 100
_PAUSE = 0.05  # seconds between tries: five seconds of patience in all


class SqliteRoom(Room):
    """What the parts of the SQLite store share: one connection, reading and writing."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._database: Database | None = None
        self._shared: asyncio.Future[None] | None = None  # done when the open talks are committed

    async def open(self) -> None:
        """Connect, check integrity, migrate forward. Raises StoreUnavailable or StoreDamaged."""
        if self._database is not None:
            return
        with translated():
            self._database = self._connect()
        try:
            with translated():
                _check(self._database)
                migrate(self._database)
            await self._refuse_moved()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Let go of the file; the write-ahead log is folded in."""
        if self._database is not None:
            self._commit_shared()
            self._database.close()
            self._database = None

    def _connect(self) -> Database:
        from sqlite_utils import Database  # slow to load, and not every command opens a store

        if self.path != ":memory:":
            try:
                Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreUnavailable(f"cannot make the folder of {self.path}: {error.strerror}") from error
        connection = sqlite3.connect(self.path, isolation_level=None, cached_statements=512)
        database = Database(connection)
        connection.create_function("gone", 1, is_gone)
        for pragma in (
            f"busy_timeout = {_BUSY_MILLISECONDS}",
            "journal_mode = wal",
            "synchronous = full",
            "foreign_keys = on",
            "temp_store = memory",  # savepoints keep what they may have to take back there
        ):
            connection.execute(f"pragma {pragma}")
        return database

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._database is None:
            raise StoreUnavailable("the store is not open")
        connection: sqlite3.Connection = self._database.conn
        return connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteSession]:
        """See Room.reading."""
        connection = self._connection
        self._commit_shared()
        with translated():
            connection.execute("begin")
            try:
                yield SqliteSession(connection)
            finally:
                connection.execute("rollback")

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqliteSession]:
        """See Room.writing."""
        connection = self._connection
        with translated():
            await self._begin(connection)
            try:
                yield SqliteSession(connection)
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                raise

    @asynccontextmanager
    async def reading_shared(self) -> AsyncIterator[SqliteSession]:
        """Read what the talks before this one have saved, committed or not."""
        if self._shared is None:
            async with self.reading() as session:
                yield session
            return
        with translated():
            yield SqliteSession(self._connection)

    @asynccontextmanager
    async def writing_shared(self) -> AsyncIterator[SqliteSession]:
        """Save one talk, whole or not at all; on disk when ``_shared`` as it is afterwards is done."""
        connection = self._connection
        with translated():
            if self._shared is None:
                await self._begin(connection)
                loop = asyncio.get_running_loop()
                self._shared = loop.create_future()
                loop.call_soon(self._commit_shared, self._shared)
            connection.execute("savepoint talk")
            try:
                yield SqliteSession(connection)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback to talk")
                    connection.execute("release talk")
                else:
                    # A full disk ends the whole transaction: what was saved with it is gone as well.
                    self._lose_shared()
                raise
            connection.execute("release talk")

    async def _begin(self, connection: sqlite3.Connection) -> None:
        for left in reversed(range(_TRIES)):
            self._commit_shared()  # a talk may have got in while this waited
            try:
                connection.execute("begin immediate")
            except sqlite3.OperationalError as error:
                if not left or "locked" not in str(error):
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                return

    def _lose_shared(self) -> None:
        shared, self._shared = self._shared, None
        if shared is not None:
            _fail(shared, StoreUnavailable("the talks that were to be kept together are lost"))

    def _commit_shared(self, which: asyncio.Future[None] | None = None) -> None:
        """Commit the talks that were saved together; with ``which`` only if it is still those."""
        shared = self._shared
        if shared is None or which not in (None, shared):
            return
        self._shared = None
        connection = self._connection
        try:
            with translated():
                try:
                    connection.execute("commit")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("rollback")
                    raise
        except StoreError as error:
            _fail(shared, error)
        else:
            shared.set_result(None)


def _fail(shared: asyncio.Future[None], error: StoreError) -> None:
    """Tell every talk; nobody may be left to ask."""
    shared.set_exception(error)
    shared.exception()


def _check(database: Database) -> None:
    found = database.conn.execute("pragma quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreDamaged(f"the database fails its integrity check: {found}")


@contextmanager
def translated() -> Iterator[None]:
    """SQLite's errors as this room's."""
    try:
        yield
    except StoreError:
        raise
    except sqlite3.IntegrityError as error:
        # A mistake in what was to be written, not somebody else's change: never taken for a repeat.
        raise StoreError(str(error)) from error
    except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:
        raise StoreUnavailable(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(str(error)) from error
