"""Whose turn it is to be planned: deadlines that changed, and those for which the time has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from storage.sql.planning import PLANS_OF, as_plan
from storage.sql.session import Given, Room, Session
from storage.sql.tables import BEGINNING
from storage.store import Plan, Turn

_DUE = "select id, touched from deadline where state = 'open' and plan_at <= ? order by plan_at, id limit ?"
_ALL = "select id, touched from deadline where state = 'open' and id > ? order by id limit ?"
# A deadline that somebody is changing at this moment gets its turn by that: nobody is waited for.
_PLANNED = """
update deadline set plan_at = ?
where id = (select id from deadline where id = ? and touched = ? for update skip locked)
"""
# In order of id, so that two who touch the same deadlines wait for each other rather than crosswise.
_TOUCH = """
update deadline set plan_at = ?, touched = touched + 1 where id in (
  select id from deadline where company_id {companies} order by id for update)
"""
_TOUCH_THESE = _TOUCH.format(companies="= any(?)")
_TOUCH_OF_CHAT = _TOUCH.format(
    companies="in (select s.company_id from subscription s "
    "join contact c on c.id = s.contact_id where c.chat = ?)"
)
_SUBSCRIBERS = """
select count(*) from (select distinct contact_id from subscription where state = 'active' limit ?) found
"""


async def touch(session: Session, company_ids: Iterable[str]) -> None:
    """The deadlines of these companies have their turn now: they or who hears of them changed. To be called
    before anything is written to them."""
    companies = sorted(set(company_ids))
    if companies:
        await session.change(_TOUCH_THESE, (session.moment(BEGINNING), session.array(companies)))


async def touch_chat(session: Session, chat: str) -> None:
    """The deadlines of which a chat hears have their turn now."""
    await session.change(_TOUCH_OF_CHAT, (session.moment(BEGINNING), chat))


class Turns(Room):
    """Turns given and taken."""

    async def turns(self, *, now: datetime, limit: int) -> list[Turn]:
        """See Store.turns."""
        async with self.reading() as session:
            return await _turns(session, _DUE, (session.moment(now), limit))

    async def all_turns(self, after: str = "", limit: int = 200) -> list[Turn]:
        """See Store.all_turns."""
        async with self.reading() as session:
            return await _turns(session, _ALL, (after, limit))

    async def planned(self, turns: Sequence[tuple[Turn, datetime]]) -> int:
        """See Store.planned."""
        if not turns:
            return 0
        async with self.writing() as session:
            rows = [(session.moment(until), turn.deadline_id, turn.touched) for turn, until in turns]
            return await session.change_each(_PLANNED, rows)

    async def subscribers(self, at_most: int) -> int:
        """See Store.subscribers."""
        async with self.reading() as session:
            [(count,)] = await session.rows(_SUBSCRIBERS, (at_most,))
            return int(count)


async def _turns(session: Session, chosen: str, given: Given) -> list[Turn]:
    found = await session.rows(chosen, given)
    if not found:
        return []
    plans: dict[str, list[Plan]] = defaultdict(list)
    for row in await session.rows(PLANS_OF, (session.array([row[0] for row in found]),)):
        plan = as_plan(session, row)
        plans[plan.deadline.id].append(plan)
    return [Turn(deadline_id, touched, tuple(plans[deadline_id])) for deadline_id, touched in found]
