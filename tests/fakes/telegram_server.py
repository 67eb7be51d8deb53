"""The fake Telegram over HTTP, on loopback only: end-to-end runs point XIZE_TELEGRAM_API_URL at it.

    python -m tests.fakes.telegram_server --port 8081

Users act and see through JSON: ``POST /control {"do": "writes", "chat": 1, "text": "第十条"}`` and
``GET /control/1``; ``do`` is also ``starts``, ``taps``, ``edits``, ``blocks``, ``unblocks``, ``sends_file``
or ``fault``.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_chats import Json, words
from tests.fakes.telegram_errors import ApiError, Fault, answers, garbage, gateway, limited, network
from tests.fakes.telegram_methods import Files
from tests.fakes.telegram_people import Person

HOST = "127.0.0.1"
HANGING = 120.0  # seconds; longer than any client waits


def create_app(world: FakeTelegram) -> Starlette:
    """The world as a web application."""
    server = _Server(world)
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", server.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{name}", server.file),
            Route("/control", server.act, methods=["POST"]),
            Route("/control/{chat:int}", server.look),
            Route("/control", server.overview),
        ],
        lifespan=server.lifespan,
    )


class _Server:
    def __init__(self, world: FakeTelegram) -> None:
        self._world = world

    # --- the Bot API -------------------------------------------------------------------------

    async def call(self, request: Request) -> Response:
        if request.path_params["token"] != self._world.token:
            return JSONResponse(ApiError(401, "Unauthorized").body, 401)
        method = request.path_params["method"]
        params, files = await _form(request)
        fault = self._world.faults.take(method)
        if fault and not fault.accepted:
            return await _spoilt(fault)
        status, body = await self._world.call(method, params, files)
        return await _spoilt(fault) if fault else JSONResponse(body, status)

    async def file(self, request: Request) -> Response:
        found = self._world.files.get(request.path_params["name"])
        if found is None or request.path_params["token"] != self._world.token:
            return Response(status_code=404)
        return Response(found[1])

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Push updates to the webhook, where one is set, for as long as the server runs."""
        pushing = asyncio.create_task(self._push())
        yield
        pushing.cancel()
        await asyncio.gather(pushing, return_exceptions=True)

    async def _push(self) -> None:
        async with httpx.AsyncClient() as client:

            async def post(url: str, body: bytes, secret: str) -> int:
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
                return (await client.post(url, content=body, headers=headers)).status_code

            while True:
                if self._world.webhook:
                    with suppress(httpx.HTTPError):
                        await self._world.push(post)
                await self._world.stir()

    # --- the users ---------------------------------------------------------------------------

    async def act(self, request: Request) -> Response:
        """Do what a user does; the answer names the update that it caused."""
        try:
            wanted: Json = json.loads(await request.body())
            return JSONResponse({"update": self._do(wanted)})
        except (KeyError, ValueError, AssertionError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    def _do(self, wanted: Json) -> int | None:
        if wanted["do"] == "fault":
            self._world.faults.next(wanted["method"], *[_fault(wanted)] * int(wanted.get("times", 1)))
            return None
        person = self._person(wanted)
        actions: dict[str, Callable[[], int]] = {
            "writes": lambda: person.writes(wanted["text"]),
            "starts": lambda: person.starts(wanted.get("payload", "")),
            "edits": lambda: person.edits(wanted["text"]),
            "taps": lambda: person.taps(wanted["label"]),
            "blocks": person.blocks,
            "unblocks": person.unblocks,
            "sends_file": lambda: person.sends_file(wanted["name"], base64.b64decode(wanted["base64"])),
        }
        return actions[wanted["do"]]()

    def _person(self, wanted: Json) -> Person:
        chat = int(wanted["chat"])
        if chat > 0:
            return self._world.user(chat, language=wanted.get("language", "zh-hans"))
        return self._world.group(chat).member(int(wanted["user"]))

    async def look(self, request: Request) -> Response:
        """What stands in a chat: who said what, with which buttons and files."""
        chat = self._world.chats.get(request.path_params["chat"])
        if chat is None:
            return JSONResponse({"error": "no such chat"}, 404)
        return JSONResponse({"messages": [self._shown(message) for message in chat.messages]})

    def _shown(self, message: Json) -> Json:
        keys = message.get("reply_markup", {}).get("inline_keyboard", [])
        return {
            "id": message["message_id"],
            "from": "bot" if message["from"]["id"] == self._world.bot_user["id"] else message["from"]["id"],
            "text": words(message),
            "buttons": [key["text"] for row in keys for key in row],
            "file": message.get("document", {}).get("file_name"),
        }

    async def overview(self, request: Request) -> Response:
        """Chats, what waits for the bot, and how often each method was called."""
        counts: dict[str, int] = {}
        for method, _ in self._world.calls:
            counts[method] = counts.get(method, 0) + 1
        return JSONResponse(
            {"chats": list(self._world.chats), "waiting": len(self._world.waiting), "calls": counts}
        )


async def _form(request: Request) -> tuple[dict[str, str], Files]:
    if request.method == "GET":
        return dict(request.query_params), {}
    params: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    async with request.form() as form:
        for key, value in form.items():
            if isinstance(value, UploadFile):
                files[key] = (value.filename or "file", await value.read())
            else:
                params[key] = value
    return params, files


def _fault(wanted: Json) -> Fault:
    accepted = bool(wanted.get("accepted", False))
    kinds: dict[str, Callable[[], Fault]] = {
        "limited": lambda: limited(int(wanted.get("seconds", 1))),
        "answers": lambda: answers(int(wanted["code"]), wanted["description"]),
        "gateway": lambda: gateway(int(wanted.get("code", 502)), accepted=accepted),
        "garbage": lambda: garbage(accepted=accepted),
        "hangs": lambda: network(httpx.ReadTimeout, accepted=accepted),
        "resets": lambda: network(httpx.RemoteProtocolError, accepted=accepted),
    }
    return kinds[wanted["kind"]]()


async def _spoilt(fault: Fault) -> Response:
    """A fault as it looks on a socket: an answer, none at all, or half of one."""
    if fault.error is None:
        return Response(fault.body, fault.status)
    if issubclass(fault.error, httpx.TimeoutException):
        await asyncio.sleep(HANGING)
    return _Torn()


class _Torn(Response):
    """Promises a body and closes the connection instead."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    chosen = parser.parse_args()
    world = FakeTelegram(lambda: datetime.now(UTC))
    world.token = chosen.token
    uvicorn.run(create_app(world), host=HOST, port=chosen.port, log_level="warning")


if __name__ == "__main__":
    main()
