"""One update and what becomes of it: the assistant answers what was said, tapped or sent; what only the
channel understands (a chat that moved, a voice) is dealt with here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.addresses import address, number
from bot.channels.telegram.building import TelegramBot
from bot.channels.telegram.managers import Managers
from bot.channels.telegram.pressing import is_rating, release, show_rating, turns_page
from bot.channels.telegram.reading import (
    Event,
    Identity,
    Membership,
    Moved,
    Origin,
    Said,
    Tapped,
    Unreadable,
    Uploaded,
    origin_of,
    read,
)
from bot.channels.telegram.saying import saying
from bot.channels.telegram.sender import REMINDERS_THREAD
from bot.errors import UserError
from bot.logs import redact
from bot.messages import Audience, Incoming, Intent, Place, Reply
from storage.records import Update
from storage.store import Store

log = logging.getLogger(__name__)

FILE_LIMIT = 10_000_000  # bytes of an upload
A_MOMENT = 0.7  # seconds after which a waiting user is shown that something happens
TYPING_SHOWN = 4.5  # seconds that Telegram shows it for


class Answering(Protocol):
    """Who answers: the assistant."""

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer, with effects, outbox row and the update's mark in one transaction. Raises Conflict
        when that update was done already."""


class Answerer:
    """Answers updates, one at a time for each chat."""

    def __init__(
        self,
        bot: TelegramBot,
        store: Store,
        assistant: Answering,
        *,
        me: Callable[[], Identity],
        clock: Callable[[], datetime],
        operators: frozenset[str] = frozenset(),
    ) -> None:
        """``operators`` are Telegram users, as text."""
        self._bot = bot
        self._store = store
        self._assistant = assistant
        self._me = me
        self._clock = clock
        self._operators = operators
        self._managers = Managers(bot, clock)
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, update: Update, *, first: bool) -> None:
        """See inbox.Answers."""
        event, origin = read(update.raw, self._me()), origin_of(update.raw)
        try:
            with self._typing(update.chat, origin):
                await self._meet(event, origin, update, first=first)
        except UserError as error:
            await self._say(update, error.phrase, **error.fill)

    async def close(self) -> None:
        """See inbox.Answers."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _meet(self, event: Event | None, origin: Origin, update: Update, *, first: bool) -> None:
        match event:
            case Said():
                await self._hear(event, origin, update)
            case Tapped():
                await self._press(event, origin, update, first=first)
            case Uploaded():
                await self._open(event, origin, update)
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

    async def _hear(self, said: Said, origin: Origin, update: Update) -> None:
        if said.text.split()[0] == "/start":
            # Whoever greets can be reached again, whatever was thought before.
            await self._store.contact_state(update.chat, "active")
        await self._respond(update, origin, text=said.text, language=said.language, edited=said.edited)

    async def _press(self, tapped: Tapped, origin: Origin, update: Update, *, first: bool) -> None:
        if is_rating(tapped.tap):
            reply = await self._respond(update, origin, tap=tapped.tap, quiet=True)
            self._start(show_rating(self._bot, update.chat, origin.message, tapped, reply))
            return
        if first:
            self._start(release(self._bot, tapped.query))
        replaces = origin.message if turns_page(tapped) else 0
        await self._respond(update, origin, replaces=replaces, tap=tapped.tap)

    async def _open(self, uploaded: Uploaded, origin: Origin, update: Update) -> None:
        """Fetch the file for as long as it is being read, and no longer."""
        if (uploaded.size or 0) > FILE_LIMIT:
            raise _too_large()
        with TemporaryDirectory(prefix="xize-") as directory:
            path = Path(directory) / (Path(uploaded.name).name[-100:] or "file")
            await self._fetch(uploaded.file_id, path)
            await self._respond(update, origin, file=path, caption=uploaded.caption)

    async def _fetch(self, file_id: str, path: Path) -> None:
        try:
            file = await self._bot.get_file(file_id)
        except BadRequest as error:
            if "too big" in str(error).lower():
                raise _too_large() from None
            raise
        await file.download_to_drive(path)

    async def _respond(self, update: Update, origin: Origin, *, replaces: int = 0, **what: Any) -> Reply:
        reply = await self._assistant.respond(
            Incoming(
                update.chat,
                self._clock(),
                sender=origin.sender,
                update=update.id,
                message=str(origin.message),
                name=origin.name,
                may_manage=await self._managers.may_manage(update.chat, origin),
                audience=self._audience(origin),
                place=Place(origin.thread, replaces) if origin.in_group or replaces else None,
                link=f"https://t.me/{self._me().username}?start={{payload}}",
                **what,
            )
        )
        if origin.in_group and reply.intent is Intent.SUBSCRIBE:
            # Reminders go where they were asked for.
            await self._store.set_bookmark(REMINDERS_THREAD.format(chat=update.chat), str(origin.thread))
        return reply

    def _audience(self, origin: Origin) -> Audience:
        if origin.in_group:
            return Audience.EVERYONE
        return Audience.OPERATORS if origin.sender in self._operators else Audience.PRIVATE

    async def _say(self, update: Update, phrase: str, **fill: object) -> None:
        async with self._store.talk(update.chat, at=self._clock(), update=update.id) as talk:
            talk.outbox.append(saying(talk, update, phrase, self._clock(), **fill))

    async def _done(self, update: Update, chat: str | None = None) -> None:
        """Mark an update that needs no answer."""
        async with self._store.talk(chat or update.chat, at=self._clock(), update=update.id):
            pass

    # --- what happens beside -------------------------------------------------------------------

    @contextmanager
    def _typing(self, chat: str, origin: Origin) -> Iterator[None]:
        """Show that something happens, where it takes longer than a moment."""
        shown: list[asyncio.Task[None]] = []
        waiting = asyncio.get_running_loop().call_later(
            A_MOMENT, lambda: shown.append(self._start(self._show_typing(chat, origin)))
        )
        try:
            yield
        finally:
            waiting.cancel()
            for task in shown:
                task.cancel()

    async def _show_typing(self, chat: str, origin: Origin) -> None:
        try:
            while True:
                await self._bot.send_chat_action(
                    number(chat), ChatAction.TYPING, message_thread_id=origin.thread or None
                )
                await asyncio.sleep(TYPING_SHOWN)
        except TelegramError as error:
            log.info("typing could not be shown: %s", redact(str(error)))

    def _start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _too_large() -> UserError:
    return UserError("telegram.file_too_large", megabytes=FILE_LIMIT // 1_000_000)
