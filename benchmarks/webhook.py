"""Messages a second through the webhook, against a bare python-telegram-bot echo in the same run.

python -m benchmarks.webhook [--messages N] [--chats N] [--database URL]

The same updates in the same order are posted from another process over as many connections as Telegram
opens, to the same web server. The bare one reads an update and echoes it through python-telegram-bot to a
Telegram in memory; it keeps nothing. Ours keeps each update on disk before it says 200, and counts as
answered when the answer stands in the outbox on disk: once with an assistant that only echoes, which is
what the way itself costs, and once with the real one. Processor time a message is printed beside, because
it does not depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from telegram import Message, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.app import load_sources, new_id
from bot.assistant import Assistant
from bot.channels.telegram.answering import Answering
from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.channel import PublicAddress, TelegramChannel
from bot.messages import Incoming, Intent, Reply, Text
from bot.service import WEBHOOK_PATH
from bot.understanding.reader import Reader
from bot.wire import pack
from storage.opening import open_store
from storage.records import NewDelivery
from storage.store import Store
from tests.fakes.telegram import FakeTelegram

HOST = "127.0.0.1"
CONNECTIONS = 40  # that Telegram opens to a webhook, unless told otherwise
SECRET = "benchmark"  # noqa: S105 - of a Telegram in memory
QUESTIONS = ("第十条讲什么", "自行组织审核需要几名审核师？", "期限怎么算", "第十六条第（二）款")
REAL_SHARE = 4  # the real assistant is given a part of the messages only

Receive = Callable[[bytes, str | None], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Load:
    """What is posted."""

    messages: int
    chats: int

    def bodies(self) -> Iterator[bytes]:
        """The updates, as Telegram writes them."""
        for number in range(1, self.messages + 1):
            chat = number % self.chats + 1
            person = {"id": chat, "is_bot": False, "first_name": "用户", "language_code": "zh-hans"}
            message = {
                "message_id": number,
                "date": 1_795_395_600,
                "chat": {"id": chat, "type": "private", "first_name": "用户"},
                "from": person,
                "text": QUESTIONS[number % len(QUESTIONS)],
            }
            yield json.dumps({"update_id": number, "message": message}).encode()


@dataclass(frozen=True, slots=True)
class Measured:
    """Messages a second, and processor seconds a message."""

    rate: float
    cost: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=4000)
    parser.add_argument("--chats", type=int, default=500)
    parser.add_argument("--database", help="a file on this disk where left out")
    given = parser.parse_args()
    asyncio.run(_measure(Load(given.messages, given.chats), given.database))


async def _measure(load: Load, database: str | None) -> None:
    bare = await _bare(load)
    _row("bare echo", bare, bare)
    real = Load(load.messages // REAL_SHARE, load.chats)
    for name, share, make in (("ours, echoing", load, _Echo), ("ours, answering", real, _real)):
        with tempfile.TemporaryDirectory() as folder:
            url = database or f"sqlite:///{Path(folder) / 'benchmark.db'}"
            _row(name, await _ours(share, make, url), bare)


def _row(name: str, found: Measured, bare: Measured) -> None:
    share = found.rate / bare.rate
    print(f"{name:16}{found.rate:>8.0f} messages a second, {share:.2f} of the bare echo;", end="")
    print(f"{found.cost * 1000:>7.2f} ms of processor a message", flush=True)


# --- the bare echo -------------------------------------------------------------------------------


async def _bare(load: Load) -> Measured:
    world = FakeTelegram()
    for chat in range(1, load.chats + 1):
        world.user(chat)
    application = (
        Application.builder()
        .token(world.token)
        .request(world.request)
        .get_updates_request(world.request)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    await application.initialize()

    async def receive(body: bytes, _: str | None) -> int:
        await application.process_update(Update.de_json(json.loads(body), application.bot))
        return 200

    async def answered() -> None:
        """Each was when 200 was said."""

    measured = await _posted(load, receive, answered)
    await application.shutdown()
    assert len(world.called("sendMessage")) == load.messages
    return measured


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message: Message | None = update.effective_message
    assert message is not None
    await message.reply_text(str(message.text))


# --- ours ----------------------------------------------------------------------------------------


class _Echo:
    """The least that an assistant can do, with all that ours keeps: talk, mark of the update, outbox."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def respond(self, incoming: Incoming) -> Reply:
        """Echo."""
        reply = Reply(Intent.HELP, (Text(incoming.text or ""),))
        async with self._store.talk(incoming.chat, at=incoming.at, update=incoming.update) as talk:
            talk.outbox.append(
                NewDelivery(f"u{incoming.update}:0", incoming.chat, "reply", incoming.at, pack(reply), 0)
            )
        return reply


