"""The difference between a talk and what it was loaded from, written in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storage.errors import Conflict
from storage.sqlite.enqueueing import enqueue
from storage.sqlite.erasing import erase, leave
from storage.sqlite.loading import Before, Loaded, collections
from storage.sqlite.rows import ACK, COMPANY, CONTACT, MEMBERSHIP, MOVE, Row, Table, to_ticks

_DONE = (
    "insert into inbox (id, chat, raw, received_at, state, attempts, error) "
    "values (?, ?, '{}', ?, 'done', 0, '') "
    "on conflict (id) do update set state = 'done', error = '' where state <> 'done'"
)
_QUIET = "state in ('pending', 'claimed') and kind in ('lead', 'overdue', 'digest', 'snooze', 'escalation')"
_SKIP = (
    "update delivery set state = 'skipped', reason = ?, changed_at = ? "  # noqa: S608
    f"where deadline_id = ? and {_QUIET}"
)
_HUSH = f"{_SKIP} and contact_id = ?"
# Whoever pressed a button under a message has it.
_PROVE = (
    "update delivery set state = 'sent', reason = 'proved', changed_at = ? "
    "where id = ? and state = 'uncertain'"
)

# A change of these starts reminders afresh: what lay before it was told already.
_WATCHED = {"deadline": ("due", "state"), "subscription": ("leads", "state")}


def save(connection: sqlite3.Connection, loaded: Loaded, at: datetime, update: str | None) -> None:
    """Write what the block changed. Raises Conflict when the update was done meanwhile."""
    talk = loaded.talk
    if update is not None:
        _mark_done(connection, update, talk.contact.chat, at)
    if talk.erase:
        erase(connection, talk.contact)
    else:
        _write(connection, loaded, at)
    enqueue(connection, talk.outbox)


def _mark_done(connection: sqlite3.Connection, update: str, chat: str, at: datetime) -> None:
    if connection.execute(_DONE, (update, chat, to_ticks(at))).rowcount != 1:
        raise Conflict(f"the update {update} is done already")


def _write(connection: sqlite3.Connection, loaded: Loaded, at: datetime) -> None:
    # A contact and its company in play may be new in the same talk.
    connection.execute("pragma defer_foreign_keys = on")
    talk = loaded.talk
    _write_rows(connection, CONTACT, loaded.before["contact"], [talk.contact], at)
    for table, records in collections(talk):
        _write_rows(connection, table, loaded.before.get(table.name, {}), records.values(), at)
    _remove_rows(connection, loaded)
    for move in talk.moves:
        connection.execute(f"{MOVE.insertion()} on conflict do nothing", MOVE.dump(move))
    now = to_ticks(at)
    for deadline_id, reason in talk.skip:
        connection.execute(_SKIP, (reason, now, deadline_id))
    for deadline_id, reason in talk.hush:
        connection.execute(_HUSH, (reason, now, deadline_id, talk.contact.id))


def _write_rows(
    connection: sqlite3.Connection, table: Table[Any], before: Before, records: Iterable[Any], at: datetime
) -> None:
    known = {id(was) for _, was in before.values()}
    for record in records:
        if id(record) in known:
            continue
        values = table.dump(record)
        key = table.key_of(values)
        old, _ = before.get(key, (None, None))
        if table.name in _WATCHED:
            values = _since(table, values, old, at)
        if old is None:
            connection.execute(table.insertion(), values)
            if table is ACK:
                connection.execute(_PROVE, (to_ticks(at), values[0]))
        elif values != old:
            # Only the changed columns: a chat may have been found blocked while the talk went on.
            changed = tuple(place for place, value in enumerate(values) if value != old[place])
            columns = tuple(table.columns[place] for place in changed)
            connection.execute(table.change(columns), (*(values[place] for place in changed), *key))


def _since(table: Table[Any], values: Row, old: Row | None, at: datetime) -> tuple[Any, ...]:
    """The values with the moment from which reminders count."""
    place = table.columns.index("since")
    watched = [table.columns.index(column) for column in _WATCHED[table.name]]
    same = old is not None and all(values[other] == old[other] for other in watched)
    since = old[place] if old is not None and same else to_ticks(at)
    return (*values[:place], since, *values[place + 1 :])


def _remove_rows(connection: sqlite3.Connection, loaded: Loaded) -> None:
    """Delete what the block took out. A company that is left keeps what others still need of it."""
    talk = loaded.talk
    left = {str(key[0]) for key in loaded.before.get(COMPANY.name, {})} - talk.companies.keys()
    for company_id in left:
        leave(connection, talk.contact.id, company_id)
    for table, records in collections(talk):
        for key, (_, was) in loaded.before.get(table.name, {}).items():
            if (key[0] if len(key) == 1 else key) in records or getattr(was, "company_id", None) in left:
                continue
            if table is MEMBERSHIP:
                leave(connection, str(key[0]), str(key[1]))
            elif table is not COMPANY:
                connection.execute(table.deletion(), key)
