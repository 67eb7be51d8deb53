"""What the API's addresses work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.messages import Incoming, Reply
from bot.turn import Sources
from storage.store import Store
from storage.talk import Talk


class Assistant(Protocol):
    """Understands a message and answers it."""

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message and keep its effects. Raises Conflict when its update was answered before."""


@dataclass(frozen=True, slots=True)
class House:
    """The rooms behind the API. ``preview`` answers a message on a talk without keeping anything."""

    assistant: Assistant
    preview: Callable[[Talk, Incoming], Reply]
    store: Store
    sources: Sources
    clock: Callable[[], datetime]
    zone: ZoneInfo
    uploads: Path  # where a file lies until it is read

    @property
    def today(self) -> date:
        """The day in the place whose rules these are."""
        return self.clock().astimezone(self.zone).date()
