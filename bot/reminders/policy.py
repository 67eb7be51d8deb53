"""What follows from how a send ended: try again, give up visibly, or keep as uncertain; and what becomes
of an uncertain one. Loss is weighed against repetition here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from bot.reminders.sending import Ending, SendResult
from storage.records import Delivery, NewDelivery
from storage.store import Settlement

Jitter = Callable[[], float]  # 0..1

UNCERTAIN_FOR = timedelta(seconds=90)  # how long a proof of arrival is waited for
_REPLY_STALE = timedelta(minutes=2)
_BACKOFF_LIMIT = 300.0  # seconds
_SPREAD = 0.2  # of a wait, up and down
_FAILING_FOR = timedelta(hours=24)  # of waits between certain failures: given up
_RECONFIGURE = timedelta(seconds=60)
_WAIT_UNKNOWN = 5.0  # seconds, where the channel says "later" without saying when
RESTORED = "restored"  # the reason of what came into doubt by a restored backup
NEAR_LEAD = 1  # days before the due day from which a reminder is worth repeating, and wants an answer


def settlement(delivery: Delivery, result: SendResult, now: datetime, jitter: Jitter) -> Settlement:
    """How the delivery is settled. ``delivery.attempts`` counts those before this one."""
    match result.ending:
        case Ending.SENT:
            return Settlement("sent", now, result.detail, message_id=result.message_id)
        case Ending.UNCERTAIN:
            return Settlement("uncertain", now, result.detail)
        case Ending.NOT_SENT:
            return _again_or_expired(delivery, result, now, jitter)
        case Ending.LIMITED:
            wait = (result.retry_after or _WAIT_UNKNOWN) * (1 + _SPREAD * jitter())
            return _later(now, timedelta(seconds=wait), result.detail)
        case Ending.MOVED:
            return _later(now, timedelta(), result.detail or "the chat has moved")
        case Ending.MISCONFIGURED:
            return _later(now, _RECONFIGURE, result.detail)
        case Ending.BLOCKED | Ending.GONE:
            return Settlement("skipped", now, result.ending.value)
        case Ending.REFUSED:
            return Settlement("skipped", now, f"refused: {result.detail}" if result.detail else "refused")


def backoff(attempts: int, jitter: Jitter) -> timedelta:
    """How long to wait after so many certain failures: 1, 2, 4 … 300 s, spread so that they do not meet."""
    wait = min(_BACKOFF_LIMIT, 2.0 ** min(attempts, 16))
    return timedelta(seconds=wait * (1 + _SPREAD * (2 * jitter() - 1)))


def failing_for(failures: int) -> timedelta:
    """How long so many certain failures take, the waits between them being what they are."""
    return timedelta(seconds=sum(min(_BACKOFF_LIMIT, 2.0 ** min(number, 16)) for number in range(failures)))


def _again_or_expired(delivery: Delivery, result: SendResult, now: datetime, jitter: Jitter) -> Settlement:
    # How long it was due says nothing: after a day of standstill the first failure is still the first.
    if failing_for(delivery.attempts + 1) >= _FAILING_FOR:
        return Settlement("skipped", now, "expired")
    return Settlement("pending", now, result.detail, retry_at=now + backoff(delivery.attempts, jitter))


def _later(now: datetime, wait: timedelta, detail: str) -> Settlement:
    return Settlement("pending", now, detail, retry_at=now + wait, counted=False)


def fate(delivery: Delivery, now: datetime) -> Literal["held", "repeat"]:
    """Whether an uncertain delivery is held back or repeated once, marked. A repeat is never repeated, and
    what a restored backup left in doubt, perhaps thousands, waits for an operator's word."""
    if (
        delivery.reason == RESTORED
        or delivery.repeat_of is not None
        or (delivery.not_after is not None and delivery.not_after <= now)
    ):
        return "held"
    if delivery.kind == "reply":
        return "repeat" if now - delivery.due_at < _REPLY_STALE else "held"
    if delivery.kind in ("overdue", "escalation", "snooze") or delivery.payload.get("about") == "moved":
        return "repeat"
    if delivery.kind == "lead" and delivery.lead is not None and delivery.lead <= NEAR_LEAD:
        return "repeat"
    return "held"


def repeat(delivery: Delivery, now: datetime) -> NewDelivery:
    """The one marked repeat of an uncertain delivery."""
    return NewDelivery(
        dedupe_key=f"{delivery.dedupe_key}:repeat",
        chat=delivery.chat,
        kind=delivery.kind,
        due_at=now,
        payload=delivery.payload,
        priority=delivery.priority,
        contact_id=delivery.contact_id,
        company_id=delivery.company_id,
        deadline_id=delivery.deadline_id,
        revision=delivery.revision,
        lead=delivery.lead,
        not_after=delivery.not_after,
        repeat_of=delivery.id,
    )
