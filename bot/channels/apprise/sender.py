"""Sends plain text through apprise. It only tells whether all went well, so most failures stay uncertain."""

from __future__ import annotations

import asyncio
import io
import logging
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.channels.apprise import CHANNEL
from bot.errors import SettingsError
from bot.messages import Reply
from bot.reminders.sending import Ending, SendResult
from bot.rendering import render

if TYPE_CHECKING:
    from apprise import Apprise

TIMEOUT = 60.0  # seconds; below the dispatcher's own
# What the network layer says when nothing can have been sent.
_NEVER_CONNECTED = (
    "connection refused",
    "failed to establish a new connection",
    "name or service not known",
    "getaddrinfo failed",
    "network is unreachable",
)
_LONGEST_TITLE = 120


class AppriseSender:
    """Sends to ``notify:<name>``, one address a name."""

    channel = CHANNEL

    def __init__(self, addresses: Mapping[str, str], *, timeout: float = TIMEOUT) -> None:
        """Raises SettingsError, naming the pair, for an address that apprise does not know."""
        self._ways = {name: _way(name, address) for name, address in addresses.items()}
        self._timeout = timeout

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """See Sender.send. Buttons cannot be pressed there, so they are left out."""
        name = chat.partition(":")[2]
        way = self._ways.get(name)
        if way is None:
            return SendResult(Ending.NOT_SENT, detail=f"no address is configured for {name}")
        text = render(reply, "plain.txt").strip()
        if not text:
            return SendResult(Ending.REFUSED, detail="nothing to say")
        try:
            async with asyncio.timeout(self._timeout):
                return await asyncio.to_thread(_notify, way, text)
        except TimeoutError:
            return SendResult(Ending.UNCERTAIN, detail="no answer")
        except Exception as error:
            return SendResult(Ending.UNCERTAIN, detail=type(error).__name__)


def _way(name: str, address: str) -> Apprise:
    with warnings.catch_warnings():
        # Its plugins import modules that Python is about to drop.
        warnings.simplefilter("ignore", DeprecationWarning)
        from apprise import Apprise

        way = Apprise()
        known = way.add(address)
    if not known:
        raise SettingsError(f"XIZE_NOTIFY: the address of {name} is not understood")
    return way


def _notify(way: Apprise, text: str) -> SendResult:
    from apprise import LogCapture

    title, _, rest = text.partition("\n")
    with LogCapture(level=logging.DEBUG) as said:  # type: ignore[no-untyped-call]
        arrived = way.notify(body=rest.strip() or title, title=title[:_LONGEST_TITLE])
        # Only looked through: it may hold addresses, so nothing of it goes into the journal.
        heard = said.getvalue().lower() if isinstance(said, io.StringIO) else ""
    if arrived:
        return SendResult(Ending.SENT)
    if any(words in heard for words in _NEVER_CONNECTED):
        return SendResult(Ending.NOT_SENT, detail="no connection")
    return SendResult(Ending.UNCERTAIN, detail="not confirmed")
