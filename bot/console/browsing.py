"""Deliveries from the latest backwards, a bounded piece at a time however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records import Attempt, Delivery
from storage.store import Store

PAGE = 50  # deliveries shown at once
_WINDOW = 500  # ids read at once
_MOST_WINDOWS = 20  # before a reader is asked whether to look further

Entry = tuple[Delivery, tuple[Attempt, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """Deliveries, the latest first; ``older`` is the id to go on before, None at the end."""

    entries: tuple[Entry, ...]
    older: int | None


async def latest(store: Store, state: str, before: int | None, now: datetime) -> Found:
    """Deliveries in a state ("" for all) with ids under ``before``. Replies are left out: what was said to
    whom in a talk is nobody else's business."""
    if state == "uncertain":
        rows = await store.uncertain(before=now + timedelta(seconds=1))
        return Found(tuple((row, ()) for row in reversed(rows) if row.kind != "reply"), None)
    upper = before if before is not None else await _last_id(store) + 1
    first = await store.journal(limit=1)
    lowest = first[0][0].id if first else upper
    found: list[Entry] = []
    for _ in range(_MOST_WINDOWS):
        if upper <= lowest:
            return Found(tuple(found), None)
        lower = max(upper - 1 - _WINDOW, 0)
        window = await store.journal(after=lower, limit=_WINDOW)
        for entry in reversed([entry for entry in window if entry[0].id < upper]):
            if entry[0].kind != "reply" and state in ("", entry[0].state):
                found.append(entry)
                if len(found) == PAGE:
                    return Found(tuple(found), entry[0].id)
        upper = lower + 1
    return Found(tuple(found), upper)


async def _last_id(store: Store) -> int:
    """The highest id of a delivery, found by asking whether there is any beyond: some forty small questions,
    whatever the number of rows."""
    low, step = 0, 1
    while await store.journal(after=low + step, limit=1):
        low, step = low + step, step * 2
    high = low + step
    while low < high:
        middle = (low + high) // 2
        if await store.journal(after=middle, limit=1):
            low = middle + 1
        else:
            high = middle
    return low
