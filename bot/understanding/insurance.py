"""Months of insurance told person by person: 社保分别交了14、13个月; 老张社保三年，小刘八个月."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from knowledge.numerals import to_int

FACT = "insurance_months"
COUNTED = "insured_staff"

_YEAR: Final = 12  # months
_N: Final = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TIME: Final = rf"(?:{_N}年(?:半|零?{_N}个月)?|{_N}个半?月|{_N}月|半年)"
_WHO: Final = "(?:(?:老|小|阿)[\u4e00-\u9fff]|[\u4e00-\u9fff](?:工|总|姐|哥))(?:是|有|满|[交缴]了?)?"
_AND: Final = r"\s?(?:[、,;/和及]|and)\s?(?:and )?"
_FIGURE: Final = r"\d{1,3}(?:个?月|\s?months?)?"
_PEOPLE: Final = r"(?:\d{1,2}(?:个人|个(?!月)|人|名|位)[^。;!?\n\d]{0,12})?"  # 社保4个人，分别交了…
_LIST = re.compile(
    rf"(?P<head>(?:社保|参保|insur)[^。;!?\n\d]{{0,14}}{_PEOPLE})"
    rf"(?P<months>\d{{1,3}}个?月(?:\s?[、,;]\s?[\u4e00-\u9fff]{{1,3}}\d{{1,3}}个?月)+|{_FIGURE}(?:{_AND}{_FIGURE})+)"
)
# Years are told of other things too: only of people by name, or of each in turn.
_BY_NAME = re.compile(
    rf"(?P<head>(?:社保|参保)[^。;!?\n\d]{{0,8}}?)(?P<months>{_TIME}(?:{_AND}{_WHO}{_TIME})+)"
)
_IN_TURN = re.compile(
    rf"(?P<head>(?:社保|参保)[^。;!?\n\d]{{0,8}}(?:分别|依次)[^。;!?\n\d]{{0,6}}?)(?P<months>{_TIME}(?:{_AND}{_TIME})+)"
)
_OF_MONTHS = re.compile(
    rf"(?P<head>(?:社保|参保)[^。;!?\n\d]{{0,8}}月[^。;!?\n\d]{{0,8}})(?P<months>\d{{1,3}}(?:{_AND}[\u4e00-\u9fff]{{1,3}}\d{{1,3}})+)(?![\d个名位人])"
)
_READ = re.compile(rf"{_TIME}|\d+")
_PARTS = re.compile(
    rf"(?:(?P<years>{_N}|半)年)?(?P<half>半)?(?:零?(?P<months>{_N})个?(?P<half_month>半)?月?)?"
)


class InsuranceList(NamedTuple):
    """Months a person, in order, and the message without the figures."""

    months: tuple[int, ...]
    words: str
    rest: str


def read_insurance(text: str) -> InsuranceList | None:
    """The list of months in a message; None where none is told."""
    told = (found for form in (_IN_TURN, _BY_NAME, _LIST, _OF_MONTHS) if (found := form.search(text)))
    match = next(told, None)
    if not match or (match.re is _LIST and not re.search("月|month", match[0])):
        return None
    months = tuple(_months(written) for written in _READ.findall(match["months"]))
    return InsuranceList(months, match[0], text[: match.end("head")] + text[match.end() :])


def _months(written: str) -> int:
    """三年, 一年半, 半年, 两年3个月, 14个月, 14; half a month is left out."""
    if written == "半年":
        return _YEAR // 2
    parts = _PARTS.fullmatch(written)
    if parts is None:
        return 0
    years, months = (to_int(parts[name] or "0") or 0 for name in ("years", "months"))
    return years * _YEAR + months + (_YEAR // 2 if parts["half"] else 0)
