"""The Telegram channel in a small house: the fake world, a store in memory, an assistant that echoes,
and a courier in the dispatcher's place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.channels.telegram.building import TelegramBot, build_telegram
from bot.channels.telegram.channel import PublicAddress, TelegramChannel
from bot.channels.telegram.sender import TelegramSender
from bot.messages import Attachment, Button, Incoming, Intent, Reply, Text
from bot.reminders.sending import Ending, SendResult
from bot.turn import Sources
from bot.wire import pack, unpack
from storage.opening import open_store
from storage.records import Delivery, NewDelivery
from storage.store import Settlement, Store
from tests.fakes.telegram import FakeTelegram

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def reply(text: str = "至少 4 名。", *buttons: Button, files: tuple[Attachment, ...] = ()) -> Reply:
    """A short answer."""
    return Reply(Intent.LOOKUP, (Text(text, "headline"),), buttons, attachments=files)


class EchoAssistant:
    """Answers with what it understood to have come in, through the outbox, once for an update."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.heard: list[Incoming] = []
        self.files: list[bytes] = []
        self.trouble: Callable[[Incoming], None] = lambda incoming: None
        self.intent = Intent.LOOKUP
        self.buttons: tuple[Button, ...] = (Button("看第十六条", "ref:art_16"), Button("期限怎么算", "dates"))

    async def respond(self, incoming: Incoming) -> Reply:
        """Echo."""
        async with self.store.talk(incoming.chat, at=incoming.at, update=incoming.update) as talk:
            self.trouble(incoming)
            self.heard.append(incoming)
            said = incoming.text or incoming.tap or self._opened(incoming)
            answer = replace(reply(f"回答：{said}", *self.buttons), intent=self.intent, place=incoming.place)
            row = NewDelivery(f"u{incoming.update}:0", incoming.chat, "reply", incoming.at, pack(answer), 0)
            if not incoming.quiet:
                talk.outbox.append(row)
        return answer

    def _opened(self, incoming: Incoming) -> str:
        assert incoming.file is not None
        self.files.append(incoming.file.read_bytes())
        return incoming.file.name


class House:
    """Everything joined, with one clock."""

    def __init__(
        self,
        public: PublicAddress | None = None,
        operators: Sequence[int] = (),
        sources: Callable[[], Sources] | None = None,
    ) -> None:
        self.now = NOW
        self.world = FakeTelegram(lambda: self.now)
        self.store = open_store("sqlite:///:memory:")
        self.bot: TelegramBot = build_telegram(
            self.world.token, request=self.world.request, updates_request=self.world.request
        )
        self.assistant = EchoAssistant(self.store)
        self.sender = TelegramSender(self.bot, self.store)
        self.results: list[SendResult] = []
        self._bell = asyncio.Event()
        self._ids = count(1)
        self.channel = TelegramChannel(
            self.bot,
            self.store,
            self.assistant,
            wake=self._bell.set,
            clock=lambda: self.now,
            public=public,
            operators=operators,
            sources=sources,
            steps=(0.01,),
        )

    async def deliver(self) -> None:
        """Send what the outbox holds, as the dispatcher would."""
        lease = timedelta(minutes=1)
        for row in await self.store.claim("courier", now=self.now, lease=lease, limit=100):
            await self._deliver(row)

    async def _deliver(self, row: Delivery) -> None:
        if not await self.store.begin(row, now=self.now):
            return
        result = await self.sender.send(row.chat, unpack(row.payload), delivery_id=row.id)
        self.results.append(result)
        sent = result.ending is Ending.SENT
        await self.store.settle(
            row, Settlement("sent" if sent else "skipped", self.now, result.detail, result.message_id)
        )

    async def _courier(self) -> None:
        while True:
            await self._bell.wait()
            self._bell.clear()
            await self.deliver()

    async def ready(self) -> None:
        """Wait until everything that was kept is done or set aside."""

        async def quiet() -> bool:
            return not self.world.waiting and not await self.store.waiting()

        await until(quiet)
        await self.deliver()


@asynccontextmanager
async def open_house(
    public: PublicAddress | None = None,
    *,
    serve: bool = True,
    operators: Sequence[int] = (),
    sources: Callable[[], Sources] | None = None,
) -> AsyncIterator[House]:
    """A house; with ``serve`` the channel runs and the courier carries."""
    house = House(public, operators, sources)
    await house.store.open()
    stop = asyncio.Event()
    tasks = (
        [asyncio.create_task(house.channel.run(stop)), asyncio.create_task(house._courier())] if serve else []
    )
    try:
        yield house
    finally:
        stop.set()
        if tasks:
            tasks[1].cancel()
            await asyncio.gather(tasks[1], return_exceptions=True)
            await tasks[0]
        await house.channel.close()
        await house.store.close()


async def until(met: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so; ten seconds mean that it never will be."""
    async with asyncio.timeout(10):
        while True:
            if await met():
                return
            await asyncio.sleep(0.002)
