"""How a channel sends, and how a send can end. The dispatcher decides; a sender only reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.messages import Reply


class Ending(StrEnum):
    """How a send ended."""

    SENT = "sent"  # the channel confirmed it
    NOT_SENT = "not_sent"  # certainly not sent; may be tried again
    LIMITED = "limited"  # refused for now: wait ``retry_after``; not counted as an attempt
    BLOCKED = "blocked"  # the user blocked the bot or is deactivated
    GONE = "gone"  # no such chat
    MOVED = "moved"  # the chat is now ``new_chat``
    REFUSED = "refused"  # this message can never be sent as it is
    UNCERTAIN = "uncertain"  # the answer was lost: it may have arrived
    MISCONFIGURED = "misconfigured"  # wrong token, second poller: stop sending, keep everything


@dataclass(frozen=True, slots=True)
class SendResult:
    """What the channel reports. ``detail`` is for the journal and never holds a token."""

    ending: Ending
    message_id: str | None = None
    retry_after: float | None = None  # seconds
    new_chat: str | None = None
    detail: str = ""


class Sender(Protocol):
    """Sends to the chats of one channel."""

    channel: str  # "telegram", "web"

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Send once, never retry, never raise: whatever happens is an ending. Longer replies may become
        several messages; the ending is that of the first that did not arrive."""
