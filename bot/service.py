"""One running process: web chat, reminders and Telegram over one store, started and stopped together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import uvicorn
from fastapi import FastAPI, Request, Response

from bot.api.house import House
from bot.api.keys import read_keys
from bot.api.sender import ApiSender
from bot.api.server import PREFIX, create_api
from bot.assistant import Assistant
from bot.channels.web.feeds import Feeds
from bot.channels.web.notifier import Notifier
from bot.channels.web.server import create_web
from bot.console.mounting import mount_console
from bot.delivery import delivery_loop, role, senders, telegram_bot
from bot.errors import ChannelError
from bot.monitoring.metrics import Metrics
from bot.monitoring.serving import RequestTrace, serve_metrics
from bot.monitoring.standing import Standing
from bot.monitoring.watching import WatchedAssistant, WatchedSender
from bot.pacing import Allowance, PacedAssistant
from bot.reminders.clock import ClockGuard
from bot.reminders.sending import Sender
from bot.settings import Settings
from bot.skills.operators.desk import OperatorDesk
from bot.turn import Sources
from storage.processes import process_name
from storage.store import Store

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel
    from bot.channels.telegram.webhook import Webhook

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
UPLOADS = Path("data/uploads")
_STOP_WITHIN = 8  # seconds for open requests; the whole stop stays under ten


class Service:
    """All parts of one process. ``make_assistant`` is given the names of the channels with an outbox."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        sources: Sources,
        make_assistant: Callable[[tuple[str, ...]], Assistant],
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._owner = process_name()
        self._clock = clock
        self._sources = sources
        self._notifier = Notifier()
        self.metrics = Metrics()
        self._beside: list[Callable[[asyncio.Event], Awaitable[None]]] = []
        self._first: list[Callable[[], Awaitable[None]]] = []
        self._prepared = asyncio.Event()
        self._bot = telegram_bot(settings)
        through: list[Sender] = [
            WatchedSender(sender, self.metrics)
            for sender in (
                *senders(settings, store, self._notifier, clock, self._bot),
                ApiSender(store, self._notifier, clock=clock),
            )
        ]
        self._reminders = delivery_loop(
            settings, store, sources, through, ClockGuard(clock, time.monotonic).read, self._owner
        )
        answering = make_assistant(tuple(sender.channel for sender in through))
        self._assistant = WatchedAssistant(self._paced(answering), self.metrics)
        self.preview = answering.answer  # an answer on a talk that nothing keeps
        self._keys = read_keys(key.get_secret_value() for key in settings.api_keys)
        self.telegram = self._telegram()

    def accompany(self, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Run this too for as long as the service runs; it ends when its event is set."""
        self._beside.append(work)

    def prepare(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do this first: until it is done nobody is told that we are ready, and Telegram is not asked."""
        self._first.append(work)

    async def run(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        """Serve until ``stop``; ``ready`` is called once the address is bound. Raises ChannelError."""
        web = self._web()
        server = _Server(
            uvicorn.Config(
                web,
                log_config=None,
                access_log=False,
                server_header=False,  # what serves is nobody's business
                lifespan="off",
                timeout_graceful_shutdown=_STOP_WITHIN,
                # Whose word on the visitor's address and scheme is taken.
                forwarded_allow_ips=list(self._settings.trusted_proxies),
            )
        )
        bound = _bind(self._settings.http_host, self._settings.http_port)
        await web.state.inbox.resume()
        ready()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._prepare())
            group.create_task(self._reminders.run(stop))
            group.create_task(self._serve_web(server, bound, stop))
            for work in self._beside:
                group.create_task(_until(stop, work))
            if self.telegram is not None:
                group.create_task(self._serve_telegram(self.telegram, stop))
            await stop.wait()
            self._notifier.close()
            server.should_exit = True
        if self.telegram is not None:
            await self.telegram.close()

    def _web(self) -> FastAPI:
        address = self._settings.public_url
        web = create_web(
            self._assistant,
            self._store,
            clock=self._clock,
            wake=self._reminders.wake,
            notifier=self._notifier,
            uploads=UPLOADS,
            public_url=str(address) if address is not None else None,
            prepared=self._prepared.is_set,
        )
        if self.telegram is not None and self.telegram.webhook is not None:
            _serve_webhook(web, self.telegram.webhook)
        settings, token = self._settings, self._settings.metrics_token
        zone, numbers = ZoneInfo(settings.timezone), self.metrics
        standing = Standing(self._store, self._sources, self._clock, zone, numbers.registry)
        serve_metrics(web, numbers, standing, token.get_secret_value() if token is not None else None)
        web.add_middleware(RequestTrace, metrics=numbers)
        self._serve_api(web, zone)
        web.include_router(Feeds(self._store, self._sources, zone).router())
        mount_console(web, settings, self._store, self._sources, self._clock, UPLOADS)
        return web

    def _serve_api(self, web: FastAPI, zone: ZoneInfo) -> None:
        house = House(self._assistant, self.preview, self._store, self._sources, self._clock, zone, UPLOADS)
        web.mount(PREFIX, create_api(house, self._keys))

    def _paced(self, answering: Assistant) -> PacedAssistant:
        """The web chat slows browsers down itself, before a message is kept."""
        allowance = Allowance(self._settings.limit_messages, self._settings.limit_files)
        return PacedAssistant(answering, self._store, allowance, ("telegram",), self.metrics.refused)

    def _telegram(self) -> TelegramChannel | None:
        if self._bot is None:
            return None
        from bot.channels.telegram.channel import PublicAddress, TelegramChannel

        settings, public = self._settings, None
        if settings.telegram_mode == "webhook" and settings.public_url and settings.webhook_secret:
            public = PublicAddress(
                f"{str(settings.public_url).rstrip('/')}{WEBHOOK_PATH}",
                settings.webhook_secret.get_secret_value(),
            )
        return TelegramChannel(
            self._bot,
            self._store,
            OperatorDesk(self._assistant, self._store, settings.library, lambda: self._sources.library),
            wake=self._reminders.wake,
            clock=self._clock,
            public=public,
            operators=settings.operators,
            sources=lambda: self._sources,
            role=role(settings, self._store, "poller", self._owner),
        )

    async def _prepare(self) -> None:
        for work in self._first:
            await work()
        self._prepared.set()

    async def _serve_web(self, server: _Server, bound: socket.socket, stop: asyncio.Event) -> None:
        try:
            await server.serve(sockets=[bound])
        finally:
            stop.set()

    async def _serve_telegram(self, channel: TelegramChannel, stop: asyncio.Event) -> None:
        """Telegram in trouble does not take the web chat and the reminders with it."""
        await self._prepared.wait()
        try:
            await channel.run(stop)
        except ChannelError as error:
            log.error("Telegram is off: %s", error)


async def _until(stop: asyncio.Event, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    await work(stop)


class _Server(uvicorn.Server):
    """Signals are handled in one place, for all parts."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise ChannelError(
            f"XIZE_HTTP_HOST, XIZE_HTTP_PORT: {host}:{port} cannot be used ({error.strerror}); "
            "another program may be serving there"
        ) from None
    return bound


def _serve_webhook(web: FastAPI, webhook: Webhook) -> None:
    @web.post(WEBHOOK_PATH)
    async def receive(request: Request) -> Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return Response(status_code=await webhook.handle(await request.body(), secret))
