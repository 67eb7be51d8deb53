"""Telegram as one thing to run: updates in by polling or webhook, answers worked out, a clean stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.answering import Answerer, Answering
from bot.channels.telegram.building import TelegramBot
from bot.channels.telegram.endings import seconds
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.introduction import introduce
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.reading import ALLOWED_UPDATES, Identity
from bot.channels.telegram.webhook import Webhook
from bot.errors import ChannelError
from bot.logs import redact
from bot.roles import Role
from bot.turn import Sources
from bot.waiting import BACKOFF, backoff, pause
from storage.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """Where Telegram pushes updates: an https address, and the secret that proves it is Telegram."""

    url: str
    secret: str


class TelegramChannel:
    """Updates come in, are kept, and are answered through the outbox. Sending is TelegramSender's."""

    def __init__(
        self,
        bot: TelegramBot,
        store: Store,
        assistant: Answering,
        *,
        wake: Callable[[], None],
        clock: Callable[[], datetime],
        public: PublicAddress | None = None,
        operators: Sequence[int] = (),
        sources: Callable[[], Sources] | None = None,
        role: Role | None = None,
        steps: Sequence[float] = BACKOFF,
    ) -> None:
        """``wake`` hurries the dispatcher after an answer; with ``public`` updates are pushed, else polled,
        by the process that has the ``role`` where there are several; inline queries are answered from
        ``sources``; ``steps`` are the seconds between tries when Telegram cannot be reached."""
        self._bot = bot
        self._public = public
        self._operators = operators
        self._steps = steps
        answerer = Answerer(
            bot,
            store,
            assistant,
            me=self._identity,
            clock=clock,
            operators=frozenset(map(str, operators)),
        )
        self._inbox = Inbox(store, answerer, wake=wake, clock=clock)
        self._inline = Inline(bot, sources, clock) if sources is not None else None
        ask = self._inline.ask if self._inline is not None else lambda query: None
        self._intake = Intake(store, clock=clock, notice=self._inbox.notice, ask=ask)
        self._poller = Poller(bot, store, self._intake, clock=clock, role=role, steps=steps)
        self.webhook = Webhook(self._intake, public.secret) if public else None
        self.username = ""  # known once Telegram has answered

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until ``stop``. Raises ChannelError when Telegram refuses the token, the webhook, or
        this process because another one polls."""
        if not await self._until_reached(stop):
            return
        ending = asyncio.Event()
        parts = [asyncio.create_task(self._inbox.run(ending))]
        if self._public is None:
            parts.append(asyncio.create_task(self._poller.run(ending)))
        introducing = asyncio.create_task(introduce(self._bot, self._operators))
        try:
            await _first(stop, parts)
        finally:
            ending.set()
            introducing.cancel()
            await asyncio.gather(*parts, introducing, return_exceptions=True)
            if self._inline is not None:
                await self._inline.close()
        for part in parts:
            part.result()

    async def close(self) -> None:
        """Let go of the connections; after this nothing can be sent."""
        await self._bot.shutdown()

    async def _until_reached(self, stop: asyncio.Event) -> bool:
        """Say hello until Telegram answers; False when told to stop before."""
        failures = 0
        while not stop.is_set():
            try:
                await self._connect()
            except InvalidToken:
                raise ChannelError("Telegram refused the token; check XIZE_TELEGRAM_TOKEN.") from None
            except BadRequest as error:
                raise ChannelError(
                    f"Telegram refused the webhook; check XIZE_PUBLIC_URL and XIZE_WEBHOOK_SECRET: {error}"
                ) from None
            except TelegramError as error:
                failures += 1
                wait = seconds(error) if isinstance(error, RetryAfter) else backoff(self._steps, failures)
                log.warning(
                    "Telegram cannot be reached, again in %.0f s (XIZE_TELEGRAM_PROXY sets a proxy): %s",
                    wait,
                    redact(str(error)),
                )
                await pause(stop, wait)
            else:
                return True
        return False

    async def _connect(self) -> None:
        await self._bot.initialize()
        self.username = self._bot.username
        self._intake.me = Identity(self._bot.id, self._bot.username)
        if self._public is None:
            await self._bot.delete_webhook(drop_pending_updates=False)
        else:
            await self._bot.set_webhook(
                self._public.url,
                secret_token=self._public.secret,
                allowed_updates=ALLOWED_UPDATES,
                drop_pending_updates=False,
            )

    def _identity(self) -> Identity:
        if self._intake.me is None:
            raise ChannelError("Telegram has not yet said who the bot is")
        return self._intake.me


async def _first(stop: asyncio.Event, parts: Sequence[asyncio.Task[None]]) -> None:
    """Wait until told to stop, or until a part ends by itself, which it only does in trouble."""
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait([stopping, *parts], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        await asyncio.gather(stopping, return_exceptions=True)
