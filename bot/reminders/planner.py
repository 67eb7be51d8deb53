"""From open deadlines to deliveries. Looks at the level, not at events: whatever was missed is seen
the next time, and doing it twice changes nothing."""

from __future__ import annotations

import asyncio
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.reminders.leads import DEFAULT_LEADS
from bot.reminders.timing import WorkingDay, monday_to_friday
from bot.reminders.wanting import HORIZON, Wanted, Wanting
from storage.records import Delivery
from storage.store import Plan, Store

FURTHEST_LEAD = timedelta(days=400)  # the longest lead that a contact can ask for
STORM_FROM = 1200  # chats: what goes out within a minute
_AT_ONCE = 200  # rows written in one transaction, so that replies need not wait long
_OWN = ("lead", "overdue")  # the kinds that are planned here, and so put aside here
_LOOK_AGAIN = timedelta(minutes=30)  # at the earliest, at what has not changed; at the latest twice that


@dataclass(frozen=True, slots=True)
class Planned:
    """What a planning run did."""

    new: int
    superseded: int
    coalesced: int


@dataclass(frozen=True, slots=True)
class _Settled:
    """A deadline's plans as they were planned last, and for how long that holds."""

    plans: tuple[Plan, ...]
    since: datetime
    until: datetime


class Planner:
    """Keeps the waiting deliveries true to the deadlines and wishes. What it remembers from run to run
    only saves work: a planner that has just been made comes to the same result."""

    def __init__(
        self,
        store: Store,
        *,
        leads: Sequence[int] = DEFAULT_LEADS,
        works: WorkingDay = monday_to_friday,
        horizon: timedelta = HORIZON,
        storm_from: int = STORM_FROM,
    ) -> None:
        """``storm_from``: with more chats than that, reminders of the same minute are spread."""
        self._storm_from = storm_from
        self._store = store
        self._wanting = Wanting(leads, works, horizon)
        self._horizon = horizon
        self._settled: dict[str, _Settled] = {}

    async def run(self, now: datetime) -> Planned:
        """Plan everything that belongs into the horizon. Raises StoreUnavailable; run it again then."""
        plans = await self._store.plans((now + self._horizon + FURTHEST_LEAD).date())
        groups = {key: tuple(group) for key, group in groupby(plans, lambda plan: plan.deadline.id)}
        storm = len({plan.contact.chat for plan in plans}) > self._storm_from
        if storm != self._wanting.storm:
            self._wanting.storm, self._settled = storm, {}
        self._settled = {key: kept for key, kept in self._settled.items() if key in groups}
        changed = {key: group for key, group in groups.items() if not self._holds(key, group, now)}
        wanted = {key: [self._wanting.of(plan, now) for plan in group] for key, group in changed.items()}
        every = [want for wants in wanted.values() for want in wants]
        new = await self._enqueue(every)
        waiting = await self._store.pending(list(changed)) if changed else []
        superseded, coalesced = await self._put_aside(waiting, every)
        for key, group in changed.items():
            self._settled[key] = _Settled(group, now, _until(key, wanted[key], now))
        return Planned(new, superseded, coalesced)

    def _holds(self, key: str, plans: tuple[Plan, ...], now: datetime) -> bool:
        """Whether planning again could change nothing."""
        kept = self._settled.get(key)
        return kept is not None and kept.since <= now < kept.until and kept.plans == plans

    async def _enqueue(self, wanted: Iterable[Wanted]) -> int:
        rows = [row for want in wanted for row in want.deliveries]
        new = 0
        for start in range(0, len(rows), _AT_ONCE):
            new += await self._store.enqueue(rows[start : start + _AT_ONCE])
            await asyncio.sleep(0)
        return new

    async def _put_aside(self, waiting: Iterable[Delivery], wanted: Sequence[Wanted]) -> tuple[int, int]:
        missed = {key for want in wanted for key in want.missed}
        keys: set[str | None] = {want.standing for want in wanted}
        keys.update(row.dedupe_key for want in wanted for row in want.deliveries)
        keys -= missed
        aside: dict[str, list[int]] = defaultdict(list)
        for row in waiting:
            if row.kind in _OWN and row.repeat_of is None and row.dedupe_key not in keys:
                aside["coalesced" if row.dedupe_key in missed else "superseded"].append(row.id)
        return (
            await self._store.skip(aside["superseded"], "superseded"),
            await self._store.skip(aside["coalesced"], "coalesced"),
        )


def _until(key: str, wanted: Iterable[Wanted], now: datetime) -> datetime:
    """When to look again at the latest: spread by key, so that not all come at once."""
    spread = zlib.crc32(key.encode()) % 1000 / 1000
    turns = [want.until for want in wanted if want.until is not None]
    return min([*turns, now + _LOOK_AGAIN * (1 + spread)])
