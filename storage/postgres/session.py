"""Statements on PostgreSQL: the common ones in its own words, parameters sent apart from them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from psycopg import AsyncConnection

from storage.sql.session import Given, Session
from storage.sql.tables import Kind, Row, Shape, to_json

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
CODECS = {
    Kind.MOMENT: (_aware, lambda moment: moment.astimezone(UTC)),
    Kind.DAY: (_same, _same),
    Kind.HOUR: (_same, _same),
    Kind.JSON: (to_json, json.loads),
    Kind.FLAG: (_same, _same),
    Kind.NUMBERS: (list, tuple),
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


class PostgresSession(Session):
    """The statements of one transaction on a connection."""

    codecs = CODECS
    shapes: ClassVar[dict[int, Shape[Any]]] = {}

    def __init__(self, connection: AsyncConnection[Any], *, own_clock: bool) -> None:
        self.connection = connection
        self._own_clock = own_clock

    async def rows(self, statement: str, given: Given = ()) -> list[Row]:
        """See Session.rows."""
        text, places = in_dialect(statement, self._own_clock)
        cursor = await self.connection.execute(text, _in_places(places, given))
        return list(await cursor.fetchall()) if cursor.description else []

    async def change(self, statement: str, given: Given = ()) -> int:
        """See Session.change."""
        text, places = in_dialect(statement, self._own_clock)
        cursor = await self.connection.execute(text, _in_places(places, given))
        return cursor.rowcount

    async def change_each(self, statement: str, every: Sequence[Given]) -> int:
        """See Session.change_each."""
        text, places = in_dialect(statement, self._own_clock)
        cursor = self.connection.cursor()
        await cursor.executemany(text, [_in_places(places, given) for given in every])
        return cursor.rowcount

    async def rows_of_each(self, statements: Sequence[tuple[str, Given]]) -> list[list[Row]]:
        """See Session.rows_of_each."""
        cursors = []
        async with self.connection.pipeline():
            for statement, given in statements:
                text, places = in_dialect(statement, self._own_clock)
                cursors.append(await self.connection.execute(text, _in_places(places, given)))
        return [list(await cursor.fetchall()) if cursor.description else [] for cursor in cursors]

    async def defer_references(self) -> None:
        """See Session.defer_references."""
        await self.connection.execute(b"set constraints all deferred")

    def array(self, values: Sequence[Any]) -> list[Any]:
        """See Session.array."""
        return list(values)

    def lasting(self, length: timedelta) -> timedelta:
        """See Session.lasting."""
        return length


def _in_places(places: tuple[int | str, ...], given: Given) -> list[Any]:
    if isinstance(given, Mapping):
        return [given[str(name)] for name in places]
    return [given[int(place)] for place in places]
