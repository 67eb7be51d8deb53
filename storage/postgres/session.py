"""Statements on PostgreSQL: the common ones in its own words, parameters sent apart from them."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from psycopg import AsyncConnection, AsyncCursor, OperationalError

from storage.sql.session import Given, Session
from storage.sql.tables import Codecs, Kind, Row, Shape, to_json

_MARK = re.compile(r"\?(\d*)|(?<![:\w]):([a-z_]+)")
_CLOCK = "clock"


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise TypeError("a time without its zone is no moment")
    return moment


def _same(value: Any) -> Any:
    return value


# JSON lies in columns of the type json, not jsonb: it comes back with its keys in their order and its
# numbers in their form, as it went in, and moves between stores unchanged.
CODECS: Codecs = {
    Kind.MOMENT: (_aware, lambda moment: moment.astimezone(UTC)),
    Kind.DAY: (_same, _same),
    Kind.HOUR: (_same, _same),
    Kind.JSON: (to_json, json.loads),
    Kind.FLAG: (_same, _same),
    Kind.NUMBERS: (list, tuple),
    Kind.WORDS: (list, tuple),
}


@cache
def in_dialect(statement: str, own_clock: bool) -> tuple[bytes, tuple[int | str, ...]]:
    """A statement with PostgreSQL's marks, and what stands at each: a place, or a name.

    Each mark gets a number of its own, so that one value may stand for columns of different types.
    With ``own_clock`` the moment that leases go by is the database's, not the caller's.
    """
    places: list[int | str] = []

    def mark(found: re.Match[str]) -> str:
        number, name = found.groups()
        if name == _CLOCK and own_clock:
            return "statement_timestamp()"
        if name is None:
            name = int(number) - 1 if number else len(places)
        places.append(name)
        return f"${len(places)}"

    return _MARK.sub(mark, statement).encode(), tuple(places)


_Cursor = AsyncCursor[Any]
Connection = AsyncConnection[Any]
Renew = Callable[[Connection], Awaitable[Connection]]


class PostgresSession(Session):
    """The statements of one transaction on a connection."""

    codecs = CODECS
    shapes: ClassVar[dict[int, Shape[Any]]] = {}

    def __init__(
        self, connection: Connection, begin: Sequence[bytes], end: bytes, renew: Renew, *, own_clock: bool
    ) -> None:
        """``begin`` opens the transaction: it travels with the first statement. When that finds the
        connection cut, nothing has been done yet, and ``renew`` gives another for it."""
        self.connection = connection
        self._renew = renew
        self._begin = begin
        self._end = end
        self._own_clock = own_clock

    async def finish(self) -> None:
        """End the transaction, where one was begun and has not ended."""
        if not self._begin and self._end:
            end, self._end = self._end, b""
            await self.connection.execute(end)

    async def rows(self, statement: str, given: Given = ()) -> list[Row]:
        """See Session.rows."""
        return await _rows_of(await self._run(statement, given))

    async def change(self, statement: str, given: Given = ()) -> int:
        """See Session.change."""
        return (await self._run(statement, given)).rowcount

    async def _run(self, statement: str, given: Given) -> _Cursor:
        if self._begin:
            [cursor] = await self._run_each(((statement, given),))
            return cursor
        text, places = in_dialect(statement, self._own_clock)
        return await self.connection.execute(text, _in_places(places, given))

    async def _run_last(self, statements: Sequence[tuple[str, Given]]) -> list[_Cursor]:
        """Run statements and end the transaction with them."""
        end, self._end = self._end, b""
        return await self._run_each(statements, end)

    async def _run_each(self, statements: Sequence[tuple[str, Given]], end: bytes = b"") -> list[_Cursor]:
        begin, self._begin = self._begin, ()
        while True:
            try:
                return await self._send(begin, statements, end)
            except OperationalError:
                if not begin or not self.connection.closed:
                    raise
                self.connection = await self._renew(self.connection)

    async def _send(
        self, begin: Sequence[bytes], statements: Sequence[tuple[str, Given]], end: bytes
    ) -> list[_Cursor]:
        cursors = []
        async with self.connection.pipeline():
            for opening in begin:
                await self.connection.execute(opening)
            for statement, given in statements:
                text, places = in_dialect(statement, self._own_clock)
                cursors.append(await self.connection.execute(text, _in_places(places, given)))
            if end:
                await self.connection.execute(end)
        return cursors

    async def _opened(self) -> Connection:
        """The connection, in the transaction."""
        await self._run_each(())
        return self.connection

    async def change_each(self, statement: str, every: Sequence[Given]) -> int:
        """See Session.change_each."""
        text, places = in_dialect(statement, self._own_clock)
        cursor = (await self._opened()).cursor()
        await cursor.executemany(text, [_in_places(places, given) for given in every])
        return cursor.rowcount

    async def rows_of_each(self, statements: Sequence[tuple[str, Given]]) -> list[list[Row]]:
        """See Session.rows_of_each."""
        return [await _rows_of(cursor) for cursor in await self._run_each(statements)]

    async def changes_at_last(self, statements: Sequence[tuple[str, Given]]) -> list[int]:
        """See Session.changes_at_last."""
        return [cursor.rowcount for cursor in await self._run_last(statements)]

    async def rows_at_last(self, statements: Sequence[tuple[str, Given]]) -> list[list[Row]]:
        """The rows of several statements with which the transaction ends; see changes_at_last."""
        return [await _rows_of(cursor) for cursor in await self._run_last(statements)]

    async def defer_references(self) -> None:
        """See Session.defer_references."""
        await (await self._opened()).execute(b"set constraints all deferred")

    def array(self, values: Sequence[Any]) -> list[Any]:
        """See Session.array."""
        return list(values)

    async def take_time(self) -> None:
        """See Session.take_time."""
        await (await self._opened()).execute(
            b"set local statement_timeout to 0; set local idle_in_transaction_session_timeout to 0"
        )

    async def last_number(self, table: str, column: str) -> int:
        """See Session.last_number."""
        row = await self.row("select pg_get_serial_sequence(?, ?)", (table, column))
        assert row is not None  # noqa: S101 - a select without a table
        [(last, was_given)] = await self.rows(f"select last_value, is_called from {row[0]}")  # noqa: S608
        return int(last) if was_given else 0

    async def set_last_number(self, table: str, column: str, number: int) -> None:
        """See Session.set_last_number."""
        await self.rows("select setval(pg_get_serial_sequence(?, ?), ?, true)", (table, column, number))

    async def seal(self, tables: Sequence[str], why: str) -> None:
        """See Session.seal."""
        said = why.replace("'", "''").replace("%", "%%")
        await (await self._opened()).execute(
            f"create function sealed() returns trigger language plpgsql as "
            f"$sealed$ begin raise exception '{said}'; end $sealed$".encode()
        )
        for table in tables:
            await self.connection.execute(
                f"create trigger sealed before insert or update or delete on {table} "
                "for each statement execute function sealed()".encode()
            )

    def lasting(self, length: timedelta) -> timedelta:
        """See Session.lasting."""
        return length


async def _rows_of(cursor: _Cursor) -> list[Row]:
    return list(await cursor.fetchall()) if cursor.description else []


def _in_places(places: tuple[int | str, ...], given: Given) -> list[Any]:
    if isinstance(given, Mapping):
        return [given[str(name)] for name in places]
    return [given[int(place)] for place in places]
