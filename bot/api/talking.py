"""A message of a talk over HTTP: said, answered by the assistant, given back with its files."""

from __future__ import annotations

import asyncio
import base64
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.api.access import caller, needs
from bot.api.answered import ReplyAnswer
from bot.api.asked import DroppedFile, FileMessage, Message, TapMessage, TextMessage
from bot.api.bodies import BoundedWithFile
from bot.api.house import House
from bot.api.keys import Key
from bot.api.repeats import IdempotencyKey, Repeats
from bot.channels.contract import converse_as_json
from bot.channels.machine import as_now
from bot.channels.web.uploads import keep
from bot.messages import Incoming, Reply

_Asked = TextMessage | TapMessage | FileMessage


class Talking:
    """Takes messages."""

    def __init__(self, house: House, repeats: Repeats) -> None:
        self._house = house
        self._repeats = repeats

    def router(self) -> APIRouter:
        """The address, for the scope ``converse``."""
        router = APIRouter(dependencies=[needs("converse")], tags=["talks"], route_class=BoundedWithFile)
        router.add_api_route("/converse", self.converse, methods=["POST"], response_model=ReplyAnswer)
        return router

    async def converse(self, request: Request, asked: Message, repeat: IdempotencyKey = None) -> Response:
        """Say something and get the reply. What was said stays with the chat, under your key."""
        message, key = asked.root, caller(request)

        async def work(update: str | None) -> Mapping[str, Any]:
            if isinstance(message, FileMessage):
                return await self._read(key, message, update)
            return await said(self._house, key, message, update)

        return await self._repeats.once(request, repeat, work)

    async def _read(self, key: Key, message: FileMessage, update: str | None) -> Mapping[str, Any]:
        """Have a file read; a roster holds personal data, so the file itself does not stay."""
        folder = self._house.uploads / secrets.token_hex(16)
        try:
            file = await _kept(message.file, folder)
            return await said(self._house, key, message, update, file)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def said(
    house: House, key: Key, message: _Asked, update: str | None, file: Path | None = None
) -> dict[str, Any]:
    """A message's reply as the machine interface gives it. Raises LineError, StoreError."""
    incoming = Incoming(
        chat=key.chat(message.chat),
        at=as_now(message.now) if message.now is not None else house.clock(),
        text=message.text if isinstance(message, TextMessage) else None,
        tap=message.tap if isinstance(message, TapMessage) else None,
        file=file,
        language=message.lang,
        update=update,
        quiet=True,
    )
    return await replied(message.chat, await house.assistant.respond(incoming))


async def replied(chat: str, reply: Reply) -> dict[str, Any]:
    """A reply, its files with their content: a path on this machine is nothing to the caller."""
    files = [
        {"name": file.name, "media_type": file.media_type, "content": await _content(file.path)}
        for file in reply.attachments
    ]
    return {**converse_as_json(chat, reply), "attachments": files}


async def _kept(file: DroppedFile, folder: Path) -> Path:
    return await keep(file.name, base64.b64decode(file.content), folder)


async def _content(path: Path) -> str:
    return base64.b64encode(await asyncio.to_thread(path.read_bytes)).decode()
