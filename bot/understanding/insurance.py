"""Months of insurance told person by person: 社保分别交了14、13个月; 老张社保三年，小刘八个月."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple

from bot.understanding.lexicon import Lexicon
from knowledge.numerals import to_int

FACT = "insurance_months"
COUNTED = "insured_staff"

_YEAR: Final = 12  # months
_PARTS: Final = ("time", "spoken", "who", "paid", "and", "figure", "people", "number")


class InsuranceList(NamedTuple):
    """Months a person, in order, and the message without the figures."""

    months: tuple[int, ...]
    words: str
    rest: str


class InsuranceReader:
    """Finds the list of months in a message. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._table = table = lexicon.tables["insured_list"]
        self._spoken = re.compile(f"{table['spoken']}|insur")
        self._month = re.compile(table["month"])
        self._half_year: str = table["half_year"]
        self._time = re.compile(rf"{_filled('{time}', table)}|\d+")
        self._parts = re.compile(_filled(table["parts"], table))

    @cached_property
    def _forms(self) -> list[re.Pattern[str]]:
        """Compiled for the first message that speaks of insurance, as are those of months."""
        return [re.compile(_filled(form, self._table)) for form in self._table["forms"]]

    @cached_property
    def _of_months(self) -> list[re.Pattern[str]]:
        return [re.compile(_filled(form, self._table)) for form in self._table["of_months"]]

    def read(self, text: str) -> InsuranceList | None:
        """The list of months in a message; None where none is told."""
        match = self._told(text) if self._spoken.search(text) else None
        if match is None:
            return None
        months = tuple(self._months(written) for written in self._time.findall(match["months"]))
        return InsuranceList(months, match[0], text[: match.end("head")] + text[match.end() :])

    def _told(self, text: str) -> re.Match[str] | None:
        for form in self._forms:
            if match := form.search(text):
                return match
        found = (match for form in self._of_months if (match := form.search(text)))
        return next((match for match in found if self._month.search(match[0])), None)

    def _months(self, written: str) -> int:
        """三年, 一年半, 半年, 两年3个月, 14个月, 14; half a month is left out."""
        if written == self._half_year:
            return _YEAR // 2
        parts = self._parts.fullmatch(written)
        if parts is None:
            return 0
        years, months = (to_int(parts[name] or "0") or 0 for name in ("years", "months"))
        return years * _YEAR + months + (_YEAR // 2 if parts["half"] else 0)


def _filled(form: str, table: Mapping[str, Any]) -> str:
    """A form with its parts put in, and theirs in them."""
    for name in _PARTS:  # number stands in time, and so comes last
        form = form.replace(f"{{{name}}}", table[name])
    return form
