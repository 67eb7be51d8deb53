"""Choosing which waiting rows to claim: flat in the number of rows that wait for later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.records import Delivery
from storage.sql.tables import DELIVERY, Row
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.session import SqliteSession

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
update delivery set state = 'claimed', owner = :owner, epoch = epoch + 1, lease_until = :clock + :lease,
  changed_at = :now
where id = any(:ids) and state = 'pending' and {_FREE}
returning {DELIVERY.selection()}
"""  # noqa: S608


class SqliteClaiming(SqliteRoom):
    """Claiming, by one writer."""

    async def claim(
        self,
        owner: str,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        channels: Sequence[str] | None = None,
        chat: str | None = None,
    ) -> list[Delivery]:
        """See Store.claim."""
        async with self.reading() as session:
            given = {
                "owner": owner,
                "now": session.moment(now),
                "rested": session.moment(now - _UNCERTAIN_REST),
                "limit": limit,
                "chat": chat,
            }
            ids = await _choose(session, given, channels, limit)
        if not ids:
            return []  # most looks find nothing, and need not write
        async with self.writing() as session:
            leased = {"clock": session.moment(now), "lease": session.lasting(lease)}
            chosen = {**given, **leased, "ids": session.array(ids)}
            claimed = {row.id: row for row in await session.records(DELIVERY, _CLAIM, chosen)}
        return [claimed[delivery_id] for delivery_id in ids if delivery_id in claimed]


async def _choose(
    session: SqliteSession, given: dict[str, object], channels: Sequence[str] | None, limit: int
) -> list[int]:
    """The ids of the rows that may be claimed, best priority and oldest first."""
    if given["chat"]:
        rows = await session.rows(_DUE_IN_CHAT, given)
    else:
        waiting = [row[0] for row in await session.rows(_CHANNELS)]
        rows = []
        for channel in waiting:
            if channels is None or channel in channels:
                rows += await _due_on(session, {**given, "channel": channel})
    return [row[2] for row in sorted(rows)[:limit]]


async def _due_on(session: SqliteSession, given: dict[str, object]) -> list[Row]:
    """Priority by priority, so that the index leads straight to what is due."""
    rows: list[Row] = []
    for (priority,) in await session.rows(_PRIORITIES, (given["channel"],)):
        rows += await session.rows(_DUE, {**given, "priority": priority})
    return rows
