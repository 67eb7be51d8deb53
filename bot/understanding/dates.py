"""Days and periods as said: what they are with ``today`` known, and what had to be assumed.

The grammars stand in ``dates_chinese`` and ``dates_english``; here is what they have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal

from knowledge.finding import Finder

Prefer = Literal["past", "future", "nearest"]
NO_SUCH_DAY: Final = "rejected.no_such_day"
_YEAR_DAYS: Final = 364  # from the first day of a year to its last
_LEAP_DAY: Final = (2, 29)
_LEAP_REACH: Final = 8  # years within which a 29 February surely exists


@dataclass(frozen=True, slots=True)
class Floating:
    """A day or month without its year; ``month`` None: without its month too. ``part``: days of the month."""

    month: int | None
    day: int | None = None
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date where it stands. Fixed (``first`` to ``last``), floating, vague (neither), or faulty.

    ``assumed``: the day was taken from a looser wording (三个月前) and wants confirming. ``swapped``: the
    other reading of 05/09/2026, where day and month may stand either way round.
    """

    start: int
    end: int
    words: str
    first: date | None = None
    last: date | None = None
    floating: Floating | None = None
    assumed: bool = False
    fault: str = ""
    swapped: date | None = None

    @property
    def value(self) -> Any:
        """ISO day, or ``{"from", "to"}`` for a period; None while floating or vague."""
        if self.first is None or self.last is None:
            return None
        if self.first == self.last:
            return self.first.isoformat()
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}


Rule = tuple[Finder, Callable[[re.Match[str], date], FoundDate | None]]


def apply_rules(rules: Sequence[Rule], text: str, today: date) -> tuple[list[FoundDate], str]:
    """Dates by the first rule that fits each stretch, and the text with them hidden by NUL."""
    found: list[FoundDate] = []
    for pattern, build in rules:
        for match in list(pattern.matches(text)):
            if reading := build(match, today):
                found.append(reading)
                text = hide(text, match.start(), match.end())
    return sorted(found, key=lambda item: item.start), text


def hide(text: str, start: int, end: int) -> str:
    """``text`` with a stretch blanked, all places kept."""
    return text[:start] + "\0" * (end - start) + text[end:]


def fixed(
    match: re.Match[str], first: date | None, last: date | None = None, *, assumed: bool = False
) -> FoundDate:
    """A reading of ``match``; None for ``first``: there is no such day."""
    start, end, words = match.start(), match.end(), match[0].strip()
    if first is None:
        return FoundDate(start, end, words, fault=NO_SUCH_DAY)
    return FoundDate(start, end, words, first, last or first, assumed=assumed)


def floating(match: re.Match[str], what: Floating) -> FoundDate:
    """A reading without a year."""
    possible = what.month is None or 1 <= what.month <= 12
    day_fits = what.day is None or _exists(2024, what.month or 1, what.day) is not None
    fault = "" if possible and day_fits else NO_SUCH_DAY
    return FoundDate(match.start(), match.end(), match[0].strip(), floating=what, fault=fault)


def vague(match: re.Match[str]) -> FoundDate:
    """A time that is meant but not told: 前几天, 国庆前."""
    return FoundDate(match.start(), match.end(), match[0].strip())


def settle(found: FoundDate, today: date, prefer: Prefer, year: int | None = None) -> FoundDate:
    """Give a floating date its year: ``year`` where the talk has one, else the nearest that fits."""
    what = found.floating
    if what is None or found.fault:
        return found
    spans = [span for span in _candidates(what, today, year) if span]
    fitting = [span for span in spans if _fits(span, today, prefer)] or spans
    if not fitting:
        return replace(found, floating=None, fault=NO_SUCH_DAY)
    first, last = min(fitting, key=lambda span: _distance(span, today))
    return replace(found, first=first, last=last, floating=None, assumed=True)


