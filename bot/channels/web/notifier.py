"""Wakes the open pages of this process when their chat has a new line. A hint only: the transcript
in the store is the truth, so several processes may serve the same chat."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Notifier:
    """Who waits for news of which chat."""

    def __init__(self) -> None:
        self._watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.closed = False

    @contextmanager
    def watching(self, chat: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the chat has news; clear it before looking."""
        event = asyncio.Event()
        self._watchers[chat].add(event)
        try:
            yield event
        finally:
            self._watchers[chat].discard(event)
            if not self._watchers[chat]:
                del self._watchers[chat]

    def watchers(self, chat: str) -> int:
        """How many pages watch the chat."""
        return len(self._watchers.get(chat, ()))

    def notify(self, chat: str) -> None:
        """The chat has a new line."""
        for event in self._watchers.get(chat, ()):
            event.set()

    def close(self) -> None:
        """End every stream, so that the server can stop without waiting for open pages."""
        self.closed = True
        for chat in list(self._watchers):
            self.notify(chat)
