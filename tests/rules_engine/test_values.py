"""Calendar arithmetic and three-valued comparison."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules_engine import values
from rules_engine.definitions import Period
from rules_engine.model import Interval

DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-01-31", Period(months=1), "2026-02-28"),
        ("2024-01-31", Period(months=1), "2024-02-29"),
        ("2024-02-29", Period(years=1), "2025-02-28"),
        ("2024-02-29", Period(years=4), "2028-02-29"),
        ("2025-12-31", Period(months=2), "2026-02-28"),
        ("2026-03-31", Period(months=1), "2026-04-30"),
        ("2026-12-15", Period(days=20), "2027-01-04"),
    ],
)
def test_the_corresponding_day_or_the_months_last(start: str, period: Period, end: str) -> None:
    assert values.add(date.fromisoformat(start), period) == date.fromisoformat(end)


def test_one_month_twice_is_not_two_months() -> None:
    start, month = date(2026, 1, 31), Period(months=1)
    assert values.add(values.add(start, month), month) == date(2026, 3, 28)
    assert values.add(start, Period(months=2)) == date(2026, 3, 31)


def test_a_rule_may_refuse_a_missing_day() -> None:
    with pytest.raises(values.NoSuchDay):
        values.add(date(2026, 1, 31), Period(months=1), clamp=False)


def test_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(OverflowError):
        values.add(date(9999, 6, 1), Period(years=1))


@given(DAYS, st.integers(0, 240))
def test_adding_months_keeps_the_day_or_takes_the_months_last(start: date, months: int) -> None:
    end = values.add(start, Period(months=months))
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    following = values.add(end, Period(days=1))
    assert end.day == start.day or (end.day < start.day and following.day == 1)


@given(DAYS, st.integers(0, 20))
def test_going_back_undoes_going_on_where_the_day_exists(start: date, years: int) -> None:
    assume(start.day < 29)
    assert values.subtract(values.add(start, Period(years=years)), Period(years=years)) == start


@pytest.mark.parametrize(
    ("value", "at_least", "at_most"),
    [
        (4, True, True),
        (3, False, True),
        (5, True, False),
        (Interval(4, 6), True, None),
        (Interval(None, 3), False, True),
        (Interval(3, None), None, None),
        (Interval(), None, None),
    ],
)
def test_loose_numbers_decide_only_what_they_settle(
    value: Any, at_least: bool | None, at_most: bool | None
) -> None:
    assert values.at_least(value, 4) is at_least
    assert values.at_most(value, 4) is at_most


def test_only_sure_excess_is_a_contradiction() -> None:
    assert values.exceeds(5, Interval(1, 4))
    assert not values.exceeds(Interval(3, 5), 4)
    assert not values.exceeds(Interval(3, None), Interval())


def test_values_become_json_as_the_contract_writes_them() -> None:
    assert values.to_json(Interval(5, None)) == {"min": 5}
    assert values.to_json(Interval(date(2022, 6, 1), date(2022, 6, 30))) == {
        "from": "2022-06-01",
        "to": "2022-06-30",
    }
    assert values.to_json(((date(2022, 6, 1),), {"a": None})) == [["2022-06-01"], {"a": None}]
    assert values.interval(3, 3) == 3
