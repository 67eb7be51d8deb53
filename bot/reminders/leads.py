"""On which days before and after a due day a reminder belongs. Product defaults, not law."""

from __future__ import annotations

from collections.abc import Iterator

DEFAULT_LEADS = (30, 14, 7, 3, 1, 0)  # days before the due day
OVERDUE = (1, 3, 7)  # days after it
OVERDUE_EVERY = 7  # days, from then on


def overdue_days(first: int, last: int) -> Iterator[int]:
    """The days after the due day, from ``first`` to ``last``, on which to remind of what is overdue."""
    yield from (day for day in OVERDUE if first <= day <= last)
    weekly = OVERDUE[-1] + OVERDUE_EVERY
    start = max(weekly, first + (weekly - first) % OVERDUE_EVERY)
    yield from range(start, last + 1, OVERDUE_EVERY)