def in_month_of(found: FoundDate, day: date) -> FoundDate:
    """A day without its month (是14号) in the month of ``day``, the one that it corrects."""
    what = found.floating
    return found if what is None or what.month else replace(found, floating=replace(what, month=day.month))


def turned_round(found: FoundDate, today: date) -> FoundDate:
    """11/12/2026 of what has happened: the order of day and month in which the day has come."""
    if found.first is None or found.swapped is None or not found.swapped <= today < found.first:
        return found
    return replace(found, first=found.swapped, last=found.swapped)


def whole_year(found: FoundDate) -> bool:
    """去年, 2026年: a year and no less."""
    return bool(found.first and found.last and (found.last - found.first).days >= _YEAR_DAYS)


def of_one_month(found: FoundDate) -> bool:
    """Whether first and last day lie in one month."""
    return found.first is not None and found.last is not None and found.first.month == found.last.month


def _candidates(what: Floating, today: date, year: int | None) -> list[tuple[date, date] | None]:
    if what.month is None:
        months = [add_months(today.replace(day=1), step) for step in range(-3, 4)]
        return [_span(month.year, replace(what, month=month.month)) for month in months]
    reach = _LEAP_REACH if (what.month, what.day) == _LEAP_DAY else 1
    years = [year] if year else range(today.year - reach, today.year + reach + 1)
    return [_span(candidate, what) for candidate in years]


def _span(year: int, what: Floating) -> tuple[date, date] | None:
    if what.month is None:
        return None
    if what.day is not None:
        day = _exists(year, what.month, what.day)
        return (day, day) if day else None
    return month_span(year, what.month, what.part)


def _fits(span: tuple[date, date], today: date, prefer: Prefer) -> bool:
    if prefer == "past":
        return span[0] <= today
    return span[1] >= today if prefer == "future" else True


def _distance(span: tuple[date, date], today: date) -> int:
    return 0 if span[0] <= today <= span[1] else min(abs((span[0] - today).days), abs((span[1] - today).days))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    return _exists(year, month, day)


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(year: int, month: int, part: tuple[int, int] | None = None) -> tuple[date, date] | None:
    """First and last day of a month, or of a part of it (days, the last one cut at the month's end)."""
    if not 1 <= month <= 12 or not 1 <= year <= 9_998:
        return None
    first = date(year, month, 1)
    end = add_months(first, 1) - timedelta(days=1)
    if part is None:
        return first, end
    return first.replace(day=part[0]), end.replace(day=min(part[1], end.day))


def year_span(year: int, part: tuple[int, int] | None = None) -> tuple[date, date]:
    """First and last day of a year, or of the months ``part`` of it."""
    first_month, last_month = part or (1, 12)
    return date(year, first_month, 1), add_months(date(year, last_month, 1), 1) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The corresponding day ``months`` later, or the month's last where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for candidate in range(day.day, 0, -1):
        if found := _exists(year, month + 1, candidate):
            return found
    raise ValueError(f"no month {months} from {day}")


def full_year(written: int, today: date) -> int:
    """22 as 2022: two digits belong to the century that puts them nearest."""
    if written >= 100:
        return written
    return written + (2000 if written <= today.year % 100 + 20 else 1900)


def find_dates(text: str, today: date) -> tuple[list[FoundDate], str]:
    """Every date in ``text`` (normalised, lower case), and the text with them hidden by NUL."""
    from bot.understanding.dates_chinese import RULES as CHINESE
    from bot.understanding.dates_english import RULES as ENGLISH

    found, rest = apply_rules(ENGLISH, text, today) if _ENGLISH_CUE.search(text) else ([], text)
    if _CHINESE_CUE.search(rest):
        chinese, rest = apply_rules(CHINESE, rest, today)
        found = sorted(found + chinese, key=lambda item: item.start)
    return found, rest


_CHINESE_CUE = re.compile(r"[年月日号天周期拜前]|\d{4}|\d[./-]\d")
_ENGLISH_CUE = re.compile(r"[a-z]{3}")
