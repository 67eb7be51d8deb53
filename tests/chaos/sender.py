"""A process that sends what is due in a store to a Telegram on loopback, until all is sent or it is stopped.

    python -m tests.chaos.sender DATABASE API NOW [--loop]

NOW is taken for the time at the start, so that leases can be over without waiting for them.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from datetime import datetime, timedelta

from telegram.request import HTTPXRequest

from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.sender import TelegramSender
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.loop import ReminderLoop
from bot.reminders.notices import Composer
from bot.reminders.planner import Planner
from tests.bot.reminders.house import describe
from tests.chaos.yard import open_yard_store
from tests.fakes.telegram import TOKEN

TIMEOUT = 0.5  # seconds: a Telegram that hangs is given up on soon


async def main(database: str, api: str, now: str, *, loop: bool) -> None:
    """Send; with ``loop`` as the service does, until SIGTERM."""
    start, begun = datetime.fromisoformat(now), time.monotonic()
    store = open_yard_store(database)
    await store.open()
    request = HTTPXRequest(read_timeout=TIMEOUT, connect_timeout=TIMEOUT, write_timeout=TIMEOUT)
    bot = build_telegram(TOKEN, api_url=api, request=request, updates_request=request)
    dispatcher = Dispatcher(
        store, [TelegramSender(bot, store)], Composer(describe), owner=f"{os.getpid()}:{now}"
    )

    def clock() -> datetime:
        return start + timedelta(seconds=time.monotonic() - begun)

    stop = asyncio.Event()
    if loop:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await dispatcher.tidy(clock())
    print("ready", flush=True)  # noqa: T201 - the sign that the experiment may begin
    if loop:
        await ReminderLoop(Planner(store), dispatcher, clock).run(stop)
    else:
        await dispatcher.drain(clock)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4], loop="--loop" in sys.argv))
