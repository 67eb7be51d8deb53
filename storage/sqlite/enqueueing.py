"""Deliveries going in: once per key, kept true while they wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from storage.records import NewDelivery
from storage.sqlite.rows import NEW_DELIVERY

# A waiting row follows its plan (another hour, another revision), and one that was put aside because
# of something that can be taken back returns. What was sent, or is out of date, never does.
_RETURNING = "'superseded', 'done', 'muted', 'blocked', 'gone', 'paused', 'left'"

_INSERT = (
    f"insert into delivery ({NEW_DELIVERY.selection()}, state, next_try_at, changed_at) "  # noqa: S608
    f"select {', '.join('?' * len(NEW_DELIVERY.columns))}, 'pending', ?, ? "
    "where not exists (select 1 from delivery where dedupe_key = ?)"
)
_FOLLOW = f"""
update delivery set due_at = :due_at, payload = :payload, revision = :revision, not_after = :not_after,
  chat = :chat, state = 'pending', reason = '',
  next_try_at = case when attempts > 0 and state = 'pending' then next_try_at else :due_at end
where dedupe_key = :dedupe_key and kind <> 'reply'
  and (state = 'pending' or state = 'skipped' and reason in ({_RETURNING}))
  and (due_at, payload, revision, not_after, chat, state)
    is not (:due_at, :payload, :revision, :not_after, :chat, 'pending')
"""  # noqa: S608


def enqueue(connection: sqlite3.Connection, deliveries: Iterable[NewDelivery]) -> int:
    """Insert those whose dedupe key is new, bring waiting ones up to date; how many were new."""
    new = 0
    for delivery in deliveries:
        values = NEW_DELIVERY.dump(delivery)
        due_at = values[NEW_DELIVERY.columns.index("due_at")]
        inserted = connection.execute(_INSERT, (*values, due_at, due_at, delivery.dedupe_key)).rowcount
        new += inserted
        if not inserted:
            connection.execute(_FOLLOW, dict(zip(NEW_DELIVERY.columns, values, strict=True)))
    return new
