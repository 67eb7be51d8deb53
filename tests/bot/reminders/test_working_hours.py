"""Hours counted only while people are at work."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.timing import monday_to_friday
from bot.reminders.working_hours import after_working_hours
from storage.records import Contact
from tests.bot.reminders.house import at

ANN = Contact("ann", "web:ann")
FRIDAY = date(2030, 5, 17)
FOUR = timedelta(hours=4)


def later(start: datetime, hours: int = 4) -> datetime:
    """So many working hours later."""
    return after_working_hours(ANN, start, timedelta(hours=hours), monday_to_friday)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at(FRIDAY, 9), at(FRIDAY, 13)),
        (at(FRIDAY, 7), at(FRIDAY, 13)),
        (at(FRIDAY, 16), at(FRIDAY + timedelta(days=3), 11)),
        (at(FRIDAY, 20), at(FRIDAY + timedelta(days=3), 13)),
        (at(FRIDAY + timedelta(days=1), 12), at(FRIDAY + timedelta(days=3), 13)),
    ],
)
def test_nights_and_weekends_do_not_count(start: datetime, end: datetime) -> None:
    assert later(start) == end


def test_many_hours_take_several_days() -> None:
    assert later(at(FRIDAY, 9), 20) == at(FRIDAY + timedelta(days=4), 11)


def test_where_nobody_ever_works_plain_hours_count() -> None:
    assert after_working_hours(ANN, at(FRIDAY), FOUR, lambda day: False) == at(FRIDAY, 13)


@given(st.integers(0, 60 * 24 * 365), st.integers(1, 40))
def test_it_is_never_earlier_than_plain_hours(minutes: int, hours: int) -> None:
    begun = at(FRIDAY) + timedelta(minutes=minutes)
    assert later(begun, hours) >= begun + timedelta(hours=hours)
