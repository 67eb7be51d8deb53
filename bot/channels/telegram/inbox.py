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
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.addresses import address, is_ours
from bot.channels.telegram.building import TelegramBot
from bot.channels.telegram.intake import NOWHERE
from bot.channels.telegram.pausing import backoff, pause
from bot.channels.telegram.reading import (
    Event,
    Identity,
    Membership,
    Moved,
    Said,
    Tapped,
    Unreadable,
    Uploaded,
    opened,
    read,
)
from bot.channels.telegram.saying import saying
from bot.errors import UserError
from bot.logs import redact
from bot.messages import Incoming, Language, Reply
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
FILE_LIMIT = 10_000_000  # bytes of an upload


class Answering(Protocol):
    """Who answers: the assistant."""

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer, with effects, outbox row and the update's mark in one transaction. Raises Conflict
        when that update was done already."""


class Inbox:
    """Works through what is waiting."""

    def __init__(
        self,
        bot: TelegramBot,
        store: Store,
        assistant: Answering,
        *,
        me: Callable[[], Identity],
        wake: Callable[[], None],
        clock: Callable[[], datetime],
        steps: Sequence[float] = STEPS,
    ) -> None:
        self._bot = bot
        self._store = store
        self._assistant = assistant
        self._me = me
        self._wake = wake
        self._clock = clock
        self._steps = steps
        self._bell = asyncio.Event()
        self._lanes: dict[str, deque[Update]] = {}  # by chat
        self._taken: set[str] = set()
        self._backlog = False  # more may be waiting than was taken
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)

    def notice(self) -> None:
        """Something was kept: look now."""
        self._bell.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop``; what is being answered then is finished first."""
        try:
            while not stop.is_set():
                self._bell.clear()
                try:
                    await self._take(stop)
                except Exception:
                    # Nothing is lost: what waits is in the store, and the next look finds it.
                    log.exception("the inbox cannot be read, again soon")
                await self._rest(stop)
        finally:
            await self._finish()

    async def _finish(self) -> None:
        """Let what is under way end; what takes too long is left for the next start, undone."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=FINISH_WITHIN)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _rest(self, stop: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(event.wait()) for event in (self._bell, stop)]
        await asyncio.wait(waits, timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)

    async def _take(self, stop: asyncio.Event) -> None:
        """Put what is new into its chat's lane."""
        full = len(self._taken) >= AT_ONCE
        batch = [] if full else await self._store.waiting(AT_ONCE, channel="telegram")
        self._backlog = full or len(batch) == AT_ONCE
        for update in batch:
            if update.id in self._taken or not is_ours(update.id):
                continue
            self._taken.add(update.id)
            lane = self._lanes.get(update.chat)
            if lane is not None:
                lane.append(update)
                continue
            self._lanes[update.chat] = deque([update])
            self._start(self._walk(update.chat, stop))

    async def _walk(self, chat: str, stop: asyncio.Event) -> None:
        """Answer one chat's updates in their order."""
        lane = self._lanes[chat]
        try:
            while lane and not stop.is_set():
                async with self._places:
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
                await self._answer(update, first=failures == update.attempts)
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

    # --- one update --------------------------------------------------------------------------

    async def _answer(self, update: Update, *, first: bool) -> None:
        event = read(opened(update.raw), self._me())
        try:
            await self._meet(event, update, first=first)
        except UserError as error:
            await self._say(update, error.phrase, **error.fill)

    async def _meet(self, event: Event | None, update: Update, *, first: bool) -> None:
        match event:
            case Said():
                await self._hear(event, update)
            case Tapped():
                if first:
                    self._start(self._release(event.query))
                await self._respond(update, event.sender, tap=event.tap)
            case Uploaded():
                await self._open(event, update)
            case Unreadable():
                await self._say(update, "telegram.unreadable")
            case Membership():
                await self._store.contact_state(update.chat, "active" if event.reachable else "blocked")
                await self._done(update)
            case Moved():
                await self._store.move_chat(address(event.old), address(event.new))
                await self._done(update, chat=address(event.new))
            case None:
                await self._done(update)

    async def _hear(self, said: Said, update: Update) -> None:
        if said.text.split()[0] == "/start":
            # Whoever greets can be reached again, whatever was thought before.
            await self._store.contact_state(update.chat, "active")
        await self._respond(update, said.sender, text=said.text, language=said.language)

    async def _open(self, uploaded: Uploaded, update: Update) -> None:
        """Fetch the file for as long as it is being read, and no longer."""
        if (uploaded.size or 0) > FILE_LIMIT:
            raise _too_large()
        with TemporaryDirectory(prefix="xize-") as directory:
            path = Path(directory) / (Path(uploaded.name).name[-100:] or "file")
            await self._fetch(uploaded.file_id, path)
            await self._respond(update, uploaded.sender, file=path)

    async def _respond(
        self,
        update: Update,
        sender: str | None,
        *,
        text: str | None = None,
        tap: str | None = None,
        file: Path | None = None,
        language: Language | None = None,
    ) -> None:
        await self._assistant.respond(
            Incoming(update.chat, self._clock(), text, tap, file, language, sender, update.id)
        )

    async def _fetch(self, file_id: str, path: Path) -> None:
        try:
            file = await self._bot.get_file(file_id)
        except BadRequest as error:
            if "too big" in str(error).lower():
                raise _too_large() from None
            raise
        await file.download_to_drive(path)

    async def _release(self, query: str) -> None:
        """Take the waiting sign off a pressed button. Harmless when it fails: a message follows."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.info("a tap could not be confirmed: %s", redact(str(error)))

    async def _say(self, update: Update, phrase: str, **fill: object) -> None:
        async with self._store.talk(update.chat, at=self._clock(), update=update.id) as talk:
            talk.outbox.append(saying(talk, update, phrase, self._clock(), **fill))

    async def _done(self, update: Update, chat: str | None = None) -> None:
        """Mark an update that needs no answer."""
        async with self._store.talk(chat or update.chat, at=self._clock(), update=update.id):
            pass

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _too_large() -> UserError:
    return UserError("telegram.file_too_large", megabytes=FILE_LIMIT // 1_000_000)
