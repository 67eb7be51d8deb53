"""Companies and their dates, as planners that go through all of them see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from storage.records import DeadlineMove
from storage.sql.session import Room, Session
from storage.sql.tables import ACK, COMPANY, CONTACT, DEADLINE, DELIVERY, MOVE, SUBSCRIPTION, Table
from storage.store import Watch

_COMPANIES = "select id from company where id > ? order by id limit ?"
_MOVES = f"select {MOVE.selection()} from deadline_move where company_id = ? order by moved_at, deadline_id"  # noqa: S608
# Near: a lead of 1 or less. Said as the index says it, so that it is used. Answered: acknowledged
# after the latest of them was sent, both of which may be missing.
_UNANSWERED = f"""
select {DEADLINE.selection("d")}, {COMPANY.selection("o")}
from deadline d join company o on o.id = d.company_id
where d.state = 'open' and d.due >= ?1 and d.due < ?2 and d.id > ?3
  and exists (select 1 from subscription s where s.company_id = d.company_id and s.state = 'active')
  and not exists (select 1 from delivery v where v.deadline_id = d.id and v.lead <= 1
    and v.payload ->> 'due' = cast(d.due as text) and v.kind = 'escalation' and v.contact_id is null)
  and ((select max(a.at) from delivery v join ack a on a.delivery_id = v.id
      where v.deadline_id = d.id and v.lead <= 1)
    < (select max(coalesce(v.sent_at, v.due_at)) from delivery v where v.deadline_id = d.id
      and v.lead <= 1 and v.state not in ('pending', 'claimed', 'sending'))) is not false
order by d.id limit ?4
"""  # noqa: S608
_CONTACTS = f"""
select m.company_id, {CONTACT.selection("c")} from membership m join contact c on c.id = m.contact_id
where m.company_id = any(?) order by m.rank, c.id
"""  # noqa: S608
_SUBSCRIPTIONS = f"""
select company_id, {SUBSCRIPTION.selection()} from subscription where company_id = any(?) order by id
"""  # noqa: S608
_NEAR = f"""
select deadline_id, {DELIVERY.selection()} from delivery
where lead <= 1 and deadline_id = any(?) order by id
"""  # noqa: S608
_ACKS = f"""
select v.deadline_id, {ACK.selection("a")} from delivery v join ack a on a.delivery_id = v.id
where v.lead <= 1 and v.deadline_id = any(?) order by a.at, a.tap
"""  # noqa: S608


class Standing(Room):
    """Paging through companies, and what became of their deadlines."""

    async def company_ids(self, after: str = "", limit: int = 500) -> list[str]:
        """See Store.company_ids."""
        async with self.reading() as session:
            return [str(row[0]) for row in await session.rows(_COMPANIES, (after, limit))]

    async def unreachable(self) -> int:
        """See Store.unreachable."""
        async with self.reading() as session:
            [(count,)] = await session.rows("select count(*) from contact where state in ('blocked', 'gone')")
            return int(count)

    async def moves(self, company_id: str) -> list[DeadlineMove]:
        """See Store.moves."""
        async with self.reading() as session:
            return await session.records(MOVE, _MOVES, (company_id,))

    async def watches(
        self, due_from: date, due_before: date, after: str = "", limit: int = 500
    ) -> list[Watch]:
        """See Store.watches."""
        width = len(DEADLINE.columns)
        async with self.reading() as session:
            days = (session.day(due_from), session.day(due_before), after, limit)
            found = await session.rows(_UNANSWERED, days)
            of_deadline, of_company = session.shape(DEADLINE).load, session.shape(COMPANY).load
            pairs = [(of_deadline(row[:width]), of_company(row[width:])) for row in found]
            companies = [company.id for _, company in pairs]
            deadlines = [deadline.id for deadline, _ in pairs]
            contacts = await _grouped(session, _CONTACTS, CONTACT, companies)
            subscriptions = await _grouped(session, _SUBSCRIPTIONS, SUBSCRIPTION, companies)
            deliveries = await _grouped(session, _NEAR, DELIVERY, deadlines)
            acks = await _grouped(session, _ACKS, ACK, deadlines)
        return [
            Watch(
                deadline,
                company,
                tuple(contacts[company.id]),
                tuple(subscriptions[company.id]),
                tuple(deliveries[deadline.id]),
                tuple(acks[deadline.id]),
            )
            for deadline, company in pairs
        ]


async def _grouped(
    session: Session, query: str, table: Table[Any], ids: Sequence[str]
) -> dict[str, list[Any]]:
    """The rows of a query that starts with the id they belong to."""
    groups: dict[str, list[Any]] = defaultdict(list)
    load = session.shape(table).load
    for row in await session.rows(query, (session.array(ids),)):
        groups[row[0]].append(load(row[1:]))
    return groups
