"""What an operator and an auditor read: deliveries, their attempts, the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from storage.records import Attempt, Delivery
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.rows import ATTEMPT, DELIVERY, from_ticks, to_ticks

_ONE = f"select {DELIVERY.selection()} from delivery where id = ?"  # noqa: S608
_UNCERTAIN = f"select {DELIVERY.selection()} from delivery where state = 'uncertain' and changed_at < ?"  # noqa: S608
_OF_COMPANY = "where company_id = ?1 or ?1 is null"
_DELIVERIES = f"select {DELIVERY.selection()} from delivery {_OF_COMPANY} order by id"  # noqa: S608
_ATTEMPTS = (
    f"select {ATTEMPT.selection()} from attempt "  # noqa: S608
    f"where delivery_id in (select id from delivery {_OF_COMPANY}) order by delivery_id, n"
)
_REMINDED = (
    "select max(sent_at) from delivery "
    "where chat = ? and state = 'sent' and kind <> 'reply' and kind <> 'notice'"
)

_DUE = "select count(*), min(due_at) from delivery where state = 'pending' and next_try_at <= ?"
_AHEAD = "select count(*) from delivery where state = 'pending' and next_try_at > ? and next_try_at <= ?"


class SqliteJournal(SqliteRoom):
    """Reading deliveries; nothing here changes one."""

    async def delivery(self, delivery_id: int) -> Delivery | None:
        """See Store.delivery."""
        with self._reading() as connection:
            row = connection.execute(_ONE, (delivery_id,)).fetchone()
            return None if row is None else DELIVERY.load(row)

    async def uncertain(self, *, before: datetime) -> list[Delivery]:
        """See Store.uncertain."""
        with self._reading() as connection:
            rows = [DELIVERY.load(row) for row in connection.execute(_UNCERTAIN, (to_ticks(before),))]
        return sorted(rows, key=lambda row: row.id)

    async def reminded(self, chat: str) -> datetime | None:
        """See Store.reminded."""
        with self._reading() as connection:
            ticks = connection.execute(_REMINDED, (chat,)).fetchone()[0]
            return None if ticks is None else from_ticks(ticks)

    async def journal(self, company_id: str | None = None) -> list[tuple[Delivery, tuple[Attempt, ...]]]:
        """See Store.journal."""
        with self._reading() as connection:
            deliveries = [DELIVERY.load(row) for row in connection.execute(_DELIVERIES, (company_id,))]
            attempts: dict[int, list[Attempt]] = {}
            for attempt in map(ATTEMPT.load, connection.execute(_ATTEMPTS, (company_id,))):
                attempts.setdefault(attempt.delivery_id, []).append(attempt)
        return [(delivery, tuple(attempts.get(delivery.id, ()))) for delivery in deliveries]

    async def queue(self, *, now: datetime) -> Mapping[str, Any]:
        """See Store.queue."""
        moment, tomorrow = to_ticks(now), to_ticks(now + timedelta(days=1))
        with self._reading() as connection:
            states = dict(
                connection.execute("select state, count(*) from delivery group by state").fetchall()
            )
            due, oldest = connection.execute(_DUE, (moment,)).fetchone()
            ahead = connection.execute(_AHEAD, (moment, tomorrow)).fetchone()[0]
        return {
            "states": states,
            "due": due,
            "oldest_due": None if oldest is None else from_ticks(oldest),
            "next_24_hours": ahead,
        }
