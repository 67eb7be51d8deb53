"""A limit on what one input may cost. It counts the work of this process, not the time on the wall: a machine
that does other things too is no find."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 5.0  # of work for one input


class TooSlow(AssertionError):
    """A reader hangs."""


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    """Raise TooSlow where the block takes longer, also when it never gives way. Main thread only."""

    def end(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"more than {seconds} s of work")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
