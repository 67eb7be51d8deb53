"""The product put together as `serve` does, with a clock that tests move and the fake Telegram outside."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.sender import TelegramSender
from bot.channels.web.notifier import Notifier
from bot.channels.web.sender import WebSender
from bot.messages import Button, Incoming, Reply
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.loop import ReminderLoop
from bot.reminders.notices import Composer
from bot.reminders.planner import Planner
from bot.reminders.sending import Sender
from bot.rendering import render
from bot.skills.describing import describe
from bot.skills.operators.desk import OperatorDesk
from bot.wire import unpack
from storage.opening import open_store
from tests.bot.channels.telegram.house import until
from tests.fakes.telegram import FakeTelegram

NOWHERE = Path(os.devnull)  # where nothing can be added
START = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


class WholeHouse:
    """All parts over one store in memory. Telegram user 77 is an operator; what they add lies in ``own``."""

    OPERATOR = 77

    def __init__(self, own: Path) -> None:
        self.now = START
        self.sources = load_sources()
        self.store = open_store("sqlite:///:memory:")
        self.world = FakeTelegram(lambda: self.now)
        bot = build_telegram(self.world.token, request=self.world.request, updates_request=self.world.request)
        self.bot = bot
        senders: list[Sender] = [
            WebSender(self.store, Notifier(), clock=lambda: self.now),
            TelegramSender(bot, self.store),
        ]
        self._ids = count(1)
        self.dispatcher = Dispatcher(
            self.store, senders, Composer(partial(describe, self.sources)), owner="test", jitter=lambda: 0.5
        )
        planner = Planner(self.store, leads=self.sources.leads)
        self.reminders = ReminderLoop(planner, self.dispatcher, lambda: self.now)
        self.assistant = Assistant(
            self.sources,
            load_reader(),
            self.store,
            new_id=lambda: f"id{next(self._ids)}",
            outbox=("web", "telegram"),
            public_url="https://xize.test",
        )
        self.telegram = TelegramChannel(
            bot,
            self.store,
            OperatorDesk(self.assistant, self.store, own, lambda: self.sources.library),
            wake=self.reminders.wake,
            clock=lambda: self.now,
            operators=(self.OPERATOR,),
            sources=lambda: self.sources,
            steps=(0.01,),
        )

    async def answered(self) -> None:
        """All that people did in Telegram has been taken in and answered, a moment later."""
        self.now += timedelta(seconds=1)

        async def quiet() -> bool:
            return not self.world.waiting and not await self.store.waiting()

        await until(quiet)
        await self.reminders.once()

    async def says(self, chat: str, text: str = "", *, tap: str | None = None) -> Reply:
        """A message or tap comes in and its answer goes out."""
        incoming = Incoming(
            chat, self.now, text=None if tap else text, tap=tap, update=f"{chat}:{next(self._ids)}"
        )
        reply = await self.assistant.respond(incoming)
        await self.reminders.once()
        return reply

    async def passes(self, **time: float) -> None:
        """Time goes by, in steps of an hour, with the reminders at work."""
        end = self.now + timedelta(**time)
        while self.now < end:
            self.now = min(end, self.now + timedelta(hours=1))
            await self.reminders.once()

    async def page(self, chat: str) -> list[str]:
        """What the web page of a chat shows of ours."""
        lines = await self.store.transcript(chat)
        return [render(unpack(line.payload), "plain.txt") for line in lines if line.author == "xize"]

    async def buttons(self, chat: str) -> list[Button]:
        """All buttons in sight on a web page, the latest first."""
        lines = [line for line in await self.store.transcript(chat) if line.author == "xize"]
        return [button for line in reversed(lines) for button in unpack(line.payload).buttons]


@asynccontextmanager
async def open_whole_house(own: Path = NOWHERE) -> AsyncIterator[WholeHouse]:
    """A house, open."""
    house = WholeHouse(own)
    await house.store.open()
    stop = asyncio.Event()
    telegram = asyncio.create_task(house.telegram.run(stop))
    try:
        yield house
    finally:
        stop.set()
        await telegram
        await house.telegram.close()
        await house.store.close()