def _real(store: Store) -> Assistant:
    return Assistant(load_sources(), Reader(), store, new_id=new_id, outbox=("telegram",))


async def _ours(load: Load, make: Callable[[Store], Answering], url: str) -> Measured:
    async with _house(make, url) as (channel, store):
        webhook = channel.webhook
        assert webhook is not None

        async def answered() -> None:
            while await store.waiting(1, channel="telegram"):  # noqa: ASYNC110 - the store rings no bell
                await asyncio.sleep(0.002)

        first = next(load.bodies()).replace(b'"update_id": 1,', b'"update_id": 0,')
        assert await webhook.handle(first, SECRET) == 200
        await answered()  # what is made with the first message is no part of the rate
        measured = await _posted(load, webhook.handle, answered)
        states = (await store.queue(now=datetime.now(UTC)))["states"]
        assert sum(states.values()) == load.messages + 1
        return measured


@asynccontextmanager
async def _house(
    make: Callable[[Store], Answering], url: str
) -> AsyncIterator[tuple[TelegramChannel, Store]]:
    world = FakeTelegram()
    store = open_store(url)
    await store.open()
    bot = build_telegram(world.token, request=world.request, updates_request=world.request)
    channel = TelegramChannel(
        bot,
        store,
        make(store),
        wake=lambda: None,
        clock=lambda: datetime.now(UTC),
        public=PublicAddress("https://benchmark.example/webhook", SECRET),
    )
    stop = asyncio.Event()
    running = asyncio.create_task(channel.run(stop))
    while not world.called("setChatMenuButton"):  # noqa: ASYNC110 - it has introduced itself then
        await asyncio.sleep(0.005)
    try:
        yield channel, store
    finally:
        stop.set()
        await running
        await channel.close()
        await store.close()


# --- the web server and who posts to it ----------------------------------------------------------


async def _posted(load: Load, receive: Receive, answered: Callable[[], Awaitable[None]]) -> Measured:
    """Serve ``receive`` as the product serves its webhook, and post the load to it from another process."""
    web = FastAPI(openapi_url=None)

    @web.post(WEBHOOK_PATH)
    async def webhook(request: Request) -> Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return Response(status_code=await receive(await request.body(), secret))

    bound = socket.create_server((HOST, 0))
    server = uvicorn.Server(uvicorn.Config(web, log_level="critical", lifespan="off", access_log=False))
    serving = asyncio.create_task(server.serve([bound]))
    context = multiprocessing.get_context("spawn")
    ready, go = context.Event(), context.Event()
    poster = context.Process(target=_post, args=(load, bound.getsockname()[1], ready, go))
    poster.start()
    try:
        await asyncio.to_thread(ready.wait)
        started, spent = time.perf_counter(), time.process_time()
        go.set()
        await asyncio.to_thread(poster.join)
        await answered()
        taken, cost = time.perf_counter() - started, time.process_time() - spent
    finally:
        server.should_exit = True
        await serving
    assert poster.exitcode == 0
    return Measured(load.messages / taken, cost / load.messages)


def _post(load: Load, port: int, ready: Event, go: Event) -> None:
    """The other process: all connections together post all bodies, each the next one after its 200."""
    asyncio.run(_post_all([_request(body) for body in load.bodies()], port, ready, go))


def _request(body: bytes) -> bytes:
    head = (
        f"POST {WEBHOOK_PATH} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _post_all(requests: list[bytes], port: int, ready: Event, go: Event) -> None:
    waiting = iter(requests)
    streams: list[Any] = [await asyncio.open_connection(HOST, port) for _ in range(CONNECTIONS)]
    ready.set()
    await asyncio.to_thread(go.wait)

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for request in waiting:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
        writer.close()

    await asyncio.gather(*(connection(*stream) for stream in streams))


if __name__ == "__main__":
    main()
