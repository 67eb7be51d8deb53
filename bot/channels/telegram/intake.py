"""Updates are kept before they are acknowledged; what is none of our business is not kept at all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.channels.telegram.addresses import address
from bot.channels.telegram.reading import Identity, chat_of, opened, read
from storage.records import Update
from storage.store import Store

log = logging.getLogger(__name__)

Raw = Mapping[str, Any]

NOWHERE = address(0)  # the chat of an update that cannot be read


class Intake:
    """The door of the inbox, for polling and webhook alike."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime], notice: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._notice = notice
        self.me: Identity | None = None  # known once Telegram has told it

    async def keep(self, raws: Iterable[Raw]) -> int:
        """Keep what matters and tell the inbox; how many were new. Raises StoreError when they
        could not be kept: then they must not be acknowledged."""
        at = self._clock()
        updates = [update for raw in raws if (update := self._update(raw, at)) is not None]
        if not updates:
            return 0
        new = await self._store.receive(updates)
        self._notice()
        return new

    def _update(self, raw: Raw, at: datetime) -> Update | None:
        """The update as it is kept; None where it is not."""
        number = raw.get("update_id")
        if not isinstance(number, int):
            log.warning("an update without a number was left out")
            return None
        try:
            update = opened(raw)
            if self.me is not None and read(update, self.me) is None:
                return None
            chat = chat_of(update)
        except Exception:
            # Kept all the same: the inbox sets it aside where an operator sees it.
            log.exception("update %d cannot be read", number)
            chat = None
        return Update(address(number), address(chat) if chat else NOWHERE, raw, at)
