"""A clock that cannot jump: what time it is for reminders, while somebody sets the machine's clock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

log = logging.getLogger(__name__)

FORWARD = timedelta(minutes=10)  # ahead of what has truly passed: doubted
BACKWARD = timedelta(seconds=5)  # behind the last reading: doubted
DOUBT_FOR = 120.0  # seconds for which a doubted clock must stay as it is to be believed
HOLD_FOR = 300.0  # seconds for which time stands still after a step back


class ClockGuard:
    """Compares the wall clock with time that truly passed.

    A step forward (a machine that slept, a wrong date) stops work until it has lasted; a step back
    lets time stand still, then is believed: what was sent stays sent, so no harm comes of it.
    """

    def __init__(self, wall: Callable[[], datetime], steady: Callable[[], float]) -> None:
        """``steady`` gives seconds that only go on (``time.monotonic``)."""
        self._wall = wall
        self._steady = steady
        self._last = wall()
        self._last_steady = steady()
        self._doubted_since: float | None = None

    def read(self) -> datetime | None:
        """Now, or None while a step forward is doubted: then nothing may be planned or sent."""
        wall, steady = self._wall(), self._steady()
        expected = self._last + timedelta(seconds=steady - self._last_steady)
        if wall > expected + FORWARD:
            return self._doubt(wall, steady, DOUBT_FOR, None)
        if wall < self._last - BACKWARD:
            return self._doubt(wall, steady, HOLD_FOR, self._last)
        return self._believe(max(wall, self._last), steady)

    def _doubt(
        self, wall: datetime, steady: float, lasting: float, meanwhile: datetime | None
    ) -> datetime | None:
        if self._doubted_since is None:
            self._doubted_since = steady
            log.error("the clock has jumped from %s to %s", self._last, wall)
        if steady - self._doubted_since < lasting:
            return meanwhile
        log.error("the clock has stayed at its new time and is believed: %s", wall)
        return self._believe(wall, steady)

    def _believe(self, wall: datetime, steady: float) -> datetime:
        self._last, self._last_steady, self._doubted_since = wall, steady, None
        return wall
