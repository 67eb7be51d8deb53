from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.messages import Intent, Reply, Text
from tests.bot.channels.web.house import House

Event = dict[str, str]


class Listener:
    """The browser's end of a stream, read event by event straight from the application."""

    def __init__(self) -> None:
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._rest = ""
        self.headers: dict[bytes, bytes] = {}
        self.ended = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.headers = dict(message["headers"])
            return
        self._chunks.put_nowait(message.get("body", b""))
        if not message.get("more_body"):
            self.ended.set()

    async def event(self, kind: str = "line") -> Event:
        """The next event of a kind."""
        while True:
            while "\n\n" not in self._rest:
                async with asyncio.timeout(5):
                    self._rest += (await self._chunks.get()).decode()
            block, _, self._rest = self._rest.partition("\n\n")
            event = dict(row.split(": ", 1) for row in block.splitlines())
            if event.get("event") == kind:
                return event

    def leave(self) -> None:
        self._gone.set()


@asynccontextmanager
async def listening(
    house: House, client: httpx.AsyncClient, after: int = 0, **headers: str
) -> AsyncIterator[Listener]:
    listener = Listener()
    sent = {"cookie": f"xize_chat={client.cookies['xize_chat']}", "host": "xize.test", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/chat/events",
        "raw_path": b"/chat/events",
        "query_string": f"after={after}".encode(),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": ("xize.test", 80),
    }
    serving = asyncio.create_task(house.app(scope, listener.receive, listener.send))  # type: ignore[arg-type]
    yield listener
    listener.leave()
    async with asyncio.timeout(5):
        await asyncio.gather(serving, return_exceptions=True)


def chat_of(client: httpx.AsyncClient) -> str:
    return f"web:{client.cookies['xize_chat'].split('.')[0]}"


async def remind(house: House, chat: str, delivery: int) -> None:
    reply = Reply(Intent.REMINDERS, (Text("还有 7 天", "headline"),))
    await house.sender.send(chat, reply, delivery_id=delivery)


async def test_lines_arrive_in_order_and_once(house: House, visitor: httpx.AsyncClient) -> None:
    async with listening(house, visitor) as listener:
        await visitor.post("/chat/messages", json={"id": "message-1", "text": "你好"})
        mine, reply = await listener.event(), await listener.event()
    assert json.loads(mine["data"])["text"] == "你好"
    assert "Heard: 你好" in json.loads(reply["data"])["html"]
    assert int(mine["id"]) < int(reply["id"])
    assert listener.headers[b"content-type"].startswith(b"text/event-stream")


async def test_a_reminder_arrives_on_the_open_page_once(house: House, visitor: httpx.AsyncClient) -> None:
    async with listening(house, visitor) as listener:
        await remind(house, chat_of(visitor), 7)
        await remind(house, chat_of(visitor), 7)
        await remind(house, chat_of(visitor), 8)
        first, second = await listener.event(), await listener.event()
    assert "还有 7 天" in json.loads(first["data"])["html"]
    assert int(second["id"]) > int(first["id"])
    assert len(await house.store.transcript(chat_of(visitor))) == 2


async def test_what_another_process_wrote_is_found_by_looking(
    house: House, visitor: httpx.AsyncClient
) -> None:
    async with listening(house, visitor) as listener:
        await listener.event("beat")
        await house.store.transcribe(chat_of(visitor), "user", {"id": "m", "text": "别处写的"}, at=house.now)
        assert json.loads((await listener.event())["data"])["text"] == "别处写的"


async def test_a_reconnecting_browser_goes_on_where_it_was(house: House, visitor: httpx.AsyncClient) -> None:
    for delivery in (1, 2, 3):
        await remind(house, chat_of(visitor), delivery)
    numbers = [line.n for line in await house.store.transcript(chat_of(visitor))]
    async with listening(house, visitor, after=0, **{"last-event-id": str(numbers[1])}) as listener:
        assert int((await listener.event())["id"]) == numbers[2]
    async with listening(house, visitor, after=numbers[0], **{"last-event-id": "9" * 5000}) as listener:
        assert int((await listener.event())["id"]) == numbers[1]


async def test_a_silent_stream_shows_that_it_lives(house: House, visitor: httpx.AsyncClient) -> None:
    async with listening(house, visitor) as listener:
        await listener.event("beat")
        assert (await listener.event("beat"))["data"] == "{}"


async def test_streams_end_when_the_house_closes(house: House, visitor: httpx.AsyncClient) -> None:
    async with listening(house, visitor) as listener:
        await listener.event("beat")
        house.notifier.close()
        async with asyncio.timeout(5):
            await listener.ended.wait()


async def test_a_page_that_left_is_forgotten(house: House, visitor: httpx.AsyncClient) -> None:
    chat = chat_of(visitor)
    async with listening(house, visitor) as listener:
        await listener.event("beat")
        await listener.event("beat")  # the second: the stream watches by now
        assert house.notifier.watchers(chat) == 1
    assert house.notifier.watchers(chat) == 0


async def test_too_many_open_pages_are_refused(house: House, visitor: httpx.AsyncClient) -> None:
    chat = chat_of(visitor)
    with (
        house.notifier.watching(chat), house.notifier.watching(chat), house.notifier.watching(chat),
        house.notifier.watching(chat), house.notifier.watching(chat), house.notifier.watching(chat),
        house.notifier.watching(chat), house.notifier.watching(chat),
    ):  # fmt: skip
        assert (await visitor.get("/chat/events")).status_code == 429
