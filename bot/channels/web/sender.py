"""Replies and reminders reach the page by being written into the chat's transcript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.web.notifier import Notifier
from bot.messages import Reply
from bot.reminders.sending import Ending, SendResult
from bot.wire import pack
from storage.store import Store


class WebSender:
    """The Sender of web chats. Every page that shows the chat reads the line from the transcript."""

    channel = "web"

    def __init__(self, store: Store, notifier: Notifier, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Write the line once. A failure is never uncertain: the same delivery written again is one line."""
        try:
            number = await self._store.transcribe(
                chat, "xize", pack(reply), at=self._clock(), delivery_id=delivery_id
            )
        except Exception as error:
            return SendResult(Ending.NOT_SENT, detail=type(error).__name__)
        self._notifier.notify(chat)
        return SendResult(Ending.SENT, message_id=str(number))
