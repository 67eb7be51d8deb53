"""Choosing which waiting rows to claim, beside others who do the same on other machines.

Rows that another is looking at are passed over rather than waited for. A chat is claimed for by one at
a time: a lock on it is held until the claim is seen by all, and only then are its other rows looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.postgres.connection import PostgresRoom
from storage.records import Delivery
from storage.sql.tables import DELIVERY

_UNCERTAIN_REST = timedelta(seconds=60)  # how long a chat rests after a send whose answer was lost

# A chat hears one thing after another: nothing new while a send to it is under way, held by another
# sender, or of unknown fate a moment ago.
_FREE = """
not exists (select 1 from delivery b where b.chat = d.chat
  and b.state in ('claimed', 'sending') and (b.state = 'sending' or b.owner <> :owner))
and not exists (select 1 from delivery u where u.chat = d.chat
  and u.state = 'uncertain' and u.changed_at > :rested)
"""
# Lane by lane, each a channel and a priority, so that the index leads straight to what is due.
_LANES = """
with recursive lane (channel, priority) as (
  (select channel, priority from delivery where state = 'pending' order by channel, priority limit 1)
  union all
  select further.channel, further.priority from lane, lateral (
    select channel, priority from delivery
    where state = 'pending' and (channel, priority) > (lane.channel, lane.priority)
    order by channel, priority limit 1) further
)
"""
_LOCK_CHAT = "pg_try_advisory_xact_lock(2, hashtext(due.chat)) as is_locked"
_DUE = f"""
{_LANES}
select due.id, {_LOCK_CHAT} from lane, lateral (
  select d.id, d.chat, d.priority, d.next_try_at from delivery d
  where d.state = 'pending' and d.channel = lane.channel and d.priority = lane.priority
    and d.next_try_at <= :now and {_FREE}
  order by d.next_try_at, d.id limit :limit for update skip locked) due
where :everywhere or lane.channel = any(:channels)
order by due.priority, due.next_try_at, due.id limit :limit
"""  # noqa: S608
_DUE_IN_CHAT = f"""
select due.id, {_LOCK_CHAT} from (
  select d.id, d.chat, d.priority, d.next_try_at from delivery d
  where d.state = 'pending' and d.chat = :chat and d.kind <> 'reply' and d.next_try_at <= :now and {_FREE}
  order by d.priority, d.next_try_at, d.id limit :limit for update skip locked) due
order by due.priority, due.next_try_at, due.id
"""  # noqa: S608
# What was chosen is handed on within the database, so that choosing and claiming are one way there and back.
_CHOOSE = """
select set_config('xize.chosen', coalesce(string_agg(cast(chosen.id as text), ','), ''), true)
from ({due}) chosen where chosen.is_locked
"""
_CHOSEN = "cast(string_to_array(current_setting('xize.chosen'), ',') as bigint[])"
# A statement of its own: it sees what was claimed until the lock on the chat was free. "offset 0" has each
# row looked up by its id, whatever the planner believes of a table that has just been filled.
_CLAIM = f"""
update delivery set state = 'claimed', owner = :owner, epoch = epoch + 1,
  lease_until = :clock + cast(:lease as interval), changed_at = :now
where id = any(array(
  select d.id from unnest({_CHOSEN}) as picked (id), lateral (
    select * from delivery where delivery.id = picked.id and state = 'pending' offset 0) d
  where {_FREE}))
returning {DELIVERY.selection()}
"""  # noqa: S608


class PostgresClaiming(PostgresRoom):
    """Claiming, by many at once."""

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
        async with self.preparing() as session:
            given = {
                "owner": owner,
                "now": session.moment(now),
                "clock": session.moment(now),
                "lease": session.lasting(lease),
                "rested": session.moment(now - _UNCERTAIN_REST),
                "limit": limit,
                "chat": chat,
                "everywhere": channels is None,
                "channels": session.array(channels or ("",)),
            }
            choose = _CHOOSE.format(due=_DUE_IN_CHAT if chat else _DUE)
            _, claimed = await session.rows_at_last(((choose, given), (_CLAIM, given)))
            load = session.shape(DELIVERY).load
        # What an update returns has no order.
        return sorted(map(load, claimed), key=_turn)


def _turn(row: Delivery) -> tuple[int, datetime, int]:
    return row.priority, row.next_try_at or row.due_at, row.id
