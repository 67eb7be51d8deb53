"""The web channel, and the operators' console beside it, served on a loopback port by a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import uuid
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from bot.channels.web.limits import Limits
from bot.channels.web.stream import Pace
from bot.messages import Reply
from storage.store import Store
from tests.bot.channels.web.house import House

T = TypeVar("T")


def real_assistant(store: Store) -> Any:
    """The product's own assistant, with the law and the rules."""
    from bot.app import load_reader, load_sources
    from bot.assistant import Assistant

    return Assistant(load_sources(), load_reader(), store, new_id=lambda: uuid.uuid4().hex, outbox=("web",))


class Site:
    """A house that a browser can visit at ``url``, with the console where ``console`` says so."""

    def __init__(
        self, directory: Path, make_assistant: Callable[[Store], Any], *, console: bool = False
    ) -> None:
        self._directory = directory
        self._make_assistant = make_assistant
        self._with_console = console
        self._loop: asyncio.AbstractEventLoop
        self._thread = threading.Thread(target=self._serve, name="site")
        self._ready = threading.Event()
        self.house: House
        self._server: uvicorn.Server
        self.url = ""

    def __enter__(self) -> Site:
        self._thread.start()
        if not self._ready.wait(10):
            raise TimeoutError("the site did not start")
        if not self.url:
            self._thread.join()
            raise RuntimeError("the site could not start; its thread says why")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self.house.notifier.close)
        self._server.should_exit = True
        self._thread.join(10)

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do something in the site's own loop."""
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(10)

    def now(self) -> datetime:
        """The site's clock."""
        return datetime.now(UTC)

    def remind(self, reply: Reply, delivery_id: int) -> None:
        """Deliver a reminder to every chat that has opened the page and said something."""
        chats = {incoming.chat for incoming in self.house.assistant.heard}
        for chat in chats:
            self.run(lambda chat=chat: self.house.sender.send(chat, reply, delivery_id=delivery_id))  # type: ignore[misc]

    def _serve(self) -> None:
        try:
            asyncio.run(self._main())
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.house = await House.build(
            self._directory,
            make_assistant=self._make_assistant,
            clock=self.now,
            pace=Pace(poll=0.2),
            limits=Limits(upload=1_000_000),
        )
        if self._with_console:
            self._mount_console()
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        config = uvicorn.Config(
            self.house.app, log_level="error", timeout_graceful_shutdown=2, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._ready.set()
        await self._server.serve(sockets=[listening])
        await self.house.close()
        listening.close()

    def _mount_console(self) -> None:
        from tests.bot.console.house import ROOT, ConsoleHouse

        console = ConsoleHouse(self._directory, self.house.store, clock=self.now)
        self.house.app.mount(ROOT, console.serving)
