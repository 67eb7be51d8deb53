"""Rest days and workdays by the State Council's yearly arrangements, make-up workdays included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Protocol


class DayKind(Enum):
    """What a day is. UNPUBLISHED: the year's arrangement is not known."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"  # a weekend on which people work
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    UNPUBLISHED = "unpublished"


class Workdays(Protocol):
    """Tells what a day is."""

    def kind(self, day: date) -> DayKind:
        """What the day is."""


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """One year's notice: days off, and weekend days that are worked."""

    holidays: frozenset[date]
    make_up: frozenset[date]

    def kind(self, day: date) -> DayKind:
        """What a day of this year is."""
        if day in self.holidays:
            return DayKind.HOLIDAY
        if day in self.make_up:
            return DayKind.MAKE_UP
        return DayKind.WEEKEND if day.isoweekday() > 5 else DayKind.WORKDAY


class PublishedWorkdays:
    """The arrangements known to chinesecalendar, and years that an operator has added, which come first."""

    def __init__(self, added: Mapping[int, YearArrangement] | None = None) -> None:
        self._added = dict(added or {})

    def kind(self, day: date) -> DayKind:
        """What the day is; UNPUBLISHED for a year without an arrangement."""
        year = self._added.get(day.year)
        return year.kind(day) if year is not None else _library_kind(day)


@cache
def _library_kind(day: date) -> DayKind:
    # The tables of the library take 40 ms to load; most runs never ask.
    import chinese_calendar

    try:
        working = chinese_calendar.is_workday(day)
    except NotImplementedError:
        return DayKind.UNPUBLISHED
    weekend = day.isoweekday() > 5
    if working:
        return DayKind.MAKE_UP if weekend else DayKind.WORKDAY
    holiday = day in chinese_calendar.constants.holidays
    return DayKind.HOLIDAY if holiday or not weekend else DayKind.WEEKEND


def next_workday(workdays: Workdays, day: date) -> date | None:
    """The day itself if it is worked, else the first worked day after it; None if that cannot be told."""
    kind = workdays.kind(day)
    while kind in (DayKind.WEEKEND, DayKind.HOLIDAY):
        day += timedelta(days=1)
        kind = workdays.kind(day)
    return None if kind is DayKind.UNPUBLISHED else day
