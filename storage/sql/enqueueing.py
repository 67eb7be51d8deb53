"""Deliveries going in: once per key, kept true while they wait."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from storage.records import NewDelivery
from storage.sql.session import Session
from storage.sql.tables import NEW_DELIVERY

# A waiting row follows its plan (another hour, another revision), and one that was put aside because
# of something that can be taken back returns, as does whatever a contact asks to be reminded of once
# more. What was sent, or is out of date, never does.
_RETURNING = "'superseded', 'done', 'muted', 'blocked', 'gone', 'paused', 'left'"

_KNOWN = "select dedupe_key from delivery where dedupe_key = any(?)"
_INSERT = (
    f"insert into delivery ({NEW_DELIVERY.selection()}, state, next_try_at, changed_at) "  # noqa: S608
    f"values ({', '.join('?' * len(NEW_DELIVERY.columns))}, 'pending', ?, ?) "
    "on conflict (dedupe_key) do nothing"
)
_FOLLOW = f"""
update delivery set due_at = :due_at, payload = :payload, revision = :revision, not_after = :not_after,
  chat = :chat, state = 'pending', reason = '',
  next_try_at = case when attempts > 0 and state = 'pending' then next_try_at else :due_at end
where dedupe_key = :dedupe_key and kind <> 'reply'
  and (state = 'pending' or state = 'skipped' and (kind = 'snooze' or reason in ({_RETURNING})))
  and (due_at, cast(payload as text), revision, not_after, chat, state)
    is distinct from (:due_at, :payload, :revision, :not_after, :chat, 'pending')
"""  # noqa: S608
_key = itemgetter("dedupe_key")
_DUE_AT = NEW_DELIVERY.columns.index("due_at")


async def enqueue(session: Session, deliveries: Iterable[NewDelivery]) -> int:
    """Insert those whose dedupe key is new, bring waiting ones up to date; how many were new."""
    waiting = list(deliveries)
    if not waiting:
        return 0
    keys = session.array([delivery.dedupe_key for delivery in waiting])
    known = {row[0] for row in await session.rows(_KNOWN, (keys,))}
    dump = session.shape(NEW_DELIVERY).dump
    fresh: list[tuple[Any, ...]] = []
    follows: list[dict[str, Any]] = []
    for delivery in waiting:
        values = dump(delivery)
        if delivery.dedupe_key in known:
            follows.append(dict(zip(NEW_DELIVERY.columns, values, strict=True)))
        else:
            known.add(delivery.dedupe_key)
            fresh.append((*values, values[_DUE_AT], values[_DUE_AT]))
    new = await session.change_each(_INSERT, fresh) if fresh else 0
    if follows:
        # In order of key, so that two planners wait for each other rather than crosswise.
        await session.change_each(_FOLLOW, sorted(follows, key=_key))
    return new
