"""The delivery's way: claimed under a lease, journalled before the send, settled after it.

A claimed row may be retried freely, a sending one may not: its answer may be lost. So the step to
``sending`` is on disk before a send begins, and what is found in it after its lease is uncertain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from storage.records import Delivery
from storage.sqlite.claiming import choose, claim
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.planning import RULING
from storage.sqlite.rows import to_ticks
from storage.store import Settlement

# Whether a claimed row may still be sent: not out of date, its deadline open and unmoved, its contact
# still wanting it. NULL where nothing speaks against it.
_OBSTACLE = f"""
select case
    when v.not_after <= :now then 'expired'
    when v.deadline_id is null or v.revision is null then null
    when c.state <> 'active' then c.state
    when d.id is null then 'superseded'
    when d.state = 'done' then 'done'
    when d.state <> 'open' or d.revision <> v.revision then 'superseded'
    when s.state <> 'active' then 'muted'
  end
from delivery v
left join contact c on c.id = v.contact_id
left join deadline d on d.id = v.deadline_id
left join subscription s on s.id = {RULING.format(contact="v.contact_id")}
where v.id = :id and v.owner = :owner and v.epoch = :epoch and v.state = 'claimed' and v.lease_until > :now
"""  # noqa: S608
_SEND = "update delivery set state = 'sending', attempts = attempts + 1, changed_at = ? where id = ?"
_DROP = (
    "update delivery set state = 'skipped', reason = ?, owner = null, lease_until = null, changed_at = ? "
    "where id = ?"
)
_JOURNAL = (
    "insert into attempt (delivery_id, n, started_at, outcome, detail) "
    "values (?1, (select 1 + coalesce(max(n), 0) from attempt where delivery_id = ?1), ?2, 'sending', '')"
)
_JOURNAL_END = (
    "update attempt set ended_at = ?, outcome = ?, detail = ?, text = ? "
    "where delivery_id = ? and outcome = ? and n = (select max(n) from attempt where delivery_id = ?)"
)
# An answer that came after the lease still proves that the message arrived.
_SETTLE = """
update delivery set state = :state, reason = :reason, message_id = coalesce(:message_id, message_id),
  sent_at = :sent_at, changed_at = :at, next_try_at = coalesce(:retry_at, next_try_at),
  attempts = attempts - :uncounted, owner = case :state when 'uncertain' then owner end, lease_until = null
where id = :id and owner = :owner and epoch = :epoch
  and (state = 'sending' or state = 'claimed' and :state in ('pending', 'skipped')
    or state = 'uncertain' and :state = 'sent')
"""
_OUTCOMES = {"sent": "sent", "pending": "not_sent", "uncertain": "uncertain", "skipped": "refused"}

_LOST = """
update attempt set outcome = 'uncertain', ended_at = ?1, detail = 'lease over'
where outcome = 'sending'
  and delivery_id in (select id from delivery
    where state in ('claimed', 'sending') and state = 'sending' and lease_until <= ?1)
"""
# The states are said as the index says them, so that it is used.
_RECOVER_SENDING = (
    "update delivery set state = 'uncertain', lease_until = null, changed_at = ?1 "
    "where state in ('claimed', 'sending') and state = 'sending' and lease_until <= ?1"
)
_RECOVER_CLAIMED = (
    "update delivery set state = 'pending', owner = null, lease_until = null, changed_at = ?1 "
    "where state in ('claimed', 'sending') and state = 'claimed' and lease_until <= ?1"
)
_DECIDE = (
    "update delivery set state = ?, reason = ?, owner = null "
    "where id = ? and epoch = ? and state = 'uncertain'"
)


class SqliteDeliveries(SqliteRoom):
    """Claim, begin, settle, recover, decide."""

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
        choice = partial(choose, owner=owner, now=now, limit=limit, channels=channels, chat=chat)
        with self._reading() as connection:
            if not choice(connection):
                return []  # most looks find nothing, and need not write
        async with self._writing() as connection:
            return claim(connection, owner, choice(connection), now=now, lease=lease)

    async def begin(self, delivery: Delivery, *, now: datetime) -> bool:
        """See Store.begin. A row that must not be sent any more is skipped here, with the reason."""
        async with self._writing() as connection:
            return _begin(connection, delivery, to_ticks(now))

    async def settle(self, delivery: Delivery, settlement: Settlement) -> bool:
        """See Store.settle. A late proof of arrival is taken even after the lease."""
        async with self._writing() as connection:
            return _settle(connection, delivery, settlement)

    async def recover(self, *, now: datetime) -> tuple[int, int]:
        """See Store.recover."""
        ticks = (to_ticks(now),)
        with self._reading() as connection:
            over = connection.execute(
                "select 1 from delivery where state in ('claimed', 'sending') and lease_until <= ? limit 1",
                ticks,
            ).fetchone()
        if over is None:
            return 0, 0
        async with self._writing() as connection:
            connection.execute(_LOST, ticks)
            lost = connection.execute(_RECOVER_SENDING, ticks).rowcount
            return connection.execute(_RECOVER_CLAIMED, ticks).rowcount, lost

    async def decide(self, delivery: Delivery, state: str, reason: str) -> bool:
        """See Store.decide."""
        async with self._writing() as connection:
            row = (state, reason, delivery.id, delivery.epoch)
            return connection.execute(_DECIDE, row).rowcount == 1


def _begin(connection: sqlite3.Connection, delivery: Delivery, now: int) -> bool:
    held = {"id": delivery.id, "owner": delivery.owner, "epoch": delivery.epoch, "now": now}
    row = connection.execute(_OBSTACLE, held).fetchone()
    if row is None:
        return False
    if row[0] is not None:
        connection.execute(_DROP, (row[0], now, delivery.id))
        return False
    connection.execute(_SEND, (now, delivery.id))
    connection.execute(_JOURNAL, (delivery.id, now))
    return True


def _settle(connection: sqlite3.Connection, delivery: Delivery, settlement: Settlement) -> bool:
    found = connection.execute("select state from delivery where id = ?", (delivery.id,)).fetchone()
    before = found[0] if found else None
    at = to_ticks(settlement.at)
    row = {
        "id": delivery.id,
        "owner": delivery.owner,
        "epoch": delivery.epoch,
        "state": settlement.state,
        "reason": settlement.detail if settlement.state == "skipped" else "",
        "message_id": settlement.message_id,
        "sent_at": at if settlement.state == "sent" else None,
        "at": at,
        "retry_at": settlement.retry_at and to_ticks(settlement.retry_at),
        "uncounted": int(before == "sending" and not settlement.counted),
    }
    if connection.execute(_SETTLE, row).rowcount != 1:
        return False
    outcome = _OUTCOMES[settlement.state]
    ending = (at, outcome, settlement.detail, settlement.text, delivery.id, before, delivery.id)
    connection.execute(_JOURNAL_END, ending)
    return True
