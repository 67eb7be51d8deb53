"""Months and days as people write them; what is rough or no length of time stays unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rosters import cells

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("14", 14),
        ("24.0", 24),
        ("14个月", 14),
        ("14 個月", 14),
        ("1年2个月", 14),
        ("两年半", 30),
        ("满一年", 12),
        ("1.5年", 18),
        ("半年", 6),
        ("十二个月", 12),
        ("三年以上", 36),
        ("12+", 12),
        ("≥12", 12),
        ("0", 0),
        ("18 months", 18),
        ("2 years", 24),
    ],
)
def test_months_are_read_in_any_usual_way(cell: str, months: int) -> None:
    assert cells.months(cell) == months


@pytest.mark.parametrize(
    "cell",
    ["很久", "不满一年", "不到12个月", "约14个月", "14个月左右", "2025-03", "2025年3月", "", "-3", "是"],
)
def test_what_is_rough_or_no_length_of_time_is_unknown(cell: str) -> None:
    assert cells.months(cell) is None


def test_a_bare_number_under_years_counts_years() -> None:
    assert cells.months("2", in_years=True) == 24
    assert cells.months("14个月", in_years=True) == 14


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("2025-11-23", 12),
        ("2025-11-24", 11),
        ("2025年12月", 11),
        ("2025.3", 20),
        ("202503", 20),
        ("2025/03/01-至今", 20),
        ("2025.03～今", 20),
        ("2023.05-2024.06", 13),
        ("2023年5月至2024年6月", 13),
    ],
)
def test_months_are_counted_from_the_first_day_to_today_or_to_the_last(cell: str, months: int) -> None:
    assert cells.months_paid(cell, TODAY) == months


@pytest.mark.parametrize("cell", ["2026-12", "2027.01", "13", "2020-02-30", "没有"])
def test_a_day_to_come_or_none_counts_nothing(cell: str) -> None:
    assert cells.months_paid(cell, TODAY) is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026年12月", date(2026, 12, 31)),
        ("2028.2", date(2028, 2, 29)),
        ("2023.05.01-2026.04.30", date(2026, 4, 30)),
        ("长期", None),
    ],
)
def test_something_ends_on_the_last_day_named(cell: str, day: date | None) -> None:
    assert cells.last_day(cell) == day


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), TODAY), st.integers(0, 400))
def test_a_later_day_never_has_fewer_months(start: date, more: int) -> None:
    end = start + timedelta(days=more)
    whole = cells.whole_months(start, end)

    assert 0 <= whole <= cells.whole_months(start, end + timedelta(days=1))
    assert whole * 28 <= more


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_cell_breaks_the_reading(text: str) -> None:
    found = cells.months(text), cells.months_paid(text, TODAY)

    assert all(months is None or months >= 0 for months in found)
    assert cells.last_day(text) is None or cells.days_in(text)
