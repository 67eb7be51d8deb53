"""The chat's addresses: say something, hear what is new, read back, fetch a file."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse

from bot.channels.web import identity, language, lines, stream, uploads
from bot.channels.web.bubbles import opened_words, rated_words
from bot.channels.web.guard import check_same_origin
from bot.channels.web.inbox import Inbox, Said
from bot.channels.web.limits import ADDRESS, MESSAGES, Buckets, Limits
from bot.channels.web.notifier import Notifier
from bot.channels.web.payload import MessageIn, read_message
from bot.channels.web.problems import RefusedError
from storage.records import TranscriptEntry
from storage.store import Store

PAGE = 200  # lines given at once

# Line numbers stay within what every store and every browser can count.
Number = Annotated[int, PathPart(ge=0, lt=2**53)]
After = Annotated[int, Query(ge=0, lt=2**53)]


@dataclass(slots=True)
class Chat:
    """What the chat's addresses work with."""

    store: Store
    inbox: Inbox
    identity: identity.Identity
    notifier: Notifier
    clock: Callable[[], datetime]
    uploads: Path
    limits: Limits
    pace: stream.Pace
    hosts: tuple[str, ...]  # further host names of ours
    by_chat: Buckets = field(default_factory=lambda: Buckets(MESSAGES))
    by_address: Buckets = field(default_factory=lambda: Buckets(ADDRESS))

    def router(self) -> APIRouter:
        """The addresses under /chat."""
        router = APIRouter(prefix="/chat")
        router.add_api_route("/messages", self.post, methods=["POST"])
        router.add_api_route("/messages", self.history, methods=["GET"])
        router.add_api_route("/events", self.events, methods=["GET"])
        router.add_api_route("/files/{line}/{index}/{signature}/{name}", self.file, methods=["GET"])
        return router

    async def post(self, request: Request) -> Response:
        """Take a message: JSON with ``id`` and ``text`` or ``tap``, or a form with ``id`` and ``file``."""
        check_same_origin(request, self.hosts)
        chat = await self._chat(request)
        self._spend(self.by_chat, chat)
        self._spend(self.by_address, request.client.host if request.client else "")
        message = await read_message(request, self.limits)
        number = await self.inbox.accept(chat, await self._said(chat, request, message))
        return JSONResponse({"id": message.id, "n": number})

    async def history(self, request: Request, after: After = 0) -> Response:
        """The lines after a number, oldest first; ``more`` when there are still others."""
        chat = await self._chat(request)
        entries = await self.store.transcript(chat, after, PAGE)
        shown = await lines.shown(self.store, self.identity, chat, entries)
        return JSONResponse(
            {"lines": shown, "more": len(entries) == PAGE}, headers={"Cache-Control": "no-store"}
        )

    async def events(self, request: Request, after: After = 0) -> Response:
        """The lines after a number as they come (server-sent events)."""
        chat = await self._chat(request)
        if self.notifier.watchers(chat) >= self.limits.streams:
            raise RefusedError(429, "too_many_pages", {"Retry-After": "30"})
        seen = request.headers.get("last-event-id", "")
        start = int(seen) if re.fullmatch("[0-9]{1,15}", seen) else after
        return StreamingResponse(
            stream.events(self.store, self.notifier, self.identity, self.pace, chat, start),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def file(self, request: Request, line: Number, index: Number, signature: str) -> Response:
        """A file of this chat, to be saved rather than opened."""
        chat = await self._chat(request)
        entry = await self._entry(chat, line)
        attachment = lines.attachment_of(entry, index) if entry else None
        if attachment is None or not await self.identity.signed_file(signature, chat, line, index):
            raise RefusedError(404, "not_found")
        if not attachment.path.is_file():
            raise RefusedError(410, "file_gone")
        return FileResponse(
            attachment.path,
            media_type=attachment.media_type,
            filename=attachment.name,
            headers={"Cache-Control": "private, no-store"},
        )

    async def _said(self, chat: str, request: Request, message: MessageIn) -> Said:
        chosen = language.chosen({}, request.cookies)
        if message.file is not None:
            directory = self.uploads / hashlib.sha256(f"{chat}:{message.id}".encode()).hexdigest()[:32]
            path = await uploads.keep(message.file.name, message.file.content, directory)
            return Said(message.id, path.name, file=path, language=chosen)
        if message.tap is not None:
            label = await self._label(chat, message.tap, message.line)
            shown = rated_words(message.tap, request) or label
            return Said(message.id, shown, tap=message.tap, language=chosen)
        text = message.text or ""
        return Said(message.id, opened_words(text, request) or text, text=text, language=chosen)

    async def _label(self, chat: str, tap: str, line: int | None) -> str:
        # Only buttons that this chat was offered can be pressed.
        after = 0 if line is None else line - 1
        while entries := await self.store.transcript(chat, after, PAGE if line is None else 1):
            for entry in entries:
                if (label := lines.label_of(entry, tap)) is not None:
                    return label
            if line is not None:
                break
            after = entries[-1].n
        raise RefusedError(422, "no_such_button")

    async def _entry(self, chat: str, line: int) -> TranscriptEntry | None:
        entries = await self.store.transcript(chat, line - 1, 1)
        return entries[0] if entries and entries[0].n == line else None

    async def _chat(self, request: Request) -> str:
        chat = await self.identity.chat(request.cookies.get(identity.COOKIE))
        if chat is None:
            raise RefusedError(401, "no_chat")
        return chat

    def _spend(self, buckets: Buckets, key: str) -> None:
        if wait := buckets.take(key, self.clock()):
            seconds = math.ceil(wait)
            raise RefusedError(429, "too_fast", {"Retry-After": str(seconds)}, seconds=seconds)
