"""Dates, intervals and JSON: arithmetic on calendar periods and three-valued comparison of loose values."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from rules_engine.definitions import Period
from rules_engine.model import Interval

Kleene = bool | None


class NoSuchDay(ValueError):
    """The month has no corresponding day and the rule refuses to choose."""


def add(start: date, period: Period, *, clamp: bool = True) -> date:
    """``start`` plus calendar years and months, then days; a missing day becomes the month's last.

    Raises NoSuchDay where ``clamp`` is False, OverflowError beyond the calendar.
    """
    return _shift(start, period, 1, clamp)


def subtract(end: date, period: Period) -> date:
    """``end`` less calendar years and months, then days; a missing day becomes the month's last."""
    return _shift(end, period, -1, True)


def _shift(start: date, period: Period, sign: int, clamp: bool) -> date:
    months = start.year * 12 + start.month - 1 + sign * (period.years * 12 + period.months)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"year {year}")
    last = calendar.monthrange(year, month + 1)[1]
    if start.day > last and not clamp:
        raise NoSuchDay(f"{year}-{month + 1:02d} has no day {start.day}")
    return date(year, month + 1, min(start.day, last)) + sign * timedelta(days=period.days)


def bounds(value: Any) -> tuple[Any, Any]:
    """The lowest and highest that a value may be; None is open."""
    return (value.low, value.high) if isinstance(value, Interval) else (value, value)


def interval(low: Any, high: Any) -> Any:
    """A loose value; a plain one where both ends meet."""
    return low if low is not None and low == high else Interval(low, high)


def at_least(value: Any, bound: Any) -> Kleene:
    """``value`` >= ``bound``, None where a loose value does not settle it."""
    low, high = bounds(value)
    if low is not None and low >= bound:
        return True
    return False if high is not None and high < bound else None


def at_most(value: Any, bound: Any) -> Kleene:
    """``value`` <= ``bound``."""
    low, high = bounds(value)
    if high is not None and high <= bound:
        return True
    return False if low is not None and low > bound else None


def before(value: Any, bound: Any) -> Kleene:
    """``value`` < ``bound``."""
    found = at_least(value, bound)
    return None if found is None else not found


def same_year(one: Any, other: Any) -> Kleene:
    """Both days lie in one calendar year."""
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    ends = (low, high, other_low, other_high)
    if None not in ends and len({day.year for day in ends}) == 1:
        return True
    apart = _earlier_year(high, other_low) or _earlier_year(other_high, low)
    return False if apart else None


def _earlier_year(last: Any, first: Any) -> bool:
    return last is not None and first is not None and last.year < first.year


def exceeds(one: Any, other: Any) -> bool:
    """Surely ``one`` > ``other``."""
    low, high = bounds(one)[0], bounds(other)[1]
    return low is not None and high is not None and bool(low > high)


def to_json(value: Any) -> Any:
    """A value as the machine interface writes it."""
    if isinstance(value, Interval):
        days = isinstance(value.low, date) or isinstance(value.high, date)
        names = ("from", "to") if days else ("min", "max")
        ends = zip(names, (value.low, value.high), strict=True)
        return {name: to_json(end) for name, end in ends if end is not None}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value
