"""Statements on SQLite. Nothing here waits for anything but the file, so a transaction is one piece of
the event loop's work and those of one process follow one another by themselves."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, ClassVar

from storage.sql.session import Given, Session
from storage.sql.tables import PLAIN, Row, Shape, to_json

_TICK = timedelta(microseconds=1)
_DIALECT = (
    (re.compile(r"= any\(([?:\w]+)\)"), r"in (select value from json_each(\1))"),
    (re.compile(r"([\w.]+) ->> '(\w+)'"), r"json_extract(\1, '$.\2')"),
    (re.compile(r"is distinct from"), "is not"),  # older libraries know only this
    (re.compile(r"for update( skip locked)?"), ""),  # nobody else writes in between
)


@cache
def in_dialect(statement: str) -> str:
    """A statement in SQLite's words."""
    for pattern, words in _DIALECT:
        statement = pattern.sub(words, statement)
    return statement


class SqliteSession(Session):
    """The statements of one transaction on a connection."""

    codecs = PLAIN
    shapes: ClassVar[dict[int, Shape[Any]]] = {}

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    async def rows(self, statement: str, given: Given = ()) -> list[Row]:
        """See Session.rows."""
        return self.connection.execute(in_dialect(statement), given).fetchall()

    async def change(self, statement: str, given: Given = ()) -> int:
        """See Session.change."""
        return self.connection.execute(in_dialect(statement), given).rowcount

    async def change_each(self, statement: str, every: Sequence[Given]) -> int:
        """See Session.change_each."""
        return self.connection.executemany(in_dialect(statement), every).rowcount

    async def changes_at_last(self, statements: Sequence[tuple[str, Given]]) -> list[int]:
        """See Session.changes_at_last."""
        return [await self.change(statement, given) for statement, given in statements]

    async def rows_of_each(self, statements: Sequence[tuple[str, Given]]) -> list[list[Row]]:
        """See Session.rows_of_each."""
        return [await self.rows(statement, given) for statement, given in statements]

    async def defer_references(self) -> None:
        """See Session.defer_references."""
        self.connection.execute("pragma defer_foreign_keys = on")

    def array(self, values: Sequence[Any]) -> str:
        """See Session.array."""
        return to_json(list(values))

    def lasting(self, length: timedelta) -> int:
        """See Session.lasting."""
        return length // _TICK

    async def take_time(self) -> None:
        """See Session.take_time. Nobody does here."""

    async def last_number(self, table: str, column: str) -> int:
        """See Session.last_number."""
        row = await self.row("select seq from sqlite_sequence where name = ?", (table,))
        return 0 if row is None else int(row[0])

    async def set_last_number(self, table: str, column: str, number: int) -> None:
        """See Session.set_last_number."""
        await self.change("delete from sqlite_sequence where name = ?", (table,))
        await self.change("insert into sqlite_sequence (name, seq) values (?, ?)", (table, number))

    async def seal(self, tables: Sequence[str], why: str) -> None:
        """See Session.seal."""
        said = why.replace("'", "''")
        for table in tables:
            for change in ("insert", "update", "delete"):
                self.connection.execute(
                    f"create trigger sealed_{table}_{change} before {change} on {table} "
                    f"begin select raise(abort, '{said}'); end"
                )
