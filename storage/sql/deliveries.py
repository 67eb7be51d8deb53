"""The delivery's way: claimed under a lease, journalled before the send, settled after it.

A claimed row may be retried freely, a sending one may not: its answer may be lost. So the step to
``sending`` is on disk before a send begins, and what is found in it after its lease is uncertain.
"""

from __future__ import annotations

from datetime import datetime

from storage.records import Delivery
from storage.sql.planning import RULING
from storage.sql.session import Room, Session
from storage.store import Settlement

# Whether a claimed row may still be sent: not out of date, its deadline open and unmoved, its contact
# still wanting it and speaking for the company. NULL where nothing speaks against it.
_OBSTACLE = f"""
(select case
    when v.not_after <= :now then 'expired'
    when v.deadline_id is null or v.revision is null then null
    when c.state <> 'active' then c.state
    when d.id is null then 'superseded'
    when d.state = 'done' then 'done'
    when d.state <> 'open' or d.revision <> v.revision then 'superseded'
    when s.state <> 'active' then 'muted'
    when v.contact_id is not null and m.contact_id is null then 'left'
  end
from delivery v
left join contact c on c.id = v.contact_id
left join deadline d on d.id = v.deadline_id
left join membership m on m.contact_id = v.contact_id and m.company_id = d.company_id
left join subscription s on s.id = {RULING.format(contact="v.contact_id")}
where v.id = :id)
"""  # noqa: S608
_HELD = "where id = :id and owner = :owner and epoch = :epoch and state = 'claimed' and lease_until > :clock"
_DROP = (
    f"update delivery set state = 'skipped', reason = {_OBSTACLE}, owner = null, lease_until = null, "  # noqa: S608
    f"changed_at = :now {_HELD} and {_OBSTACLE} is not null"
)
_SEND = f"update delivery set state = 'sending', attempts = attempts + 1, changed_at = :now {_HELD}"  # noqa: S608
_JOURNAL = (
    "insert into attempt (delivery_id, n, started_at, outcome, detail) "
    "select id, (select 1 + coalesce(max(n), 0) from attempt where delivery_id = :id), changed_at, "
    "'sending', '' from delivery where id = :id and epoch = :epoch and state = 'sending' and owner = :owner "
    "and not exists (select 1 from attempt where delivery_id = :id and outcome = 'sending')"
)
# Which endings a row may come to. An answer that came after the lease still proves that the message arrived.
_OPEN_TO = """
id = :id and owner = :owner and epoch = :epoch
  and (state = 'sending' or state = 'claimed' and :state in ('pending', 'skipped')
    or state = 'uncertain' and :state = 'sent')
"""
# The attempt's outcome so far is the row's state: so it ends together with the row or not at all, and
# what was put back before it was sent has no attempt to end.
_JOURNAL_END = f"""
update attempt set ended_at = :at, outcome = :outcome, detail = :detail, text = :text
where delivery_id = :id and n = (select max(n) from attempt where delivery_id = :id)
  and outcome = (select state from delivery where {_OPEN_TO})
"""  # noqa: S608
_SETTLE = f"""
update delivery set state = :state, reason = :reason, message_id = coalesce(:message_id, message_id),
  sent_at = :sent_at, changed_at = :at, next_try_at = coalesce(:retry_at, next_try_at),
  attempts = attempts - case when state = 'sending' then :uncounted else 0 end,
  owner = case when :state = 'uncertain' then owner end, lease_until = null
where {_OPEN_TO}
"""  # noqa: S608
_OUTCOMES = {"sent": "sent", "pending": "not_sent", "uncertain": "uncertain", "skipped": "refused"}

# The states are said as the index says them, so that it is used.
_LEFT = "state in ('claimed', 'sending') and (lease_until <= :clock or gone(owner))"
_OVER = f"select 1 from delivery where {_LEFT} limit 1"  # noqa: S608
_LOST = f"""
update attempt set outcome = 'uncertain', ended_at = :now, detail = 'lease over'
where outcome = 'sending' and delivery_id in (select id from delivery where state = 'sending' and {_LEFT})
"""  # noqa: S608
_RECOVER_SENDING = (
    "update delivery set state = 'uncertain', lease_until = null, changed_at = :now "  # noqa: S608
    f"where state = 'sending' and {_LEFT}"
)
_RECOVER_CLAIMED = (
    "update delivery set state = 'pending', owner = null, lease_until = null, changed_at = :now "  # noqa: S608
    f"where state = 'claimed' and {_LEFT}"
)
_DECIDE = (
    "update delivery set state = ?, reason = ?, owner = null "
    "where id = ? and epoch = ? and state = 'uncertain'"
)


class Deliveries(Room):
    """Begin, settle, recover, decide. Claiming is each store's own."""

    async def begin(self, delivery: Delivery, *, now: datetime) -> bool:
        """See Store.begin. A row that must not be sent any more is skipped here, with the reason."""
        async with self.writing() as session:
            moment = session.moment(now)
            held = {"id": delivery.id, "owner": delivery.owner, "epoch": delivery.epoch}
            given = {**held, "now": moment, "clock": moment}
            # What is dropped is no longer held, and what is not held is not sent.
            steps = ((_DROP, given), (_SEND, given), (_JOURNAL, given))
            _, sent, _ = await session.changes_at_last(steps)
            return sent == 1

    async def settle(self, delivery: Delivery, settlement: Settlement) -> bool:
        """See Store.settle. A late proof of arrival is taken even after the lease."""
        async with self.writing() as session:
            return await _settle(session, delivery, settlement)

    async def recover(self, *, now: datetime) -> tuple[int, int]:
        """See Store.recover."""
        async with self.reading() as session:
            if await session.row(_OVER, {"clock": session.moment(now)}) is None:
                return 0, 0
        async with self.writing() as session:
            times = {"now": session.moment(now), "clock": session.moment(now)}
            await session.change(_LOST, times)
            lost = await session.change(_RECOVER_SENDING, times)
            return await session.change(_RECOVER_CLAIMED, times), lost

    async def decide(self, delivery: Delivery, state: str, reason: str) -> bool:
        """See Store.decide."""
        async with self.writing() as session:
            row = (state, reason, delivery.id, delivery.epoch)
            return await session.change(_DECIDE, row) == 1


async def _settle(session: Session, delivery: Delivery, settlement: Settlement) -> bool:
    at = session.moment(settlement.at)
    row = {
        "id": delivery.id,
        "owner": delivery.owner,
        "epoch": delivery.epoch,
        "state": settlement.state,
        "reason": settlement.detail if settlement.state == "skipped" else "",
        "message_id": settlement.message_id,
        "sent_at": at if settlement.state == "sent" else None,
        "at": at,
        "retry_at": session.moment(settlement.retry_at) if settlement.retry_at else None,
        "uncounted": 0 if settlement.counted else 1,
        "outcome": _OUTCOMES[settlement.state],
        "detail": settlement.detail,
        "text": settlement.text,
    }
    _, settled = await session.changes_at_last(((_JOURNAL_END, row), (_SETTLE, row)))
    return settled == 1
