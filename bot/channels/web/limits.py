"""How much and how often a browser may send. Counted in memory, per process."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes or characters. ``upload`` leaves room for a scanned notice, not for a film."""

    text: int = 20_000  # characters
    body: int = 100_000  # bytes of a message without a file
    upload: int = 10_000_000  # bytes of a file
    streams: int = 8  # open pages of one chat


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, then ``per_second`` on average."""

    burst: float
    per_second: float


MESSAGES = Rate(20, 0.5)  # per chat
ADDRESS = Rate(300, 10.0)  # messages per network address: an office behind one address is many people
NEWCOMERS = Rate(120, 2.0)  # new chats per network address


class Buckets:
    """A token bucket for each key; the keys longest unused are forgotten first."""

    def __init__(self, rate: Rate, keep: int = 10_000) -> None:
        self._rate = rate
        self._keep = keep
        self._levels: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, key: str, now: datetime) -> float:
        """Take one. 0.0 when there was one; else the seconds until there is one again."""
        level, since = self._levels.pop(key, (self._rate.burst, now))
        gained = max(0.0, (now - since).total_seconds()) * self._rate.per_second
        level = min(self._rate.burst, level + gained)
        wait = 0.0 if level >= 1 else (1 - level) / self._rate.per_second
        self._levels[key] = (level - 1 if wait == 0.0 else level, now)
        if len(self._levels) > self._keep:
            self._levels.popitem(last=False)
        return wait
