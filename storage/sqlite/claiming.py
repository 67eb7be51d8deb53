"""Choosing which waiting rows to claim: flat in the number of rows that wait for later."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from storage.records import Delivery
from storage.sqlite.rows import DELIVERY, to_json, to_ticks

_UNCERTAIN_REST = timedelta(seconds=60)  # how long a chat rests after a send whose answer was lost

_CHANNELS = """
with recursive found(channel) as (
  select min(channel) from delivery where state = 'pending'
  union all
  select (select min(channel) from delivery where state = 'pending' and channel > found.channel)
  from found where found.channel is not null
)
select channel from found where channel is not null
"""
_PRIORITIES = """
with recursive found(priority) as (
  select min(priority) from delivery where state = 'pending' and channel = ?1
  union all
  select (select min(priority) from delivery
    where state = 'pending' and channel = ?1 and priority > found.priority)
  from found where found.priority is not null
)
select priority from found where priority is not null
"""
# A chat hears one thing after another: nothing new while a send to it is under way, held by another
# sender, or of unknown fate a moment ago.
_FREE = """
not exists (select 1 from delivery b indexed by delivery_busy where b.chat = delivery.chat
  and b.state in ('claimed', 'sending') and (b.state = 'sending' or b.owner <> :owner))
and not exists (select 1 from delivery b where b.chat = delivery.chat
  and b.state = 'uncertain' and b.changed_at > :rested)
"""
_DUE = f"""
select priority, next_try_at, id from delivery
where state = 'pending' and channel = :channel and priority = :priority and next_try_at <= :now and {_FREE}
order by next_try_at, id limit :limit
"""  # noqa: S608
_DUE_IN_CHAT = f"""
select priority, next_try_at, id from delivery
where state = 'pending' and chat = :chat and kind <> 'reply' and next_try_at <= :now and {_FREE}
order by priority, next_try_at, id limit :limit
"""  # noqa: S608
_CLAIM = f"""
update delivery set state = 'claimed', owner = ?, epoch = epoch + 1, lease_until = ?, changed_at = ?
where id in (select value from json_each(?)) and state = 'pending'
returning {DELIVERY.selection()}
"""  # noqa: S608


def choose(
    connection: sqlite3.Connection,
    owner: str,
    *,
    now: datetime,
    limit: int,
    channels: Sequence[str] | None,
    chat: str | None,
) -> list[int]:
    """The ids of up to ``limit`` rows that ``owner`` may claim, best priority and oldest first."""
    given = {
        "owner": owner,
        "now": to_ticks(now),
        "rested": to_ticks(now - _UNCERTAIN_REST),
        "limit": limit,
        "chat": chat,
    }
    rows = _due_in_chat(connection, given) if chat else _due(connection, given, channels)
    return [row[2] for row in sorted(rows)[:limit]]


def claim(
    connection: sqlite3.Connection, owner: str, ids: Sequence[int], *, now: datetime, lease: timedelta
) -> list[Delivery]:
    """Claim these rows, in this order."""
    claimed = connection.execute(_CLAIM, (owner, to_ticks(now + lease), to_ticks(now), to_json(list(ids))))
    found = {row.id: row for row in map(DELIVERY.load, claimed)}
    return [found[delivery_id] for delivery_id in ids if delivery_id in found]


def _due_in_chat(connection: sqlite3.Connection, given: dict[str, object]) -> Iterator[tuple[int, int, int]]:
    yield from connection.execute(_DUE_IN_CHAT, given)


def _due(
    connection: sqlite3.Connection, given: dict[str, object], channels: Sequence[str] | None
) -> Iterator[tuple[int, int, int]]:
    waiting = [row[0] for row in connection.execute(_CHANNELS)]
    for channel in waiting:
        if channels is None or channel in channels:
            yield from _due_on(connection, {**given, "channel": channel})


def _due_on(connection: sqlite3.Connection, given: dict[str, object]) -> Iterator[tuple[int, int, int]]:
    """Priority by priority, so that the index leads straight to what is due."""
    for (priority,) in connection.execute(_PRIORITIES, (given["channel"],)).fetchall():
        yield from connection.execute(_DUE, {**given, "priority": priority}).fetchall()
