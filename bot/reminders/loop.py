"""Reminders, day and night: plans every minute and after each change, sends without pause until stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.reminders.dispatcher import Dispatcher
from bot.reminders.escalator import Escalator
from bot.reminders.planner import Planner
from bot.waiting import rest
from storage.errors import StoreError

log = logging.getLogger(__name__)

PLAN_EVERY = 60.0  # seconds
TIDY_EVERY = 5.0
LOOK_EVERY = 1.0
_TROUBLE = (1.0, 30.0)  # seconds to wait after a failure: first, longest

Clock = Callable[[], datetime | None]  # None: the time is in doubt, do nothing


class ReminderLoop:
    """Runs planner, escalator and dispatcher. Whatever fails is tried again; only ``stop`` ends the loop."""

    def __init__(
        self,
        planner: Planner,
        dispatcher: Dispatcher,
        clock: Clock,
        *,
        escalator: Escalator | None = None,
        plan_every: float = PLAN_EVERY,
        tidy_every: float = TIDY_EVERY,
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._planner = planner
        self._dispatcher = dispatcher
        self._clock = clock
        self._escalator = escalator
        self._plan_every = plan_every
        self._tidy_every = tidy_every
        self._look_every = look_every
        self._changed = asyncio.Event()

    def wake(self) -> None:
        """A talk has changed something: send its replies and plan again now."""
        self._changed.set()
        self._dispatcher.wake()

    async def once(self) -> int:
        """Plan and send what is due now; how many messages were tried."""
        now = self._clock()
        if now is None:
            return 0
        await self._dispatcher.tidy(now)
        await self._plan(now)
        return await self._dispatcher.drain(lambda: self._clock() or now)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set. A send under way is finished and settled first."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._repeat(self._plan, self._changed, self._plan_every, stop))
            group.create_task(self._repeat(self._tidy, asyncio.Event(), self._tidy_every, stop))
            for channel, bell in self._dispatcher.bells.items():
                group.create_task(self._repeat(self._sending(channel, stop), bell, self._look_every, stop))

    async def _repeat(
        self,
        work: Callable[[datetime], Awaitable[float | None]],
        bell: asyncio.Event,
        every: float,
        stop: asyncio.Event,
    ) -> None:
        """``work`` may say after how many seconds it wants to be asked again, if before ``every``."""
        trouble = _TROUBLE[0]
        while not stop.is_set():
            bell.clear()
            try:
                now = self._clock()
                sooner = await work(now) if now is not None else None
                wait = every if sooner is None else min(every, sooner)
                trouble = _TROUBLE[0]
            except StoreError as error:
                log.error("the store is in trouble, again in %.0f s: %s", trouble, error)
                wait, trouble = trouble, min(2 * trouble, _TROUBLE[1])
            except Exception:
                log.exception("reminders failed, again in %.0f s", trouble)
                wait, trouble = trouble, min(2 * trouble, _TROUBLE[1])
            await rest(bell, stop, wait)

    async def _plan(self, now: datetime) -> None:
        planned = await self._planner.run(now)
        escalated = await self._escalator.run(now) if self._escalator is not None else 0
        if planned.new or escalated:
            self._dispatcher.wake()

    async def _tidy(self, now: datetime) -> None:
        await self._dispatcher.tidy(now)

    def _sending(self, channel: str, stop: asyncio.Event) -> Callable[[datetime], Awaitable[float | None]]:
        async def send(now: datetime) -> float | None:
            while not stop.is_set() and await self._dispatcher.step(channel, lambda: self._clock() or now):
                pass
            return self._dispatcher.allowed_in(channel, self._clock() or now)

        return send
