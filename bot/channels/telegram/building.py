"""The bot as a client of the Bot API: addresses, timeouts, proxy. No Updater, no Application, no JobQueue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

API = "https://api.telegram.org"

# Seconds. Together well under a delivery's lease of 60, so that a live sender always ends inside it.
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 15.0
WRITE_TIMEOUT = 10.0
FILE_WRITE_TIMEOUT = 20.0
POOL_TIMEOUT = 3.0
CONNECTIONS = 8


class TelegramBot(Bot):
    """A Bot that also gives updates as they came, so that one it cannot read still gets kept."""

    __slots__ = ()

    async def fetch(self, offset: int, wait: int, kinds: Sequence[str]) -> list[Mapping[str, Any]]:
        """The updates from number ``offset`` on, as JSON; Telegram waits up to ``wait`` seconds for one."""
        asked = {"offset": offset or None, "timeout": wait, "limit": 100, "allowed_updates": list(kinds)}
        updates = await self._post(
            "getUpdates",
            {name: value for name, value in asked.items() if value is not None},
            read_timeout=wait + READ_TIMEOUT,
        )
        return list(updates)


def build_telegram(
    token: str,
    *,
    api_url: str | None = None,
    proxy: str | None = None,
    request: BaseRequest | None = None,
    updates_request: BaseRequest | None = None,
) -> TelegramBot:
    """The bot, not yet connected. ``api_url`` is a self-hosted Bot API server's base, ``proxy`` serves
    sending and fetching alike; ``request`` and ``updates_request`` replace the network in tests."""
    base = (api_url or API).rstrip("/")
    return TelegramBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request or _request(CONNECTIONS, proxy),
        get_updates_request=updates_request or _request(1, proxy),
    )


def _request(connections: int, proxy: str | None) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        write_timeout=WRITE_TIMEOUT,
        pool_timeout=POOL_TIMEOUT,
        media_write_timeout=FILE_WRITE_TIMEOUT,
        proxy=proxy,
    )
