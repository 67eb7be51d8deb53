"""Everything that a store holds, table by table: what is copied from one store to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.sql.tables import (
    ACK,
    ANSWER,
    ATTEMPT,
    AUDIT,
    COMPANY,
    CONTACT,
    DEADLINE,
    DELIVERY,
    FACT,
    FEED,
    FEEDBACK,
    INVITATION,
    LISTED,
    LISTING,
    MEMBERSHIP,
    MOVE,
    PUBLISHED,
    SUBSCRIPTION,
    TRANSCRIPT,
    UPDATE,
    Codecs,
    Kind,
    Row,
    Table,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A table with all its columns, those that no record shows included."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    numbered: str = ""  # the column whose numbers the table gives itself

    def page(self, first: bool) -> str:
        """Rows in order of the key, after a key; the parameters are that key, then how many."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        key = ", ".join(f'"{column}"' for column in self.key)
        marks = ", ".join("?" * len(self.key))
        after = "" if first else f"where ({key}) > ({marks}) "
        return f"select {names} from {self.name} {after}order by {key} limit ?"  # noqa: S608

    def insertion(self) -> str:
        """Insert a row."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        return f"insert into {self.name} ({names}) values ({', '.join('?' * len(self.columns))})"  # noqa: S608

    def key_of(self, row: Row) -> Row:
        """The key of a row."""
        return tuple(row[self.columns.index(column)] for column in self.key)

    def rewritten(self, row: Row, was: Codecs, will: Codecs) -> Row:
        """A row as another database writes it. JSON stays the text that it is."""
        values = list(row)
        for column, kind in self.kinds.items():
            place = self.columns.index(column)
            if kind is not Kind.JSON and values[place] is not None:
                values[place] = will[kind][0](was[kind][1](values[place]))
        return tuple(values)


def _held(table: Table[Any], key: tuple[str, ...] = (), numbered: str = "", **more: Kind | None) -> Holding:
    kinds = dict(table.kinds) | {column: kind for column, kind in more.items() if kind is not None}
    columns = (*more, *table.columns)
    return Holding(table.name, key or table.key, columns, kinds, numbered)


# In the order in which rows can be inserted. Roles are not among them: they belong to processes that run.
HOLDINGS = (
    _held(COMPANY),
    _held(CONTACT),
    _held(MEMBERSHIP),
    _held(FACT),
    _held(DEADLINE, plan_at=Kind.MOMENT, touched=None),
    _held(MOVE),
    _held(SUBSCRIPTION),
    _held(DELIVERY, numbered="id", changed_at=Kind.MOMENT),
    _held(ATTEMPT),
    _held(ACK),
    _held(PUBLISHED),
    _held(LISTED),
    _held(LISTING),
    _held(UPDATE, key=("n",), numbered="n", n=None),
    _held(TRANSCRIPT, numbered="n"),
    _held(INVITATION),
    _held(FEED),
    _held(FEEDBACK),
    _held(AUDIT, numbered="n"),
    _held(ANSWER),
    Holding("bookmark", ("name",), ("name", "value")),
)
