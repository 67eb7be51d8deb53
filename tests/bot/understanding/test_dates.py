from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.dates import Prefer, add_months, find_dates, in_month_of, settle
from knowledge.numerals import to_chinese

TODAY = date(2026, 11, 23)  # a Monday


def read(said: str, prefer: Prefer = "past") -> Any:
    found, _ = find_dates(said, TODAY)
    return settle(found[0], TODAY, prefer).value if found else None


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2026年1月31日", "2026-01-31"),
        ("2026.1.31", "2026-01-31"),
        ("20260131", "2026-01-31"),
        ("22年6月", {"from": "2022-06-01", "to": "2022-06-30"}),
        ("2022年上半年", {"from": "2022-01-01", "to": "2022-06-30"}),
        ("2022年3月到6月", {"from": "2022-03-01", "to": "2022-06-30"}),
        ("去年6月", {"from": "2025-06-01", "to": "2025-06-30"}),
        ("四年前", {"from": "2022-01-01", "to": "2022-12-31"}),
        ("三个月前", "2026-08-23"),
        ("上周五", "2026-11-20"),
        ("前天", "2026-11-21"),
        ("上个月20号", "2026-10-20"),
        ("上个月底", {"from": "2026-10-21", "to": "2026-10-31"}),
        ("1月31号", "2026-01-31"),
        ("12月5号", "2025-12-05"),
        ("15号", "2026-11-15"),
        ("nov 20", "2026-11-20"),
        ("january 31, 2026", "2026-01-31"),
        ("june last year", {"from": "2025-06-01", "to": "2025-06-30"}),
        ("last friday", "2026-11-20"),
        ("three months ago", "2026-08-23"),
    ],
)
def test_reads_days_and_periods(said: str, value: Any) -> None:
    assert read(said) == value


def test_a_year_is_supplied_to_fit_what_happens() -> None:
    assert read("12月5号", "past") == "2025-12-05"
    assert read("12月5号", "future") == "2026-12-05"
    assert read("12月5号", "nearest") == "2026-12-05"


@pytest.mark.parametrize("said", ["2月30号", "2026年2月29日", "13月1号", "11月31日"])
def test_days_that_do_not_exist_are_faulty(said: str) -> None:
    found, _ = find_dates(said, TODAY)
    assert settle(found[0], TODAY, "past").fault == "rejected.no_such_day"


@pytest.mark.parametrize(
    "said", ["4号楼", "38号令", "6个月", "一年半", "10天前提醒", "99年", "满2年", "we may go"]
)
def test_other_words_are_no_dates(said: str) -> None:
    assert not find_dates(said, TODAY)[0]


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_written_day_reads_back(day: date) -> None:
    chinese = f"{day.year}年{to_chinese(day.month)}月{to_chinese(day.day)}日"
    for said in (day.isoformat(), f"{day.year}年{day.month}月{day.day}号", chinese, f"{day:%Y/%m/%d}"):
        assert read(said) == day.isoformat()


@given(st.integers(0, 364))
def test_a_day_without_its_year_is_the_last_such_day(back: int) -> None:
    day = TODAY - timedelta(days=back)
    assert read(f"{day.month}月{day.day}日") == day.isoformat()


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-60, 60))
def test_months_are_added_to_the_corresponding_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or moved.day >= 28


@pytest.mark.parametrize("written", ["20260303", "2026.3.3", "3/3/2026", "三月三号", "3/3"])
def test_a_day_however_it_is_written(facts: Callable[..., dict[str, Any]], written: str) -> None:
    assert facts(f"名单是{written}公布的") == {"list_published": "2026-03-03"}


def test_so_many_persons_are_no_day() -> None:
    assert read("15号人") is None


def test_day_and_month_that_may_stand_either_way_round_keep_both_readings() -> None:
    either, told, same = (find_dates(one, TODAY)[0][0] for one in ("05/09/2026", "25/09/2026", "9/9/2026"))

    assert (either.first, either.swapped) == (date(2026, 5, 9), date(2026, 9, 5))
    assert (told.first, told.swapped) == (date(2026, 9, 25), None)
    assert same.swapped is None


def test_a_lone_day_takes_the_month_of_the_one_that_it_corrects() -> None:
    found = find_dates("14号", TODAY)[0][0]

    moved = settle(in_month_of(found, date(2026, 10, 15)), TODAY, "past", 2026)
    assert moved.first == date(2026, 10, 14)
