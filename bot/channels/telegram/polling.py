"""Updates fetched by long polling. A batch is acknowledged (offset + 1) only after it is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.channels.telegram.building import TelegramBot
from bot.channels.telegram.endings import seconds
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.reading import ALLOWED_UPDATES
from bot.errors import ChannelError
from bot.logs import redact
from bot.roles import Role
from bot.waiting import BACKOFF, backoff, pause
from storage.store import Store

log = logging.getLogger(__name__)

OFFSET = "telegram.{bot}.offset"  # bookmark: the next update number to ask for


class Poller:
    """Fetches updates until told to stop."""

    def __init__(
        self,
        bot: TelegramBot,
        store: Store,
        intake: Intake,
        *,
        clock: Callable[[], datetime],
        role: Role | None = None,
        wait: int = 30,
        steps: Sequence[float] = BACKOFF,
    ) -> None:
        """With a ``role``, updates are fetched only while this process has it."""
        self._bot = bot
        self._store = store
        self._intake = intake
        self._clock = clock
        self._role = role
        # Seconds that Telegram holds an empty answer back; a role is renewed in between.
        self._wait = wait if role is None else int(role.wait)
        self._steps = steps

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until ``stop``. Raises ChannelError when another process polls or the token is refused."""
        try:
            await self._fetch_all(stop)
        finally:
            if self._role is not None:
                await self._role.let_go()

    async def _fetch_all(self, stop: asyncio.Event) -> None:
        failures = 0
        while not stop.is_set():
            try:
                if self._role is not None and not await self._role.held(self._clock()):
                    await pause(stop, self._role.wait)
                    continue
                await self._turn(stop)
                failures = 0
            except Conflict:
                if self._role is not None:
                    # The one before us has not noticed yet that it is our turn.
                    await pause(stop, self._role.wait)
                    continue
                raise ChannelError(
                    "Telegram: another process fetches updates with the same token; only one may. "
                    "Stop the other one, then start this one again."
                ) from None
            except InvalidToken:
                raise ChannelError("Telegram refused the token; check XIZE_TELEGRAM_TOKEN.") from None
            except Exception as error:
                # Whatever it is, nothing was acknowledged: the batch comes again.
                failures += 1
                wait = _wait_after(error, self._steps, failures)
                log.warning("fetching updates failed, again in %.0f s: %s", wait, redact(repr(error)))
                await pause(stop, wait)

    async def _turn(self, stop: asyncio.Event) -> None:
        """One batch: fetch, keep, and only then move the bookmark on."""
        bookmark = OFFSET.format(bot=self._bot.id)
        offset = int(await self._store.bookmark(bookmark) or 0)
        batch = await self._fetch(offset, stop)
        if not batch:
            return
        await self._intake.keep(batch)
        await self._store.set_bookmark(bookmark, str(max(raw["update_id"] for raw in batch) + 1))

    async def _fetch(self, offset: int, stop: asyncio.Event) -> list[Mapping[str, Any]]:
        """A batch, or none when told to stop meanwhile: an unacknowledged batch comes again."""
        fetching = asyncio.ensure_future(self._bot.fetch(offset, self._wait, ALLOWED_UPDATES))
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return fetching.result() if fetching.done() else []
        finally:
            for task in (fetching, stopping):
                task.cancel()
            await asyncio.gather(fetching, stopping, return_exceptions=True)


def _wait_after(error: Exception, steps: Sequence[float], failures: int) -> float:
    return seconds(error) if isinstance(error, RetryAfter) else backoff(steps, failures)
