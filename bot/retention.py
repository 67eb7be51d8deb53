"""What is kept no longer than it is needed: once a day the store lets go of what has had its time, in small
steps, so that nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.waiting import pause
from storage.errors import StoreError
from storage.store import Store

log = logging.getLogger(__name__)

ROLE = "retention"  # one process at a time
LEASE = timedelta(minutes=10)
EVERY = 24 * 3600.0  # seconds
AFTER_TROUBLE = 600.0  # seconds
BETWEEN = 0.05  # seconds between two steps, for everybody else

Clock = Callable[[], datetime | None]  # None: the time is in doubt, remove nothing


@dataclass(frozen=True, slots=True)
class Keep:
    """How long things are kept, in days."""

    transcripts: int  # lines of the web chat
    updates: int  # messages as they came in, once they are handled
    journal: int  # deliveries that came to an end: the proof of notification
    feedback: int  # questions that were not answered, answers that were disliked
    answers: int = 2  # answers to API requests, for a caller that asks again

    def before(self, now: datetime) -> Mapping[str, datetime]:
        """The moment before which each kind has had its time."""
        return {
            name: now - timedelta(days=getattr(self, name))
            for name in ("transcripts", "updates", "journal", "feedback", "answers")
        }


class Retention:
    """Removes what has had its time, at start and then once a day."""

    def __init__(
        self,
        store: Store,
        keep: Keep,
        clock: Clock,
        *,
        owner: str,
        tell: Callable[[str, int], None] = lambda kind, rows: None,
        every: float = EVERY,
    ) -> None:
        """``owner`` names this process; ``tell`` is told the kind and how many rows went."""
        self._store = store
        self._keep = keep
        self._clock = clock
        self._owner = owner
        self._tell = tell
        self._every = every

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``. What fails is tried again ten minutes later."""
        while not stop.is_set():
            wait = self._every
            try:
                await self.sweep(stop)
            except StoreError as error:
                log.warning("nothing could be removed, again later: %s", error)
                wait = AFTER_TROUBLE
            except Exception:
                log.exception("removing what has had its time failed, again later")
                wait = AFTER_TROUBLE
            await pause(stop, wait)

    async def sweep(self, stop: asyncio.Event | None = None) -> Mapping[str, int]:
        """Remove all that has had its time; how many rows of each kind. Nothing where another process does
        it, or while the clock is in doubt. Raises StoreError."""
        removed: Counter[str] = Counter()
        while not (stop is not None and stop.is_set()):
            now = self._clock()
            if now is None or not await self._store.hold(ROLE, self._owner, now=now, lease=LEASE):
                break
            step = await self._step(now)
            removed.update(step)
            if not step:
                await self._store.let_go(ROLE, self._owner)
                break
            await asyncio.sleep(BETWEEN)
        if removed:
            log.info("removed, their time being over: %s", dict(removed))
        return removed

    async def _step(self, now: datetime) -> Mapping[str, int]:
        removed = await self._store.purge(**self._keep.before(now))
        step = {kind: rows for kind, rows in removed.items() if rows}
        for kind, rows in step.items():
            self._tell(kind, rows)
        return step
