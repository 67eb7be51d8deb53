"""What an operator and an auditor read: deliveries, their attempts, the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from storage.records import Attempt, Delivery
from storage.sql.session import Room
from storage.sql.tables import ATTEMPT, BEGINNING, DELIVERY, Kind

_ONE = f"select {DELIVERY.selection()} from delivery where id = ?"  # noqa: S608
_UNCERTAIN = f"select {DELIVERY.selection()} from delivery where state = 'uncertain' and changed_at < ?"  # noqa: S608
_PAGE = f"select {DELIVERY.selection()} from delivery where id > :after{{chosen}} order by id limit :limit"  # noqa: S608
_OF_COMPANY = " and company_id = :company"
_IN_STATES = " and state = any(:states)"
_ATTEMPTS = f"select {ATTEMPT.selection()} from attempt where delivery_id = any(?) order by delivery_id, n"  # noqa: S608
_REMINDED = (
    "select max(sent_at) from delivery "
    "where chat = ? and state = 'sent' and kind <> 'reply' and kind <> 'notice'"
)

# Each group of states is counted in the index that holds it, so that no table of a million rows is read;
# what is in none of them waits.
_ALL_STATES = "select count(*) from delivery"
_UNDER_WAY = "select state, count(*) from delivery where state in ('claimed', 'sending') group by state"
_UNDECIDED = "select state, count(*) from delivery where state = 'uncertain' group by state"
_ENDED = (
    "select state, count(*) from delivery where state in ('sent', 'skipped', 'closed') "
    "and changed_at >= ? group by state"
)
# Lane by lane, each a channel and a priority, so that the index leads straight to what is due.
_LANES = """
with recursive channels (channel) as (
  select min(channel) from delivery where state = 'pending'
  union all
  select (select min(channel) from delivery where state = 'pending' and channel > channels.channel)
  from channels where channels.channel is not null
), lane (channel, priority) as (
  select channel, (select min(priority) from delivery
    where state = 'pending' and channel = channels.channel) from channels
  union all
  select channel, (select min(priority) from delivery
    where state = 'pending' and channel = lane.channel and priority > lane.priority)
  from lane where lane.priority is not null
)
"""
_IN_LANE = "v.state = 'pending' and v.channel = lane.channel and v.priority = lane.priority"
_DUE = f"""
{_LANES} select count(*), min(v.due_at) from lane
join delivery v on {_IN_LANE} and v.next_try_at <= ?
"""  # noqa: S608
_AHEAD = f"""
{_LANES} select count(*) from lane join delivery v on {_IN_LANE} and v.next_try_at > ? and v.next_try_at <= ?
"""  # noqa: S608

_ALL = 2**62
Entry = tuple[Delivery, tuple[Attempt, ...]]


class Journal(Room):
    """Reading deliveries; nothing here changes one."""

    async def delivery(self, delivery_id: int) -> Delivery | None:
        """See Store.delivery."""
        async with self.reading() as session:
            found = await session.records(DELIVERY, _ONE, (delivery_id,))
            return found[0] if found else None

    async def uncertain(self, *, before: datetime) -> list[Delivery]:
        """See Store.uncertain."""
        async with self.reading() as session:
            rows = await session.records(DELIVERY, _UNCERTAIN, (session.moment(before),))
        return sorted(rows, key=lambda row: row.id)

    async def reminded(self, chat: str) -> datetime | None:
        """See Store.reminded."""
        async with self.reading() as session:
            row = await session.row(_REMINDED, (chat,))
            if row is None or row[0] is None:
                return None
            moment: datetime = session.codecs[Kind.MOMENT][1](row[0])
            return moment

    async def journal(
        self,
        company_id: str | None = None,
        *,
        after: int = 0,
        limit: int | None = None,
        states: Sequence[str] | None = None,
    ) -> list[Entry]:
        """See Store.journal."""
        chosen = _OF_COMPANY if company_id is not None else ""
        chosen += _IN_STATES if states is not None else ""
        async with self.reading() as session:
            given = {
                "after": after,
                "limit": _ALL if limit is None else limit,
                "company": company_id,
                "states": session.array(states or ()),
            }
            rows = await session.records(DELIVERY, _PAGE.format(chosen=chosen), given)
            ids = session.array([row.id for row in rows])
            tries = await session.records(ATTEMPT, _ATTEMPTS, (ids,)) if rows else []
        attempts: dict[int, list[Attempt]] = {}
        for attempt in tries:
            attempts.setdefault(attempt.delivery_id, []).append(attempt)
        return [(row, tuple(attempts.get(row.id, ()))) for row in rows]

    async def queue(self, *, now: datetime) -> Mapping[str, Any]:
        """See Store.queue."""
        async with self.reading() as session:
            moment, tomorrow = session.moment(now), session.moment(now + timedelta(days=1))
            [(total,)], *others, due, ahead = await session.rows_of_each(
                (
                    (_ALL_STATES, ()),
                    (_UNDER_WAY, ()),
                    (_UNDECIDED, ()),
                    (_ENDED, (session.moment(BEGINNING),)),
                    (_DUE, (moment,)),
                    (_AHEAD, (moment, tomorrow)),
                )
            )
            states: dict[str, int] = dict(chain.from_iterable(others))
            waiting = total - sum(states.values())
            count, oldest = due[0]
            return {
                "states": {"pending": waiting, **states} if waiting else states,
                "due": count,
                "oldest_due": None if oldest is None else session.codecs[Kind.MOMENT][1](oldest),
                "next_24_hours": ahead[0][0],
            }
