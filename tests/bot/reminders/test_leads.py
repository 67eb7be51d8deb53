"""Days after the due day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.leads import overdue_days


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [(1, 22, [1, 3, 7, 14, 21]), (-30, 0, []), (8, 13, []), (15, 21, [21]), (100, 120, [105, 112, 119])],
)
def test_overdue_days_thin_out_to_weekly(first: int, last: int, days: list[int]) -> None:
    assert list(overdue_days(first, last)) == days


@given(st.integers(-50, 500), st.integers(0, 200))
def test_a_window_shows_the_same_days_as_the_whole(first: int, length: int) -> None:
    whole = [day for day in overdue_days(1, 1000) if first <= day <= first + length]
    assert list(overdue_days(first, first + length)) == whole
