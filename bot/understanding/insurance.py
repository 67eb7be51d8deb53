"""Months of insurance told person by person: 社保分别交了14、13、12、11个月."""

from __future__ import annotations

import re
from typing import NamedTuple

FACT = "insurance_months"
COUNTED = "insured_staff"

_LIST = re.compile(
    r"(?P<head>(?:社保|参保|insur)[^。;!?\n\d]{0,14})"
    r"(?P<months>\d{1,3}个?月(?:\s?[、,;]\s?[\u4e00-\u9fff]{1,3}\d{1,3}个?月)+|"
    r"\d{1,3}(?:个?月|months?)?(?:\s?[、,/和及]\s?(?:and )?\d{1,3}(?:个?月|months?)?)+)"
)


class InsuranceList(NamedTuple):
    """Months a person, in order, and the message without the figures."""

    months: tuple[int, ...]
    words: str
    rest: str


def read_insurance(text: str) -> InsuranceList | None:
    """The list of months in a message; None where none is told."""
    match = _LIST.search(text)
    if not match or not re.search(r"月|month", match[0]):
        return None
    months = tuple(int(written) for written in re.findall(r"\d+", match["months"]))
    return InsuranceList(months, match[0], text[: match.end("head")] + text[match.end() :])
