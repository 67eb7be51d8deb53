"""A transaction, whatever the database. Statements are written once: ``?``, ``?1`` and ``:name`` mark
parameters, ``= any(?)`` a list, ``:clock`` the moment that leases go by."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar

from storage.errors import StoreUnavailable
from storage.sql.tables import Codecs, Kind, Row, Shape, Table

R = TypeVar("R")
Given = Sequence[Any] | Mapping[str, Any]


class Session(ABC):
    """The statements of one transaction."""

    codecs: ClassVar[Codecs]
    shapes: ClassVar[dict[int, Shape[Any]]]  # by the table's identity; made when first asked for

    @abstractmethod
    async def rows(self, statement: str, given: Given = ()) -> list[Row]:
        """All rows that a statement gives."""

    @abstractmethod
    async def change(self, statement: str, given: Given = ()) -> int:
        """Run a statement; how many rows it changed."""

    @abstractmethod
    async def change_each(self, statement: str, every: Sequence[Given]) -> int:
        """Run a statement with each of these; how many rows were changed in all."""

    @abstractmethod
    async def changes_at_last(self, statements: Sequence[tuple[str, Given]]) -> list[int]:
        """How many rows each of several statements changed; the transaction ends with them, on the same way
        to the database and back. Where the answer is lost they may run twice: the second time they must
        change nothing."""

    @abstractmethod
    async def rows_of_each(self, statements: Sequence[tuple[str, Given]]) -> list[list[Row]]:
        """The rows of several statements, on one way to the database and back."""

    @abstractmethod
    async def defer_references(self) -> None:
        """Check references between tables at the end of the transaction only."""

    @abstractmethod
    async def last_number(self, table: str, column: str) -> int:
        """The highest number that the table has ever given to a row."""

    @abstractmethod
    async def set_last_number(self, table: str, column: str, number: int) -> None:
        """Let the table give higher numbers only."""

    @abstractmethod
    async def seal(self, tables: Sequence[str], why: str) -> None:
        """Let nobody else change these tables during this transaction, and nobody at all after it."""

    @abstractmethod
    def array(self, values: Sequence[Any]) -> Any:
        """A list as the parameter of ``= any(?)``."""

    @abstractmethod
    def lasting(self, length: timedelta) -> Any:
        """A length of time that can be added to a moment."""

    @abstractmethod
    async def take_time(self) -> None:
        """This transaction may last: nobody ends it for being slow."""

    async def row(self, statement: str, given: Given = ()) -> Row | None:
        """The first row, if there is one."""
        found = await self.rows(statement, given)
        return found[0] if found else None

    async def records(self, table: Table[R], statement: str, given: Given = ()) -> list[R]:
        """The records whose columns a statement selects."""
        load = self.shape(table).load
        return [load(row) for row in await self.rows(statement, given)]

    @classmethod
    def shape(cls, table: Table[R]) -> Shape[R]:
        """How this database writes the table's rows."""
        shape = cls.shapes.get(id(table))
        if shape is None:
            shape = cls.shapes[id(table)] = Shape(table, cls.codecs)
        return shape

    def moment(self, at: datetime) -> Any:
        """A moment as a parameter."""
        return self.codecs[Kind.MOMENT][0](at)

    def day(self, day: date) -> Any:
        """A day as a parameter."""
        return self.codecs[Kind.DAY][0](day)

    def as_json(self, value: Any) -> Any:
        """A JSON value as a parameter."""
        return self.codecs[Kind.JSON][0](value)


MOVED_TO = "moved_to"  # the bookmark of a store that has moved, which holds where to


class Room(ABC):
    """What the parts of a store share: transactions, and where contacts are who have not said it."""

    zone: str = "Asia/Shanghai"  # of new contacts

    @abstractmethod
    def reading(self) -> AbstractAsyncContextManager[Session]:
        """One consistent view of the store. Raises StoreUnavailable."""

    @abstractmethod
    def writing(self) -> AbstractAsyncContextManager[Session]:
        """A transaction: committed and on disk at the end, or nothing. Raises StoreUnavailable."""

    async def _refuse_moved(self) -> None:
        """Raises StoreUnavailable when everything has moved to another store."""
        async with self.reading() as session:
            row = await session.row("select value from bookmark where name = ?", (MOVED_TO,))
        if row is not None:
            raise StoreUnavailable(row[0])
