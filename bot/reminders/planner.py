"""From open deadlines to deliveries. Looks at the level, not at events: whatever was missed is seen
the next time, and doing it twice changes nothing.

The store tells whose turn it is: what changed, and what has come to a moment at which something else
is wanted. So a run costs what there is to do, however much waits, and nothing is remembered here.
"""

from __future__ import annotations

import asyncio
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reminders.leads import DEFAULT_LEADS
from bot.reminders.timing import WorkingDay, monday_to_friday
from bot.reminders.wanting import HORIZON, Wanted, Wanting
from storage.records import Delivery
from storage.store import Store, Turn

FURTHEST_LEAD = timedelta(days=400)  # the longest lead that a contact can ask for
STORM_FROM = 1200  # contacts: what goes out within a minute
_PAGE = 50  # deadlines planned at once, so that talks need not wait long
_AT_ONCE = 200  # rows written in one transaction, so that replies need not wait long
_OWN = ("lead", "overdue")  # the kinds that are planned here, and so put aside here
_LOOK_AGAIN = timedelta(minutes=30)  # at the earliest, at what has not changed; at the latest twice that
_PLANNED_BY = "planned_by"  # the bookmark of what everything was planned by


@dataclass(frozen=True, slots=True)
class Planned:
    """What a planning run did."""

    new: int = 0
    superseded: int = 0
    coalesced: int = 0

    def __add__(self, other: Planned) -> Planned:
        return Planned(
            self.new + other.new, self.superseded + other.superseded, self.coalesced + other.coalesced
        )


class Planner:
    """Keeps the waiting deliveries true to the deadlines and wishes."""

    def __init__(
        self,
        store: Store,
        *,
        leads: Sequence[int] = DEFAULT_LEADS,
        works: WorkingDay = monday_to_friday,
        horizon: timedelta = HORIZON,
        storm_from: int = STORM_FROM,
    ) -> None:
        """``storm_from``: with more contacts than that, reminders of the same minute are spread."""
        self._store = store
        self._storm_from = storm_from
        self._wanting = Wanting(leads, works, horizon)
        self._by = f"leads {','.join(map(str, leads))}; horizon {horizon.days}"
        self._planned_by: str | None = None

    async def run(self, now: datetime) -> Planned:
        """Plan everything that belongs into the horizon. Raises StoreUnavailable; run it again then."""
        self._wanting.storm = await self._store.subscribers(self._storm_from + 1) > self._storm_from
        by = f"{self._by}; storm {self._wanting.storm}"
        if self._planned_by is None:
            self._planned_by = await self._store.bookmark(_PLANNED_BY)
        planned = Planned()
        # Where nothing was planned yet, everything has its turn anyway.
        otherwise = self._planned_by is not None and by != self._planned_by
        async for turns in self._pages(now, everything=otherwise):
            planned += await self._plan(turns, now)
        if by != self._planned_by:
            await self._store.set_bookmark(_PLANNED_BY, by)
            self._planned_by = by
        return planned

    async def _pages(self, now: datetime, *, everything: bool) -> AsyncIterator[list[Turn]]:
        """Page by page whose turn it is and, with ``everything``, all the others in between."""
        after = ""
        while True:
            while turns := await self._store.turns(now=now, limit=_PAGE):
                yield turns
                await asyncio.sleep(0)
                if len(turns) < _PAGE:
                    break  # what is being changed at this moment has its turn the next time
            others = await self._store.all_turns(after, _PAGE) if everything else []
            if not others:
                return
            yield others
            await asyncio.sleep(0)
            after = others[-1].deadline_id

    async def _plan(self, turns: Sequence[Turn], now: datetime) -> Planned:
        wanted = [[self._wanting.of(plan, now) for plan in turn.plans] for turn in turns]
        every = [want for wants in wanted for want in wants]
        new = await self._enqueue(every)
        waiting = await self._store.pending([turn.deadline_id for turn in turns if turn.plans])
        superseded, coalesced = await self._put_aside(waiting, every)
        # Last, so that what was broken off is planned again.
        until = [_until(turn, wants, now) for turn, wants in zip(turns, wanted, strict=True)]
        await self._store.planned(list(zip(turns, until, strict=True)))
        return Planned(new, superseded, coalesced)

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


def _until(turn: Turn, wanted: Iterable[Wanted], now: datetime) -> datetime:
    """When to look again at the latest: spread by id, so that not all come at once."""
    spread = zlib.crc32(turn.deadline_id.encode()) % 1000 / 1000
    moments = [want.until for want in wanted if want.until is not None]
    return min([*moments, now + _LOOK_AGAIN * (1 + spread)])
