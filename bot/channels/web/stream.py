"""New lines of a chat as server-sent events, as long as the page is open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from bot.channels.web import lines
from bot.channels.web.identity import Identity
from bot.channels.web.notifier import Notifier
from storage.errors import StoreError
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. ``poll``: how often the transcript is read where nobody wakes us (another process may
    have written); ``beat``: how often a silent stream shows that it lives."""

    poll: float = 1.0
    beat: float = 15.0


async def events(
    store: Store, notifier: Notifier, identity: Identity, pace: Pace, chat: str, after: int
) -> AsyncIterator[bytes]:
    """The lines after number ``after``, each once and in order, and heartbeats in between."""
    silent = 0.0
    yield b"retry: 1500\n\n" + _beat()
    with notifier.watching(chat) as news:
        while not notifier.closed:
            news.clear()
            found = await _lines(store, identity, chat, after)
            for line in found:
                yield _event(line)
                after, silent = line["n"], 0.0
            if not found:
                silent += await _pause(news, pace.poll)
            if silent >= pace.beat:
                yield _beat()
                silent = 0.0


async def _lines(store: Store, identity: Identity, chat: str, after: int) -> list[dict[str, Any]]:
    try:
        return await lines.shown(store, identity, chat, await store.transcript(chat, after))
    except StoreError:
        return []  # busy or away for a moment: the next look finds them


async def _pause(news: asyncio.Event, seconds: float) -> float:
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        return seconds
    return 0.0


def _event(line: dict[str, Any]) -> bytes:
    written = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return f"id: {line['n']}\nevent: line\ndata: {written}\n\n".encode()


def _beat() -> bytes:
    return b"event: beat\ndata: {}\n\n"
