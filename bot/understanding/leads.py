"""Days before a deadline at which reminders are wanted: 提前10天和3天, 到期前一周."""

from __future__ import annotations

import re
from typing import Final

from knowledge.numerals import to_int

_N: Final = r"\d{1,3}|[一二三四五六七八九十两半]{1,3}"
_CUE = re.compile(
    r"提[前早]|[前头](?=(?:\d{1,3}|[一两二三四五六七八九十半]{1,3})(?:天|日|周|个))|当[天日](?=[^,。]{0,6}(?:提醒|通知|叫|说))|最后的?(?=[\d一二三四五六七八九十两])|(?:到期|截止|期限|期满)(?:日)?(?:之|以)?前|[天周月](?:之|以)?前(?:分别|各)?(?:再|也|都|给我)?(?:提醒|通知|告诉|叫)|"
    r"remind|in advance|before|ahead|lead[- ]?times?"
)
_WISH = re.compile(
    r"提醒|[喊吼催叫]我?一?[声下]|通知|告诉|叫我|提我|"
    r"提[前早](?:量|期|天数)|提[前早][^。!?]{0,10}[改设调换][成为到]|"
    r"提[前早](?:的|几|多少)?(?:天数?|量|期|时间|日)?(?:统一|都|全部?|就|给我)?(?:改|设|调|换|定|变)|"
    r"lead[- ]?times?|remind|notify|ping|nudge|alert|tell me|let me know"
)
_LEAD = re.compile(
    rf"(?P<n>{_N}|one|two|three|a)\s?(?P<unit>天|日|个?星期|个?礼拜|周|个月|月|days?|weeks?|months?)"
)
_BARE = re.compile(r"(?<!\d)(?P<many>\d{1,3}(?:(?:[,、/和与&]|, and| and| or)\s?\d{1,3})+)\s?(?:天|days?)")
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "期": 7, "拜": 7, "月": 30, "day": 1, "week": 7, "month": 30}
_WORDS: Final = {"one": 1, "a": 1, "two": 2, "three": 3}
_DAY_NAMED = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]?)?|\d{4}年"
)  # 9月1日 is a day, no nine months before
_SAME_DAY = re.compile(r"当天|当日|最后(?:一|那)天|on the day")


def read_leads(text: str, *, wished: bool = False) -> tuple[int, ...]:
    """Leads in days, the longest first; empty where none is asked for. ``wished``: that it is about reminders
    need not be said."""
    cue = _CUE.search(text)
    if not cue or not (wished or _WISH.search(text)):
        return ()
    days: set[int] = set()
    text = _DAY_NAMED.sub(" ", text)
    if _SAME_DAY.search(text):
        days.add(0)
        text = _SAME_DAY.sub(" ", text)
    if many := _BARE.search(text):
        days.update(int(written) for written in re.findall(r"\d+", many["many"]))
    for match in _LEAD.finditer(text):
        if (count := _count(match["n"])) is not None:
            days.add(round(count * _unit(match["unit"])))
    return tuple(sorted((lead for lead in days if lead <= 366), reverse=True))


def without_rows(text: str) -> str:
    """The text with each row of days before a deadline (10 and 2 days before) cut to its last: the numbers
    without a unit are days too, and count nobody."""
    return _BARE.sub(_last, text) if _CUE.search(text.lower()) else text


def _last(row: re.Match[str]) -> str:
    return str(re.findall(r"\d+", row["many"])[-1]) + row[0][len(row["many"]) :]


def _count(written: str) -> float | None:
    if written == "半":
        return 0.5
    return _WORDS.get(written) or to_int(written, digit_strings=False)


def _unit(written: str) -> int:
    return _DAYS[written.rstrip("s") if written.isascii() else written[-1]]
