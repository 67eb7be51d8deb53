"""English dates: January 31, 2026; 31 Jan; last Friday; June last year; three months ago."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.understanding.dates import (
    Floating,
    FoundDate,
    Rule,
    add_months,
    day_of,
    fixed,
    floating,
    month_span,
    vague,
    year_span,
)
from knowledge.finding import Finder

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_SHORT: Final = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_ALL_MONTHS: Final = _MONTHS | _SHORT
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS: Final = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1}

_M = rf"(?P<m>{'|'.join(sorted(_ALL_MONTHS, key=len, reverse=True))})\b\.?"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\b"
_PARTS: Final = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "the end of": (21, 31),
    "end of": (21, 31),
}
_PART = r"(?:(?P<part>early|mid|late|the end of|end of)[ -])?"
_STRETCHES: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_STEPS: Final = {"last": -1, "this": 0, "next": 1}


def _absolute(match: re.Match[str], _: date) -> FoundDate:
    return fixed(match, day_of(int(match["y"]), _ALL_MONTHS[match["m"]], int(match["d"])))


def _month_of_year(match: re.Match[str], _: date) -> FoundDate:
    return _month(match, int(match["y"]))


def _month_of_relative_year(match: re.Match[str], today: date) -> FoundDate:
    return _month(match, today.year + _STEPS[match["rel"]])


def _day_of_relative_year(match: re.Match[str], today: date) -> FoundDate:
    return fixed(match, day_of(today.year + _STEPS[match["rel"]], _ALL_MONTHS[match["m"]], int(match["d"])))


def _month(match: re.Match[str], year: int) -> FoundDate:
    span = month_span(year, _ALL_MONTHS[match["m"]], _PARTS.get(match["part"] or ""))
    return fixed(match, *span) if span else fixed(match, None)


def _part_of_year(match: re.Match[str], _: date) -> FoundDate:
    """The first half of 2023, Q3 2023."""
    months = 6 if match["of"] == "half" else 3
    first = min((_STRETCHES[match["nth"]] - 1) * months, 12 - months)
    start = date(int(match["y"]), first + 1, 1)
    return fixed(match, start, add_months(start, months) - timedelta(days=1))


def _no_year(match: re.Match[str], _: date) -> FoundDate:
    return floating(match, Floating(_ALL_MONTHS[match["m"]], int(match["d"])))


def _no_year_month(match: re.Match[str], _: date) -> FoundDate | None:
    if match["m"] in ("may", "mar", "sep", "dec", "jan") and not match["lead"]:
        return None  # may is a verb more often than a month
    return floating(match, Floating(_ALL_MONTHS[match["m"]], None, _PARTS.get(match["part"] or "")))


def _last_month(match: re.Match[str], today: date) -> FoundDate:
    """last June: the latest June that has begun."""
    month = _ALL_MONTHS[match["m"]]
    year = today.year - (1 if month >= today.month else 0)
    span = month_span(year, month)
    return fixed(match, *span) if span else fixed(match, None)


def _weekday(match: re.Match[str], today: date) -> FoundDate:
    number = _DAYS.index(match["w"])
    if match["rel"] == "next":
        return fixed(match, today + timedelta(days=(number - today.weekday() - 1) % 7 + 1), assumed=True)
    back = (today.weekday() - number) % 7 or (7 if match["rel"] == "last" else 0)
    return fixed(match, today - timedelta(days=back), assumed=match["rel"] != "last")


def _relative_day(match: re.Match[str], today: date) -> FoundDate:
    steps = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}
    return fixed(match, today + timedelta(days=steps[match[0]]))


def _ago(match: re.Match[str], today: date) -> FoundDate | None:
    count = _COUNTS.get(match["n"]) or (int(match["n"]) if match["n"].isdigit() else 0)
    if not count:
        return None
    if match["unit"] == "day":
        return fixed(match, today - timedelta(days=count))
    if match["unit"] == "week":
        return fixed(match, today - timedelta(weeks=count), assumed=True)
    if match["unit"] == "year":
        return fixed(match, *year_span(today.year - count))
    return fixed(match, add_months(today, -count), assumed=True)


def _relative_span(match: re.Match[str], today: date) -> FoundDate:
    step = _STEPS[match["rel"]]
    if match["unit"] == "year":
        return fixed(match, *year_span(today.year + step))
    if match["unit"] == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return fixed(match, monday, monday + timedelta(days=6))
    month = add_months(today.replace(day=1), step)
    span = month_span(month.year, month.month)
    return fixed(match, *span) if span else fixed(match, None)


def _day_of_relative_month(match: re.Match[str], today: date) -> FoundDate:
    """the 20th of last month."""
    month = add_months(today.replace(day=1), {"last": -1, "this": 0, "next": 1}[match["rel"]])
    return fixed(match, day_of(month.year, month.month, int(match["d"])))


def _lone_day(match: re.Match[str], _: date) -> FoundDate:
    """sorry, it was the 22nd: of the month that is spoken of."""
    return floating(match, Floating(None, int(match["d"])))


def _year(match: re.Match[str], _: date) -> FoundDate:
    return fixed(match, *year_span(int(match["y"])))


def _vague(match: re.Match[str], _: date) -> FoundDate:
    return vague(match)


RULES: Final[tuple[Rule, ...]] = (
    (
        Finder(
            r"\b(?:the )?(?P<nth>first|second|third|fourth|last) (?P<of>half|quarter) of "
            r"(?:the year )?(?P<y>20\d\d)"
        ),
        _part_of_year,
    ),
    (Finder(rf"\b{_M} {_D},? (?P<y>20\d\d)\b"), _absolute),
    (Finder(rf"\b{_D}(?: of)? {_M},? (?P<y>20\d\d)\b"), _absolute),
    (Finder(rf"\b{_M} (?:the )?{_D},? (?:of )?(?P<rel>last|this|next) year\b"), _day_of_relative_year),
    (Finder(rf"\b(?:the )?{_D}(?: of)? {_M},? (?P<rel>last|this|next) year\b"), _day_of_relative_year),
    (Finder(rf"\b{_PART}{_M},? (?:of )?(?P<y>20\d\d)\b"), _month_of_year),
    (Finder(rf"\b{_PART}{_M} (?P<rel>last|this|next) year\b"), _month_of_relative_year),
    (Finder(rf"\b{_M} (?:the )?{_D}"), _no_year),
    (Finder(rf"\b(?:the )?{_D}(?: of)? {_M}"), _no_year),
    (Finder(rf"\blast {_M}"), _last_month),
    (Finder(rf"\b(?P<lead>in |on |since |by |of )?{_PART}{_M}(?! \d)"), _no_year_month),
    (Finder(rf"\b(?:(?P<rel>last|this|next) |on )(?P<w>{'|'.join(_DAYS)})\b"), _weekday),
    (Finder(r"\bthe day before yesterday\b|\byesterday\b|\btoday\b|\btomorrow\b"), _relative_day),
    (Finder(rf"\b(?:the )?{_D} (?:of )?(?P<rel>last|this|next) month\b"), _day_of_relative_month),
    (
        Finder(r"\b(?:(?<=was )|(?<=is )|(?<='s )|(?<=on ))the (?P<d>\d{1,2})(?:st|nd|rd|th)(?=$|[,.!?])"),
        _lone_day,
    ),
    (Finder(r"\b(?P<n>\d{1,3}|[a-z]+) (?P<unit>day|week|month|year)s? ago\b"), _ago),
    (Finder(r"\b(?<!the )(?P<rel>last|this|next) (?P<unit>week|month|year)\b"), _relative_span),
    (Finder(r"\b(?:the other day|recently|a while ago)\b"), _vague),
    (Finder(r"\b(?:in|of|since|during) (?P<y>20\d\d)\b"), _year),
)
