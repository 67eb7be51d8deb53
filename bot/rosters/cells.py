"""What a roster's cells say: months as people write them, days with or without a day, whole months since."""

from __future__ import annotations

import re
from datetime import date

from bot.rosters.words import means
from knowledge.numerals import to_int

MONTHS_A_YEAR = 12

_N = r"(\d{1,4}(?:\.\d+)?|[零〇一二两三四五六七八九十百]{1,5}|半)"
_YEARS = re.compile(rf"{_N}\s*(?:个)?(?:周年|整年|年|years?|yrs?)", re.IGNORECASE)
_HALF = re.compile(r"年半")
_MONTHS = re.compile(rf"{_N}\s*(?:个月|個月|月|months?|mths?|mos?)", re.IGNORECASE)
_BARE = re.compile(r"(?:≥|>=|满|滿)?\s*(\d{1,4})(?:\.0+)?\s*(?:\+|以上|及以上)?")
_ROUGHLY = re.compile(
    r"不满|不滿|不到|未满|未滿|不足|没满|少于|约|約|大概|左右|近|差不多|about|less|under|nearly|almost|~"
)
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2}(?!\d)))?\s*[日月号]?"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})?(?!\d)")


def months(cell: str, *, in_years: bool = False) -> int | None:
    """Whole months: 14, 14个月, 1年2个月, 两年半, 满一年; None where it is no length of time, or a rough one.
    ``in_years``: what a bare number counts."""
    plain = "".join(cell.split()).casefold()
    if bare := _BARE.fullmatch(plain):
        return int(bare[1]) * (MONTHS_A_YEAR if in_years else 1)
    if days_in(plain) or _ROUGHLY.search(plain):
        return None
    years, rest = _YEARS.search(plain), _MONTHS.search(plain)
    found = [_number(years[1]) * MONTHS_A_YEAR] if years else []
    found += [_number(rest[1])] if rest else []
    if not found:
        return None
    return int(sum(found)) + (MONTHS_A_YEAR // 2 if years and _HALF.search(plain) else 0)


def months_paid(cell: str, today: date) -> int | None:
    """Whole months from a first day to today, or to the last day where the cell names one. None where it
    names none, or a day still to come."""
    days = days_in(cell)
    if not days:
        return None
    closed = len(days) > 1 and not any(means(part, "until_now") for part in re.split(r"[-—~～至到\s]+", cell))
    end = min(days[1], today) if closed else today
    return whole_months(days[0], end) if days[0] <= end else None


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between two days."""
    whole = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    return whole - (end.day < start.day)


def days_in(cell: str) -> list[date]:
    """The days that a cell names, in order; a month stands for its first day."""
    found = [*_DAY.finditer(cell)] or [*_COMPACT.finditer(cell)]
    days = [_day(match) for match in found]
    return [day for day in days if day is not None]


def last_day(cell: str) -> date | None:
    """The day on which something ends: the last one named, a month by its last day."""
    found = [*_DAY.finditer(cell)] or [*_COMPACT.finditer(cell)]
    if not found or (day := _day(found[-1])) is None:
        return None
    if found[-1]["day"] is not None:
        return day
    following = date(day.year + day.month // MONTHS_A_YEAR, day.month % MONTHS_A_YEAR + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return None


def _number(text: str) -> float:
    if text == "半":
        return 0.5
    return float(text) if text[0].isascii() else float(to_int(text) or 0)
