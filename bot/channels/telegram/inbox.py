"""Kept updates are answered: each chat's in order, chats side by side, every effect once.

The assistant marks an update done in the transaction of its effects, so a repeated update, a restart
or a second process changes nothing. One that keeps failing is set aside and the user told.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Protocol

from bot.channels.telegram.addresses import is_ours
from bot.channels.telegram.intake import NOWHERE
from bot.channels.telegram.saying import saying
from bot.logs import following, redact
from bot.waiting import backoff, pause, rest
from storage.errors import Conflict, StoreUnavailable
from storage.records import Update
from storage.store import Store

log = logging.getLogger(__name__)

ATTEMPTS = 5  # then the update is set aside
STEPS = (0.2, 0.4, 0.8, 1.6)  # seconds between attempts
LOOK_AGAIN = 1.0  # seconds; the store is the truth, the bell only hurries
AT_ONCE = 200  # updates held in memory; the others wait in the store
SIDE_BY_SIDE = 8  # chats answered at the same time
FINISH_WITHIN = 8.0  # seconds at a stop


class Answers(Protocol):
    """What becomes of an update."""

    async def answer(self, update: Update, *, first: bool) -> None:
        """Answer it and mark it done in one transaction. ``first``: it was not tried in this process.
        Raises Conflict when it was done already."""

    async def close(self) -> None:
        """Let what was begun on the side come to its end."""


class Inbox:
    """Works through what is waiting."""

    def __init__(
        self,
        store: Store,
        answers: Answers,
        *,
        wake: Callable[[], None],
        clock: Callable[[], datetime],
        steps: Sequence[float] = STEPS,
    ) -> None:
        self._store = store
        self._answers = answers
        self._wake = wake
        self._clock = clock
        self._steps = steps
        self._bell = asyncio.Event()
        self._stop: asyncio.Event | None = None  # while it runs
        self._lanes: dict[str, deque[Update]] = {}  # by chat
        self._taken: set[str] = set()
        self._backlog = False  # more may be waiting than was taken
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)

    def notice(self, kept: Sequence[Update] = ()) -> None:
        """These were kept just now. As many as there is room for are taken as they are, the others are
        found in the store; where some wait there already, all are, lest one overtakes another."""
        if self._stop is None or self._backlog or len(self._taken) + len(kept) > AT_ONCE:
            self._backlog = True
            self._bell.set()
            return
        for update in kept:
            self._line_up(update)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop``; what is being answered then is finished first."""
        self._stop, self._backlog = stop, True
        try:
            while not stop.is_set():
                self._bell.clear()
                try:
                    await self._take()
                except Exception:
                    # Nothing is lost: what waits is in the store, and the next look finds it.
                    log.exception("the inbox cannot be read, again soon")
                await rest(self._bell, stop, LOOK_AGAIN)
        finally:
            self._stop = None
            await self._finish()

    async def _finish(self) -> None:
        """Let what is under way end; what takes too long is left for the next start, undone."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=FINISH_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._answers.close()

    async def _take(self) -> None:
        """Line up what the store holds."""
        full = len(self._taken) >= AT_ONCE
        batch = [] if full else await self._store.waiting(AT_ONCE, channel="telegram")
        self._backlog = full or len(batch) == AT_ONCE
        for update in batch:
            self._line_up(update)

    def _line_up(self, update: Update) -> None:
        """Put an update into its chat's lane, once."""
        if update.id in self._taken or not is_ours(update.id):
            return
        self._taken.add(update.id)
        lane = self._lanes.get(update.chat)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.chat] = deque([update])
        self._start(self._walk(update.chat))

    async def _walk(self, chat: str) -> None:
        """Answer one chat's updates in their order."""
        lane = self._lanes[chat]
        try:
            while lane and (stop := self._stop) is not None and not stop.is_set():
                async with self._places:
                    with following(lane[0].id):
                        await self._settle(lane[0], stop)
                self._taken.discard(lane.popleft().id)
                if self._backlog and len(self._taken) <= AT_ONCE // 2:
                    self._bell.set()
        finally:
            self._taken.difference_update(update.id for update in lane)
            del self._lanes[chat]

    async def _settle(self, update: Update, stop: asyncio.Event) -> None:
        """Answer one update, trying again after failures, until it is done or set aside."""
        failures = update.attempts
        while failures < ATTEMPTS and not stop.is_set():
            try:
                await self._answers.answer(update, first=failures == update.attempts)
            except Conflict:
                return  # done already: a repeat
            except StoreUnavailable as error:
                log.warning("update %s waits for the store: %s", update.id, error)
                await pause(stop, self._steps[-1])
            except Exception as error:
                failures += 1
                log.exception("update %s failed, attempt %d", update.id, failures)
                await self._failed(update, redact(repr(error)), poison=failures >= ATTEMPTS)
                if failures < ATTEMPTS:
                    await pause(stop, backoff(self._steps, failures))
            else:
                self._wake()
                return

    async def _failed(self, update: Update, error: str, *, poison: bool) -> None:
        try:
            await self._store.failed(update.id, error, poison=poison)
            if poison and update.chat != NOWHERE:
                async with self._store.talk(update.chat, at=self._clock()) as talk:
                    talk.outbox.append(saying(talk, update, "telegram.failed", self._clock()))
                self._wake()
        except Exception:
            log.exception("the failure of update %s could not be noted", update.id)

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
