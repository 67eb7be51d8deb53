"""What an operator and an auditor read: deliveries, their attempts, the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from storage.records import Attempt, Delivery
from storage.sql.session import Room
from storage.sql.tables import ATTEMPT, DELIVERY, Kind

_ONE = f"select {DELIVERY.selection()} from delivery where id = ?"  # noqa: S608
_UNCERTAIN = f"select {DELIVERY.selection()} from delivery where state = 'uncertain' and changed_at < ?"  # noqa: S608
_PAGE = f"select {DELIVERY.selection()} from delivery where id > ? order by id limit ?"  # noqa: S608
_PAGE_OF_COMPANY = (
    f"select {DELIVERY.selection()} from delivery where id > ? and company_id = ? order by id limit ?"  # noqa: S608
)
_ATTEMPTS = (
    f"select {ATTEMPT.selection()} from attempt where delivery_id between ? and ? "  # noqa: S608
    "order by delivery_id, n"
)
_ATTEMPTS_OF = f"select {ATTEMPT.selection()} from attempt where delivery_id = any(?) order by delivery_id, n"  # noqa: S608
_REMINDED = (
    "select max(sent_at) from delivery "
    "where chat = ? and state = 'sent' and kind <> 'reply' and kind <> 'notice'"
)

_DUE = "select count(*), min(due_at) from delivery where state = 'pending' and next_try_at <= ?"
_AHEAD = "select count(*) from delivery where state = 'pending' and next_try_at > ? and next_try_at <= ?"

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
        self, company_id: str | None = None, *, after: int = 0, limit: int | None = None
    ) -> list[Entry]:
        """See Store.journal."""
        most = _ALL if limit is None else limit
        async with self.reading() as session:
            if company_id is None:
                rows = await session.records(DELIVERY, _PAGE, (after, most))
            else:
                rows = await session.records(DELIVERY, _PAGE_OF_COMPANY, (after, company_id, most))
            if not rows:
                return []
            if company_id is None:
                tries = await session.records(ATTEMPT, _ATTEMPTS, (rows[0].id, rows[-1].id))
            else:
                tries = await session.records(
                    ATTEMPT, _ATTEMPTS_OF, (session.array([row.id for row in rows]),)
                )
        attempts: dict[int, list[Attempt]] = {}
        for attempt in tries:
            attempts.setdefault(attempt.delivery_id, []).append(attempt)
        return [(row, tuple(attempts.get(row.id, ()))) for row in rows]

    async def queue(self, *, now: datetime) -> Mapping[str, Any]:
        """See Store.queue."""
        async with self.reading() as session:
            moment, tomorrow = session.moment(now), session.moment(now + timedelta(days=1))
            states, due, ahead = await session.rows_of_each(
                (
                    ("select state, count(*) from delivery group by state", ()),
                    (_DUE, (moment,)),
                    (_AHEAD, (moment, tomorrow)),
                )
            )
            count, oldest = due[0]
            return {
                "states": dict(states),
                "due": count,
                "oldest_due": None if oldest is None else session.codecs[Kind.MOMENT][1](oldest),
                "next_24_hours": ahead[0][0],
            }
