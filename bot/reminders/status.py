"""How the queue stands, for operators: what is due, what is stuck, what comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.store import Store

BACKGROUND_RATE = 20  # reminders a second that a channel takes, see Limits
_LATE = timedelta(minutes=30)  # a due reminder that waits longer is worth a look


@dataclass(frozen=True, slots=True)
class Status:
    """The queue at a moment. ``eta_seconds``: by when all that is due now can have gone out."""

    at: datetime
    pending: int
    due: int
    oldest_due: datetime | None
    eta_seconds: int
    next_24_hours: int
    uncertain: int
    unreachable: int  # contacts who blocked us or are gone
    states: Mapping[str, int]

    @property
    def is_late(self) -> bool:
        """Whether something has been due for longer than a storm explains."""
        wait = timedelta(seconds=self.eta_seconds) + _LATE
        return self.oldest_due is not None and self.at - self.oldest_due > wait

    def as_json(self) -> dict[str, Any]:
        """For machines: times as ISO text."""
        values = {**asdict(self), "states": dict(self.states), "late": self.is_late}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in values.items()
        }


async def read_status(store: Store, now: datetime) -> Status:
    """Look at the queue. Raises StoreUnavailable."""
    queue = await store.queue(now=now)
    states = dict(queue["states"])
    return Status(
        at=now,
        pending=states.get("pending", 0),
        due=queue["due"],
        oldest_due=queue["oldest_due"],
        eta_seconds=-(-queue["due"] // BACKGROUND_RATE),
        next_24_hours=queue["next_24_hours"],
        uncertain=states.get("uncertain", 0),
        unreachable=await store.unreachable(),
        states=states,
    )
