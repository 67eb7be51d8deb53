"""Replies go out as messages. Once and never again: what became of a send is told, the dispatcher decides."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from markupsafe import escape
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.addresses import CHANNEL, number
from bot.channels.telegram.building import TelegramBot
from bot.channels.telegram.endings import (
    cannot_be_edited,
    ending_of,
    is_bad_button,
    is_threadless,
    is_unparsable,
)
from bot.channels.telegram.keyboards import keyboard
from bot.channels.telegram.splitting import plain, split
from bot.messages import Attachment, Reply
from bot.phrases import phrases
from bot.reminders.limits import is_group
from bot.reminders.sending import Ending, SendResult
from bot.rendering import render
from storage.errors import StoreError

log = logging.getLogger(__name__)

CALL_TIMEOUT = 25.0  # seconds for one call altogether, however slowly its bytes trickle
PARTS_SENT = "telegram.parts.{delivery}"  # bookmark: how many parts of a delivery have arrived
REMINDERS_THREAD = "telegram.thread.{chat}"  # bookmark: the topic of a forum that reminders go to

_CERTAINLY_LATER = frozenset({Ending.NOT_SENT, Ending.LIMITED, Ending.MISCONFIGURED, Ending.MOVED})
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Bookmarks(Protocol):
    """The part of the store that remembers how far a long reply got."""

    async def bookmark(self, name: str) -> str | None:
        """A small value by name."""

    async def set_bookmark(self, name: str, value: str) -> None:
        """Set a small value."""


@dataclass(frozen=True, slots=True)
class _Words:
    html: str
    keys: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class _Document:
    name: str
    content: bytes
    keys: InlineKeyboardMarkup | None = None


_Part = _Words | _Document


@dataclass(frozen=True, slots=True)
class _Where:
    """A chat, and the topic in it where it is a forum; 0: none."""

    chat: int
    thread: int = 0


class TelegramSender:
    """Sends to Telegram's chats."""

    channel = CHANNEL

    def __init__(self, bot: TelegramBot, store: Bookmarks) -> None:
        self._bot = bot
        self._store = store

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Send once, never retry, never raise. ``message_id`` is that of the message with the buttons.
        When a later part certainly did not go, the next try goes on from there: no part is doubled."""
        try:
            parts = await _parts(reply)
            where = await self._where(chat, reply)
        except StoreError as error:
            return SendResult(Ending.NOT_SENT, detail=f"store: {type(error).__name__}")
        except Exception as error:
            log.exception("delivery %d cannot be put into messages", delivery_id)
            return SendResult(Ending.REFUSED, detail=f"cannot be rendered: {type(error).__name__}")
        if not parts:
            return SendResult(Ending.REFUSED, detail="nothing to say")
        if len(parts) > 1:
            return await self._in_parts(where, parts, PARTS_SENT.format(delivery=delivery_id))
        replaced = reply.place.replaces if reply.place is not None else 0
        if replaced and isinstance(parts[0], _Words):
            return await self._replace(where, replaced, parts[0])
        return await self._attempt(where, parts[0])

    async def _where(self, chat: str, reply: Reply) -> _Where:
        """A reply goes to the topic of the message that it answers, a reminder to that of the wish."""
        if reply.place is not None:
            return _Where(number(chat), reply.place.thread)
        asked_in = await self._store.bookmark(REMINDERS_THREAD.format(chat=chat)) if is_group(chat) else None
        return _Where(number(chat), int(asked_in or 0))

    async def _replace(self, where: _Where, message: int, part: _Words) -> SendResult:
        """Put other words into a message of ours; a new one where that cannot be. To do it twice is to do
        it once, so a lost answer only means: again."""
        try:
            async with asyncio.timeout(CALL_TIMEOUT):
                await self._bot.edit_message_text(
                    part.html,
                    where.chat,
                    message,
                    parse_mode=ParseMode.HTML,
                    reply_markup=part.keys,
                    link_preview_options=_NO_PREVIEW,
                )
        except BadRequest as error:
            if cannot_be_edited(error) or is_unparsable(error) or is_bad_button(error):
                return await self._attempt(where, part)
            return _replaced(ending_of(error), message)
        except Exception as error:
            return _replaced(ending_of(error), message)
        return SendResult(Ending.SENT, message_id=str(message))

    async def _in_parts(self, where: _Where, parts: list[_Part], bookmark: str) -> SendResult:
        try:
            arrived = int(await self._store.bookmark(bookmark) or 0)
        except Exception as error:
            return SendResult(Ending.NOT_SENT, detail=f"store: {type(error).__name__}")
        shown: str | None = None
        for place, part in enumerate(parts[arrived:], arrived):
            result = await self._attempt(where, part)
            if result.ending is not Ending.SENT:
                return await self._stopped(result, place, bookmark, len(parts))
            shown = result.message_id if part.keys or shown is None else shown
        return SendResult(Ending.SENT, message_id=shown)

    async def _stopped(self, result: SendResult, place: int, bookmark: str, count: int) -> SendResult:
        """Remember what arrived. Where that cannot be kept, a repeat must be marked: uncertain."""
        if not place or result.ending not in _CERTAINLY_LATER:
            return result
        try:
            await self._store.set_bookmark(bookmark, str(place))
        except Exception:
            log.exception("how far a delivery got could not be kept")
            return SendResult(Ending.UNCERTAIN, detail=f"{place} of {count} parts arrived; {result.detail}")
        return result

    async def _attempt(self, where: _Where, part: _Part) -> SendResult:
        try:
            async with asyncio.timeout(CALL_TIMEOUT):
                message = await self._anywhere(where, part)
        except Exception as error:
            return ending_of(error)
        return SendResult(Ending.SENT, message_id=str(message.message_id))

    async def _anywhere(self, where: _Where, part: _Part) -> Message:
        """Into the topic, or where that is gone into the group: refused, so certainly not sent before."""
        try:
            return await self._part(where, part)
        except BadRequest as error:
            if not where.thread or not is_threadless(error):
                raise
            log.info("a topic is gone, its group is told instead: %s", error)
            return await self._part(_Where(where.chat), part)

    async def _part(self, where: _Where, part: _Part) -> Message:
        if isinstance(part, _Document):
            return await self._bot.send_document(
                where.chat,
                part.content,
                filename=part.name,
                reply_markup=part.keys,
                message_thread_id=where.thread or None,
            )
        try:
            return await self._words(where, part.html, ParseMode.HTML, part.keys)
        except BadRequest as error:
            # Refused, so certainly not sent: the words must arrive even where their dress does not.
            if is_unparsable(error):
                log.error("a template made HTML that Telegram cannot read: %s", error)
                return await self._words(where, plain(part.html), None, part.keys)
            if part.keys and is_bad_button(error):
                log.error("Telegram refused a keyboard: %s", error)
                return await self._words(where, part.html, ParseMode.HTML, None)
            raise

    async def _words(
        self, where: _Where, text: str, mode: ParseMode | None, keys: InlineKeyboardMarkup | None
    ) -> Message:
        return await self._bot.send_message(
            where.chat,
            text,
            parse_mode=mode,
            reply_markup=keys,
            link_preview_options=_NO_PREVIEW,
            message_thread_id=where.thread or None,
        )


def _replaced(result: SendResult, message: int) -> SendResult:
    """How an edit ended: what may have arrived can be done again without harm."""
    if result.ending is Ending.UNCERTAIN:
        return SendResult(Ending.NOT_SENT, detail=result.detail)
    if result.ending is Ending.SENT:  # it reads so already
        return SendResult(Ending.SENT, message_id=str(message), detail=result.detail)
    return result


async def _parts(reply: Reply) -> list[_Part]:
    """The messages that a reply becomes; the buttons stand under the last words, or the last file."""
    documents, missing = await _documents(reply.attachments)
    html = render(reply, "telegram.html")
    for name in missing:
        html += "\n\n" + _gone(name, reply)
    keys = keyboard(reply.buttons)
    words = split(html)
    parts: list[_Part] = [_Words(text) for text in words]
    if words:
        parts[-1] = _Words(words[-1], keys)
    parts += documents
    if not words and documents:
        parts[-1] = _Document(documents[-1].name, documents[-1].content, keys)
    return parts


async def _documents(attachments: tuple[Attachment, ...]) -> tuple[list[_Document], list[str]]:
    """The files' contents, and the names of those that are no longer there."""
    found: list[_Document] = []
    missing: list[str] = []
    for item in attachments:
        try:
            found.append(_Document(item.name, await asyncio.to_thread(Path(item.path).read_bytes)))
        except OSError as error:
            log.error("attachment %s cannot be read: %s", item.name, error)
            missing.append(item.name)
    return found, missing


def _gone(name: str, reply: Reply) -> str:
    """The sentence that stands for a file that is no longer there."""
    return str(escape(phrases(reply.language).say("telegram.attachment_missing", name=name)))
