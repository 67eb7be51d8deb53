"""Updates are kept before they are acknowledged; what is none of our business is not kept at all. What
arrives in the same moment is kept in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.channels.telegram.addresses import address
from bot.channels.telegram.reading import Identity, Raw, chat_of, read
from storage.errors import StoreError
from storage.records import Update
from storage.store import Store

log = logging.getLogger(__name__)

NOWHERE = address(0)  # the chat of an update that cannot be read


class Intake:
    """The door of the inbox, for polling and webhook alike."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime],
        notice: Callable[[Sequence[Update]], None],
        ask: Callable[[Raw], None] = lambda query: None,
    ) -> None:
        """``notice`` is given what was kept. ``ask`` is given inline queries, which are answered within
        seconds or not at all and so are not kept."""
        self._store = store
        self._clock = clock
        self._notice = notice
        self._ask = ask
        self._gathered: list[Update] = []
        self._round: asyncio.Task[None] | None = None  # keeps what is gathered
        self.me: Identity | None = None  # known once Telegram has told it

    async def keep(self, raws: Iterable[Raw]) -> None:
        """Keep what matters and tell the inbox. Raises StoreError when it could not be kept: then it
        must not be acknowledged."""
        at = self._clock()
        updates = [update for raw in raws if (update := self._update(raw, at)) is not None]
        if not updates:
            return
        gathered = self._gathered
        gathered += updates
        if self._round is None:
            self._round = asyncio.create_task(self._keep_gathered())
        try:
            await asyncio.shield(self._round)
        except StoreError:
            if len(gathered) == len(updates):
                raise
            # The fault may be another's: what came with others is tried once more by itself.
            await self._keep(updates)

    async def _keep_gathered(self) -> None:
        await asyncio.sleep(0)  # those that arrive in this moment come along
        batch, self._gathered, self._round = self._gathered, [], None
        await self._keep(batch)

    async def _keep(self, updates: Sequence[Update]) -> None:
        await self._store.receive(updates)
        self._notice(updates)

    def _update(self, raw: Raw, at: datetime) -> Update | None:
        """The update as it is kept; None where it is not."""
        number = raw.get("update_id")
        if not isinstance(number, int):
            log.warning("an update without a number was left out")
            return None
        if "inline_query" in raw:
            self._ask(raw["inline_query"])
            return None
        try:
            if self.me is not None and read(raw, self.me) is None:
                return None
            chat = chat_of(raw)
        except Exception:
            # Kept all the same: the inbox sets it aside where an operator sees it.
            log.exception("update %d cannot be read", number)
            chat = None
        return Update(address(number), address(chat) if chat else NOWHERE, raw, at)
