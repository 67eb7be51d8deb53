"""Stands before every address of the API: lets the caller in, says what is left, ends what takes too long."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.access import Access
from bot.api.problems import Problem

SECONDS = 30.0  # for one request, its body's arrival included


class Gate:
    """ASGI middleware around the API."""

    def __init__(self, app: ASGIApp, access: Access, seconds: float = SECONDS) -> None:
        self._app = app
        self._access = access
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            key, headers = self._access.admit(request, scope["path"].removeprefix(scope.get("root_path", "")))
        except Problem as problem:
            await problem.answer()(scope, receive, send)
            return
        if key is not None:
            request.state.caller = key
        await self._within_time(scope, receive, _Outgoing(send, headers))

    async def _within_time(self, scope: Scope, receive: Receive, outgoing: _Outgoing) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._app(scope, receive, outgoing)
        except TimeoutError:
            if outgoing.begun:
                raise
            slow = Problem(503, "too_slow", "This took too long and was ended.", {"Retry-After": "5"})
            await slow.answer()(scope, receive, outgoing)


class _Outgoing:
    """The answer on its way, with our headers."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send = send
        self._headers = headers
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            MutableHeaders(scope=message).update(self._headers)
        await self._send(message)
