"""What the planner reads and writes: open deadlines with who wants to hear of them, waiting rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from storage.records import Delivery, NewDelivery
from storage.sql.enqueueing import enqueue
from storage.sql.session import Room, Session
from storage.sql.tables import COMPANY, CONTACT, DEADLINE, DELIVERY, SUBSCRIPTION, Row
from storage.store import Plan, Subject

# The narrowest of a contact's subscriptions speaks for a deadline: the deadline's own, its topic's,
# the company's.
RULING = """
(select r.id from subscription r
  where r.contact_id = {contact} and r.company_id = d.company_id
    and (r.scope = 'company' or r.scope = 'topic' and r.scope_id = d."key"
      or r.scope = 'deadline' and r.scope_id = d.id)
  order by case r.scope when 'deadline' then 0 when 'topic' then 1 else 2 end,
    case r.state when 'active' then 0 when 'muted' then 1 else 2 end, r.id
  limit 1)
"""
_PLANS = f"""
select {DEADLINE.selection("d")}, {SUBSCRIPTION.selection("s")},
  {CONTACT.selection("c")}, {COMPANY.selection("o")}
from deadline d
join subscription s on s.company_id = d.company_id and s.state = 'active'
join contact c on c.id = s.contact_id and c.state = 'active'
join company o on o.id = d.company_id
where d.state = 'open' and {{chosen}} and s.id = {RULING.format(contact="s.contact_id")}
order by d.due, d.id, c.id
"""  # noqa: S608
_ALL_PLANS = _PLANS.format(chosen="d.due < ?")
# A page is cut between deadlines: the contacts of one are planned together.
PLANS_OF = _PLANS.format(chosen="d.id = any(?)")
_OPEN = (
    "select due, id from deadline where state = 'open' and due < ? and (due, id) > (?, ?) "
    "order by due, id limit ?"
)
_SUBJECTS = f"""
select v.id, {DEADLINE.selection("d")}, {COMPANY.selection("o")}, {CONTACT.selection("c")}
from delivery v
join deadline d on d.id = v.deadline_id
join company o on o.id = d.company_id
join contact c on c.id = v.contact_id
where v.id = any(?)
"""  # noqa: S608
# The states are said as the index says them, so that it is used.
_PENDING = (
    f"select {DELIVERY.selection()} from delivery "  # noqa: S608
    "where state in ('pending', 'claimed') and state = 'pending' and deadline_id = any(?) order by id"
)
_SKIP = (
    "update delivery set state = 'skipped', reason = ? where state in ('pending', 'claimed') and id = any(?)"
)


_ALL = 2**62


class Planning(Room):
    """Deadlines to deliveries."""

    async def enqueue(self, deliveries: Iterable[NewDelivery]) -> int:
        """See Store.enqueue."""
        waiting = list(deliveries)
        if not waiting:
            return 0
        async with self.writing() as session:
            return await enqueue(session, waiting)

    async def plans(
        self, due_before: date, *, after: tuple[date, str] | None = None, limit: int | None = None
    ) -> list[Plan]:
        """See Store.plans."""
        async with self.reading() as session:
            day = session.day(due_before)
            if limit is None and after is None:
                return [as_plan(session, row) for row in await session.rows(_ALL_PLANS, (day,))]
            due, deadline_id = after or (date.min, "")
            key, most = (session.day(due), deadline_id), _ALL if limit is None else limit
            # Nobody may want to hear of a whole page of deadlines: then the next one is looked at.
            while found := await session.rows(_OPEN, (day, *key, most)):
                ids = session.array([row[1] for row in found])
                if rows := await session.rows(PLANS_OF, (ids,)):
                    return [as_plan(session, row) for row in rows]
                key = tuple(found[-1])
            return []

    async def pending(self, deadline_ids: Sequence[str]) -> list[Delivery]:
        """See Store.pending."""
        async with self.reading() as session:
            return await session.records(DELIVERY, _PENDING, (session.array(deadline_ids),))

    async def skip(self, delivery_ids: Sequence[int], reason: str) -> int:
        """See Store.skip. A claimed row has not been sent, so it can still be skipped."""
        if not delivery_ids:
            return 0
        async with self.writing() as session:
            return await session.change(_SKIP, (reason, session.array(delivery_ids)))

    async def subjects(self, delivery_ids: Sequence[int]) -> dict[int, Subject]:
        """See Store.subjects."""
        async with self.reading() as session:
            rows = await session.rows(_SUBJECTS, (session.array(delivery_ids),))
            return {row[0]: _subject(session, row[1:]) for row in rows}


def as_plan(session: Session, row: Row) -> Plan:
    """The plan of a row that PLANS_OF selects."""
    a = len(DEADLINE.columns)
    b = a + len(SUBSCRIPTION.columns)
    c = b + len(CONTACT.columns)
    return Plan(
        session.shape(DEADLINE).load(row[:a]),
        session.shape(SUBSCRIPTION).load(row[a:b]),
        session.shape(CONTACT).load(row[b:c]),
        session.shape(COMPANY).load(row[c:]),
    )


def _subject(session: Session, row: Row) -> Subject:
    a = len(DEADLINE.columns)
    b = a + len(COMPANY.columns)
    return Subject(
        session.shape(DEADLINE).load(row[:a]),
        session.shape(COMPANY).load(row[a:b]),
        session.shape(CONTACT).load(row[b:]),
    )
