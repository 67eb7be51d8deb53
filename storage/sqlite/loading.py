"""A talk as it lies in the store: the contact, its companies and all that hangs on them."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage.records import Contact, Delivery
from storage.sqlite.rows import (
    ACK,
    COMPANY,
    CONTACT,
    DEADLINE,
    DELIVERY,
    FACT,
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

    def __init__(self, connection: sqlite3.Connection, chat: str) -> None:
        super().__init__()
        self._connection = connection
        self._chat = chat
        rows = connection.execute(_LATEST, (chat, _RECENT))
        self.update((found.id, found) for found in map(DELIVERY.load, rows))

    def __missing__(self, delivery_id: int) -> Delivery:
        row = self._connection.execute(_ONE, (delivery_id, self._chat)).fetchone()
        if row is None:
            raise KeyError(delivery_id)
        found = self[delivery_id] = DELIVERY.load(row)
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
_LATEST = (
    f"select {DELIVERY.selection()} from delivery "  # noqa: S608
    f"where chat = ? and {_NAMEABLE} order by id desc limit ?"
)
_ONE = f"select {DELIVERY.selection()} from delivery where id = ? and chat = ? and {_NAMEABLE}"  # noqa: S608

_ROWS = {
    COMPANY: f"select {COMPANY.selection()} from company where id in {_MINE} order by id",  # noqa: S608
    MEMBERSHIP: (
        f"select {MEMBERSHIP.selection()} from membership where company_id in {_MINE} "  # noqa: S608
        "order by company_id, rank, contact_id"
    ),
    FACT: f"select {FACT.selection()} from fact where company_id in {_MINE}",  # noqa: S608
    DEADLINE: (
        f"select {DEADLINE.selection()} from deadline where company_id in {_MINE} "  # noqa: S608
        "order by due, id"
    ),
    SUBSCRIPTION: f"select {SUBSCRIPTION.selection()} from subscription where company_id in {_MINE}",  # noqa: S608
    ACK: f"select {ACK.selection()} from ack where contact_id = ?",  # noqa: S608
}
_FELLOWS = (
    f"select {CONTACT.selection()} from contact where id in "  # noqa: S608
    f"(select contact_id from membership where company_id in {_MINE}) and id <> ?"
)
_BY_CHAT = f"select {CONTACT.selection()} from contact where chat = ?"  # noqa: S608


Before = dict[tuple[object, ...], tuple[Row, object]]  # by key: the row, and the record made of it


@dataclass(frozen=True, slots=True)
class Loaded:
    """A talk and what it was loaded from, by table."""

    talk: Talk
    before: dict[str, Before]


def load(connection: sqlite3.Connection, chat: str, at: datetime) -> Loaded:
    """The chat's talk; an unknown chat gets a contact that is stored when the talk is saved."""
    row = connection.execute(_BY_CHAT, (chat,)).fetchone()
    if row is None:
        return Loaded(Talk(Contact(id=uuid.uuid4().hex, chat=chat, seen_at=at)), {"contact": {}})
    contact = CONTACT.load(row)
    talk = Talk(contact)
    # The contact is always compared by its row: the talk may change its session in place.
    before: dict[str, Before] = {"contact": {(contact.id,): (row, None)}}
    for table, collection in collections(talk):
        found = before[table.name] = {}
        for row in connection.execute(_ROWS[table], (contact.id,)):
            key = table.key_of(row)
            record = collection[key[0] if len(key) == 1 else key] = table.load(row)
            found[key] = (row, record)
    if len(talk.members) > len(talk.companies):
        fellows = connection.execute(_FELLOWS, (contact.id, contact.id))
        talk.fellows = {fellow.id: fellow for fellow in map(CONTACT.load, fellows)}
    talk.sent = SentDeliveries(connection, chat)
    return Loaded(talk, before)


def collections(talk: Talk) -> Iterator[tuple[Table, dict]]:  # type: ignore[type-arg]
    """The talk's collections with their tables, in the order in which rows can be inserted."""
    yield COMPANY, talk.companies
    yield MEMBERSHIP, talk.members
    yield FACT, talk.facts
    yield DEADLINE, talk.deadlines
    yield SUBSCRIPTION, talk.subscriptions
    yield ACK, talk.acks
