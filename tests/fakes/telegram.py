"""A small Telegram without sockets: people, groups, messages, files, and whatever can go wrong.

world = FakeTelegram()
bot = build_telegram(world.token, request=world.request, updates_request=world.request)
ann = world.user(1)
ann.writes("第十条讲什么")
await ann.hears()         # the bot's next message
ann.taps("看第十六条")
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from telegram.request import BaseRequest, RequestData

from tests.fakes.telegram_chats import Chat, Json
from tests.fakes.telegram_errors import ApiError, Faults
from tests.fakes.telegram_methods import Files, Methods, Params
from tests.fakes.telegram_people import Group, Person

TOKEN = "424242:fake-token-for-the-fake-world"
BOT_USERNAME = "XizeTestBot"


class FakeTelegram:
    """The world. Everything that happened can be looked at; ``clock`` dates messages."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime(2026, 11, 23, 1, tzinfo=UTC)) -> None:
        self.token = TOKEN
        self.bot_user: Json = {"id": 424242, "is_bot": True, "first_name": "Xize", "username": BOT_USERNAME}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.about: dict[tuple[str, str], str] = {}
        self.menus: dict[tuple[str, str], list[Json]] = {}
        self.menu_button: Json = {"type": "default"}
        self.calls: list[tuple[str, dict[str, str]]] = []  # every call that arrived, in order
        self.faults = Faults()
        self.unanswered_taps: set[str] = set()
        self.open_queries: set[str] = set()  # inline queries that wait for an answer
        self.inline_answers: list[Json] = []
        self.webhook = ""
        self.webhook_secret = ""
        self.download_limit = 20_000_000
        self.request = FakeRequest(self)  # serves as ``request`` and as ``get_updates_request``
        self._clock = clock
        self._methods = Methods(self)
        self._allowed: set[str] = set()
        self._queue: list[Json] = []
        self._again: list[Json] = []  # repeated though confirmed
        self._numbers = {"update": 1000, "message": 0, "file": 0, "tap": 0, "query": 0}
        self._stirred = asyncio.Condition()
        self._watchers: set[asyncio.Task[None]] = set()

    # --- people ------------------------------------------------------------------------------

    def user(self, number: int, name: str = "", *, language: str = "zh-hans") -> Person:
        """A person in the private chat with the bot."""
        user = self._person(number, name, language)
        chat = self.chats.setdefault(number, Chat(number, "private", user["first_name"]))
        return Person(self, user, chat)

    def group(self, number: int, title: str = "清洁生产群") -> Group:
        """A group with the bot in it; ``number`` is negative."""
        return Group(self, self.chats.setdefault(number, Chat(number, "group", title)))

    def member(self, chat: Chat, number: int, name: str = "") -> Person:
        """A person in a group."""
        return Person(self, self._person(number, name, "zh-hans"), chat)

    def _person(self, number: int, name: str, language: str) -> Json:
        return {
            "id": number,
            "is_bot": False,
            "first_name": name or f"用户{number}",
            "language_code": language,
        }

    # --- what happens ------------------------------------------------------------------------

    def say(self, chat: Chat, author: Json, content: Json) -> Json:
        """A new message in a chat."""
        message = {
            "message_id": self.number("message"),
            "date": self.timestamp(),
            "chat": chat.json,
            "from": author,
            **content,
        }
        chat.messages.append(message)
        self.wake()
        return message

    def happen(self, kind: str, content: Json) -> int:
        """Queue an update; its number."""
        number = self.number("update")
        self._queue.append({"update_id": number, kind: content})
        self.wake()
        return number

    def number(self, of: str) -> int:
        """The next number of updates, messages, files or taps."""
        self._numbers[of] += 1
        return self._numbers[of]

    def timestamp(self) -> int:
        """Now, as Telegram writes it."""
        return int(self._clock().timestamp())

    def keep_file(self, name: str, content: bytes, media_type: str = "application/octet-stream") -> Json:
        """Store a file; the document as messages name it."""
        key = f"file{self.number('file')}"
        self.files[key] = (name, content)
        size = {"file_size": len(content)}
        return {"file_id": key, "file_unique_id": key, "file_name": name, "mime_type": media_type, **size}

    # --- updates to the bot ------------------------------------------------------------------

    @property
    def waiting(self) -> list[Json]:
        """Updates that would be handed out now."""
        return self._again + [item for item in self._queue if not self._allowed or self._allowed & set(item)]

    def batch(self, limit: int) -> list[Json]:
        """Hand updates out; they stay until confirmed."""
        found = self.waiting[:limit]
        self._again.clear()
        return found

    def confirm(self, offset: int) -> None:
        """Forget updates below ``offset``."""
        self._queue = [item for item in self._queue if item["update_id"] >= offset]

    def allow(self, kinds: Iterable[str]) -> None:
        """Hand out only these kinds of updates; none given means as before."""
        self._allowed = set(kinds) or self._allowed

    def repeat(self, updates: Iterable[Json]) -> None:
        """Deliver updates once more, confirmed or not."""
        self._again += updates
        self.wake()

    async def push(self, post: Callable[[str, bytes, str], Awaitable[int]]) -> list[int]:
        """Push what waits to the webhook by ``post(url, body, secret)``; what is not met by 200 stays."""
        statuses = []
        for update in self.waiting:
            statuses.append(await post(self.webhook, json.dumps(update).encode(), self.webhook_secret))
            if statuses[-1] == 200:
                self._queue = [item for item in self._queue if item is not update]
        return statuses

    # --- waiting for each other --------------------------------------------------------------

    def wake(self) -> None:
        """Something happened: let those look who wait. Harmless outside an event loop."""
        try:
            task = asyncio.get_running_loop().create_task(self._wake())
        except RuntimeError:
            return
        self._watchers.add(task)
        task.add_done_callback(self._watchers.discard)

    async def _wake(self) -> None:
        async with self._stirred:
            self._stirred.notify_all()

    async def stir(self) -> None:
        """Wait until something happens, or a moment at most."""
        async with self._stirred:
            with suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    await self._stirred.wait()

    # --- the Bot API -------------------------------------------------------------------------

    async def call(self, method: str, params: Params, files: Files) -> tuple[int, Json]:
        """A call as the server answers it: status and JSON."""
        self.calls.append((method, dict(params)))
        try:
            return 200, {"ok": True, "result": await self._methods.call(method, params, files)}
        except ApiError as error:
            return error.code, error.body

    def called(self, method: str) -> list[dict[str, str]]:
        """The parameters of each call of a method that arrived."""
        return [params for name, params in self.calls if name == method]


class FakeRequest(BaseRequest):
    """python-telegram-bot's way into the world, in place of the network."""

    def __init__(self, world: FakeTelegram) -> None:
        self._world = world

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to connect."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        """Serve a call or a file, unless a fault is due."""
        *_, token, name = unquote(url).split("/")
        if self._world.token not in token:
            return 401, json.dumps(ApiError(401, "Unauthorized").body).encode()
        if "/file/bot" in url:
            return 200, self._world.files[name][1]
        fault = self._world.faults.take(name)
        if fault and not fault.accepted:
            return fault.happen()
        params = request_data.json_parameters if request_data else {}
        files = _files(request_data) if request_data and request_data.contains_files else {}
        status, body = await self._world.call(name, params, files)
        return fault.happen() if fault else (status, json.dumps(body).encode())


def _files(data: RequestData) -> dict[str, tuple[str, bytes]]:
    found = {}
    for key, (name, content, _) in data.multipart_data.items():
        found[key] = (name, content if isinstance(content, bytes) else content.read())
    return found
