"""What the planner reads and writes: open deadlines with who wants to hear of them, waiting rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from storage.records import Delivery, NewDelivery
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.enqueueing import enqueue
from storage.sqlite.rows import COMPANY, CONTACT, DEADLINE, DELIVERY, SUBSCRIPTION, Row, to_json
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
where d.state = 'open' and d.due < ? and s.id = {RULING.format(contact="s.contact_id")}
order by d.due, d.id, c.id
"""  # noqa: S608
_SUBJECTS = f"""
select v.id, {DEADLINE.selection("d")}, {COMPANY.selection("o")}, {CONTACT.selection("c")}
from delivery v
join deadline d on d.id = v.deadline_id
join company o on o.id = d.company_id
join contact c on c.id = v.contact_id
where v.id in (select value from json_each(?))
"""  # noqa: S608
_PENDING = (
    f"select {DELIVERY.selection()} from delivery "  # noqa: S608
    "where state = 'pending' and deadline_id in (select value from json_each(?)) order by id"
)
_SKIP = (
    "update delivery set state = 'skipped', reason = ? "
    "where state in ('pending', 'claimed') and id in (select value from json_each(?))"
)


class SqlitePlanning(SqliteRoom):
    """Deadlines to deliveries."""

    async def enqueue(self, deliveries: Iterable[NewDelivery]) -> int:
        """See Store.enqueue."""
        waiting = list(deliveries)
        if not waiting:
            return 0
        async with self._writing() as connection:
            return enqueue(connection, waiting)

    async def plans(self, due_before: date) -> list[Plan]:
        """See Store.plans."""
        with self._reading() as connection:
            return [_plan(row) for row in connection.execute(_PLANS, (due_before.isoformat(),))]

    async def pending(self, deadline_ids: Sequence[str]) -> list[Delivery]:
        """See Store.pending."""
        with self._reading() as connection:
            rows = connection.execute(_PENDING, (to_json(list(deadline_ids)),))
            return [DELIVERY.load(row) for row in rows]

    async def skip(self, delivery_ids: Sequence[int], reason: str) -> int:
        """See Store.skip. A claimed row has not been sent, so it can still be skipped."""
        if not delivery_ids:
            return 0
        async with self._writing() as connection:
            return connection.execute(_SKIP, (reason, to_json(list(delivery_ids)))).rowcount

    async def subjects(self, delivery_ids: Sequence[int]) -> dict[int, Subject]:
        """See Store.subjects."""
        with self._reading() as connection:
            rows = connection.execute(_SUBJECTS, (to_json(list(delivery_ids)),))
            return {row[0]: _subject(row[1:]) for row in rows}


def _plan(row: Row) -> Plan:
    a = len(DEADLINE.columns)
    b = a + len(SUBSCRIPTION.columns)
    c = b + len(CONTACT.columns)
    return Plan(
        DEADLINE.load(row[:a]), SUBSCRIPTION.load(row[a:b]), CONTACT.load(row[b:c]), COMPANY.load(row[c:])
    )


def _subject(row: Row) -> Subject:
    a = len(DEADLINE.columns)
    b = a + len(COMPANY.columns)
    return Subject(DEADLINE.load(row[:a]), COMPANY.load(row[a:b]), CONTACT.load(row[b:]))
