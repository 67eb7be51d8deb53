"""A talk as it lies in the store: the contact, its companies and all that hangs on them."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.records import Contact, Delivery
from storage.sql.session import Given, Session
from storage.sql.tables import (
    ACK,
    COMPANY,
    CONTACT,
    DEADLINE,
    DELIVERY,
    FACT,
    FEED,
    LISTING,
    MEMBERSHIP,
    SUBSCRIPTION,
    Row,
    Table,
)
from storage.talk import Talk

_RECENT = 20  # reminders loaded at once; older ones are looked up when a tap names them

# The companies of a contact, for every query below: one parameter, the contact's id.
_MINE = "(select company_id from membership where contact_id = ?)"


class SentDeliveries(dict[int, Delivery]):
    """The chat's reminders by id: the latest at hand, older ones looked up when they are asked for."""

    def __init__(self, latest: Iterable[Delivery]) -> None:
        super().__init__((found.id, found) for found in latest)

    @abstractmethod
    def look_up(self, delivery_id: int) -> Delivery | None:
        """The older reminder with that id, when it went to this chat."""

    def __missing__(self, delivery_id: int) -> Delivery:
        found = self.look_up(delivery_id)
        if found is None:
            raise KeyError(delivery_id)
        self[delivery_id] = found
        return found

    def get(self, key: int, default: Delivery | None = None) -> Delivery | None:  # type: ignore[override]
        """The reminder with that id, when it went to this chat."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and self.get(key) is not None


_NAMEABLE = "kind <> 'reply' and state in ('sending', 'sent', 'uncertain', 'closed')"
_SENT = f"from delivery where chat = ? and {_NAMEABLE}"
_LATEST = f"select {DELIVERY.selection()} {_SENT} order by id desc limit ?"
ONE_SENT = f"select {DELIVERY.selection()} from delivery where id = ? and chat = ? and {_NAMEABLE}"  # noqa: S608

# Which rows of a table are a contact's: those of its companies, by a column and what else must hold, and
# in which order they are read.
_OF_COMPANIES: dict[Table[Any], tuple[str, str, str]] = {
    COMPANY: ("id", "", "id"),
    MEMBERSHIP: ("company_id", "", "company_id, rank, contact_id"),
    FACT: ("company_id", "", "company_id, name"),
    DEADLINE: ("company_id", "", "due, id"),
    SUBSCRIPTION: ("company_id", "", "id"),
    LISTING: ("company_id", "", "published_on, row_id, company_id"),
    FEED: ("company_id", " and revoked_at is null", "created_at, id"),
}
_OWN_ACKS = "from ack where contact_id = ?"
_ROWS = {
    table: f"select {table.selection()} from {table.name} "  # noqa: S608
    f"where {column} in {_MINE}{condition} order by {order}"
    for table, (column, condition, order) in _OF_COMPANIES.items()
} | {ACK: f"select {ACK.selection()} {_OWN_ACKS} order by tap"}
# Most contacts have nothing in most tables: one look tells which are worth reading. It joins: a list of the
# companies would be made anew for each table.
_HELD = "select " + ", ".join(
    f"exists (select 1 {rows})"
    for rows in (
        *(
            f"from membership mine join {table.name} theirs on theirs.{column} = mine.company_id "
            f"where mine.contact_id = ?{condition}"
            for table, (column, condition, _) in _OF_COMPANIES.items()
        ),
        _OWN_ACKS,
        _SENT,
    )
)
_FELLOWS = (
    f"select {CONTACT.selection()} from contact where id in "  # noqa: S608
    f"(select contact_id from membership where company_id in {_MINE}) and id <> ?"
)
_BY_CHAT = f"select {CONTACT.selection()} from contact where chat = ?"  # noqa: S608


Before = dict[tuple[object, ...], tuple[Row, Any]]  # by key: the row, and the record made of it


@dataclass(frozen=True, slots=True)
class Loaded:
    """A talk, what it was loaded from, by table, and the chat's latest reminders."""

    talk: Talk
    before: dict[str, Before]
    latest: tuple[Delivery, ...] = ()


async def load(session: Session, chat: str, at: datetime, zone: str) -> Loaded:
    """The chat's talk; an unknown chat gets a contact, in ``zone``, that is stored when the talk is saved."""
    row = await session.row(_BY_CHAT, (chat,))
    if row is None:
        contact = Contact(id=uuid.uuid4().hex, chat=chat, timezone=zone, seen_at=at)
        return Loaded(Talk(contact), {"contact": {}})
    contact = session.shape(CONTACT).load(row)
    talk = Talk(contact)
    # The contact is always compared by its row: the talk may change its session in place.
    before: dict[str, Before] = {"contact": {(contact.id,): (row, None)}}
    [held] = await session.rows(_HELD, (*(contact.id for _ in _ROWS), chat))
    there = {table for table, holds in zip(_ROWS, held, strict=False) if holds}
    every = [pair for pair in collections(talk) if pair[0] in there]
    asked: list[tuple[str, Given]] = [(_ROWS[table], (contact.id,)) for table, _ in every]
    asked += [(_LATEST, (chat, _RECENT))] if held[-1] else []
    found = await session.rows_of_each(asked)
    for (table, collection), rows in zip(every, found, strict=False):
        before[table.name] = _fill(session, table, collection, rows)
    latest = found[len(every)] if held[-1] else []
    if len(talk.members) > len(talk.companies):
        fellows = await session.records(CONTACT, _FELLOWS, (contact.id, contact.id))
        talk.fellows = {fellow.id: fellow for fellow in fellows}
    return Loaded(talk, before, tuple(map(session.shape(DELIVERY).load, latest)))


def _fill(session: Session, table: Table[Any], collection: dict[Any, Any], rows: list[Row]) -> Before:
    """Put the records of these rows into the talk; what they were made of."""
    shape = session.shape(table)
    before: Before = {}
    for row in rows:
        key = shape.key_of(row)
        record = collection[key[0] if len(key) == 1 else key] = shape.load(row)
        before[key] = (row, record)
    return before


def collections(talk: Talk) -> Iterator[tuple[Table[Any], dict[Any, Any]]]:
    """The talk's collections with their tables, in the order in which rows can be inserted."""
    yield COMPANY, talk.companies
    yield MEMBERSHIP, talk.members
    yield FACT, talk.facts
    yield DEADLINE, talk.deadlines
    yield SUBSCRIPTION, talk.subscriptions
    yield LISTING, talk.listings
    yield FEED, talk.feeds
    yield ACK, talk.acks
