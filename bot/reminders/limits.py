"""How fast a channel may be talked to: overall, per chat, per group, and when it asked to wait.

Each budget is a generic cell rate: one number per key, the moment at which it is empty again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

_FORGET_ABOVE = 10_000  # keys of a budget, before those that are full again are dropped
_ALARMS = 3  # chats that were told to wait …
_ALARM_WITHIN = timedelta(seconds=10)  # … within this time: then everybody waits


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a period, of which ``burst`` may come at once."""

    count: int
    period: timedelta
    burst: int = 1

    @property
    def interval(self) -> timedelta:
        """The time between two, in the long run."""
        return self.period / self.count


class Budget:
    """One rate for many keys."""

    def __init__(self, rate: Rate) -> None:
        self._interval = rate.interval
        self._slack = rate.interval * (rate.burst - 1)
        self._empty_until: dict[str, datetime] = {}

    def ready_at(self, key: str, now: datetime) -> datetime:
        """When the next one is allowed; ``now`` or before means now."""
        known = self._empty_until.get(key, now)
        # After a clock was set back, a moment far ahead would block for as long as it was set back.
        known = min(known, now + self._slack + self._interval)
        return known - self._slack

    def take(self, key: str, now: datetime) -> None:
        """Count one."""
        if len(self._empty_until) > _FORGET_ABOVE:
            self._empty_until = {name: at for name, at in self._empty_until.items() if at > now}
        known = min(self._empty_until.get(key, now), now + self._slack + self._interval)
        self._empty_until[key] = max(known, now) + self._interval


_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Limits:
    """A channel's limits. The defaults stay below what Telegram allows a bot."""

    def __init__(
        self,
        *,
        overall: Rate = Rate(25, _SECOND, burst=5),
        background: Rate = Rate(20, _SECOND, burst=5),
        chat: Rate = Rate(1, _SECOND, burst=3),
        group: Rate = Rate(18, _MINUTE, burst=3),
    ) -> None:
        """``background``: what reminders and broadcasts may take of ``overall``; the rest is for replies."""
        self._overall = Budget(overall)
        self._background = Budget(background)
        self._chat = Budget(chat)
        self._group = Budget(group)
        self._asked: dict[str, datetime] = {}
        self._alarms: deque[tuple[datetime, str]] = deque(maxlen=_ALARMS)
        self._everybody: datetime | None = None

    def channel_ready_at(self, now: datetime) -> datetime:
        """When anything at all may be sent."""
        ready = self._overall.ready_at("", now)
        return max(ready, self._everybody) if self._everybody else ready

    def ready_at(self, chat: str, now: datetime, *, is_reply: bool) -> datetime:
        """When this chat may be sent something."""
        moments = [self.channel_ready_at(now), self._asked.get(chat, now)]
        if not is_reply:
            moments.append(self._background.ready_at("", now))
        if is_group(chat):
            moments.append(self._group.ready_at(chat, now))
        else:
            moments.append(self._chat.ready_at(chat, now))
        return max(moments)

    def take(self, chat: str, now: datetime, *, is_reply: bool) -> None:
        """Count a send."""
        self._overall.take("", now)
        if not is_reply:
            self._background.take("", now)
        (self._group if is_group(chat) else self._chat).take(chat, now)

    def asked_to_wait(self, chat: str, now: datetime, until: datetime) -> None:
        """The channel refused for now. When several chats are told so at once, all wait."""
        self._asked = {name: at for name, at in self._asked.items() if at > now}
        self._asked[chat] = until
        self._alarms.append((now, chat))
        chats = {name for at, name in self._alarms if now - at <= _ALARM_WITHIN}
        if len(chats) >= _ALARMS:
            self._everybody = max(self._everybody or until, until)


def is_group(chat: str) -> bool:
    """Groups have negative numbers."""
    return chat.partition(":")[2].startswith("-")
