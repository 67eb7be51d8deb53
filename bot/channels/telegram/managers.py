"""Who decides for a chat: everybody in their own, in a group its administrators. Asked of Telegram, and
remembered for a moment only, so that an administrator who goes loses the say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.addresses import number
from bot.channels.telegram.reading import Origin
from bot.logs import redact

log = logging.getLogger(__name__)

REMEMBERED = timedelta(minutes=1)
_PATIENCE = 3.0  # seconds; an answer must not wait longer for this
_MOST = 1000  # people remembered
_ADMINISTRATORS = frozenset({"creator", "administrator"})


class Managers:
    """Asks Telegram who administers a group. Whom nobody can vouch for decides nothing."""

    def __init__(self, bot: Bot, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[datetime, bool]] = {}

    async def may_manage(self, chat: str, origin: Origin) -> bool:
        """Whether the sender of an update decides for its chat."""
        if not origin.in_group or origin.is_chat:
            return True
        if origin.sender is None:
            return False
        key, now = (chat, origin.sender), self._clock()
        asked, manages = self._known.get(key, (None, False))
        if asked is None or not timedelta() <= now - asked < REMEMBERED:
            manages = await self._ask(chat, origin.sender)
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = now, manages
        return manages

    async def _ask(self, chat: str, sender: str) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE):
                member = await self._bot.get_chat_member(number(chat), int(sender))
        except (TelegramError, TimeoutError) as error:
            log.warning("who administers a group could not be asked: %s", redact(repr(error)))
            return False
        return member.status in _ADMINISTRATORS
