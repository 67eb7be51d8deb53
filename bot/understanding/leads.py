"""Days before a deadline at which reminders are wanted: 提前10天和3天, 到期前一周."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from knowledge.numerals import to_int

_LONGEST: Final = 366  # days
_N: Final = r"\d{1,3}|[一二三四五六七八九十两半]{1,3}"
_CUE = re.compile(
    r"提[前早]|[前头](?=(?:\d{1,3}|[一两二三四五六七八九十半]{1,3})(?:天|日|周|个))|当[天日](?=[^,。]{0,6}(?:提醒|通知|叫|说))|最后的?(?=[\d一二三四五六七八九十两])|(?:到期|截止|期限|期满)(?:日)?(?:之|以)?前|[天周月](?:之|以)?前(?:分别|各)?(?:再|也|都|给我)?(?:提醒|通知|告诉|叫)|"
    r"提醒(?:的)?(?:天数|时间)?(?:都|也)?[改换调设定][成为到在]?(?=(?:\d{1,3}|[一两二三四五六七八九十半]{1,3})(?:天|周|个?星期)(?!之?后|以后))|"
    r"remind|in advance|before|ahead|lead[- ]?times?"
)
_WISH = re.compile(
    r"提醒|[喊吼催叫]我?一?[声下]|通知|告诉|叫我|提我|"
    r"提[前早](?:量|期|天数)|提[前早][^。!?]{0,10}[改设调换][成为到]|"
    r"提[前早](?:(?:的|几|多少)?天数?|量|期|时间)(?:都|也|还是|给我|帮我|[从由][^,。]{1,12})*(?:改|设|调|换|定|变)|"
    r"提[前早](?:的|几|多少)?(?:天数?|量|期|时间|日)?(?:统一|都|全部?|就|给我)?(?:改|设|调|换|定|变)|"
    r"lead[- ]?times?|remind|notify|ping|nudge|alert|tell me|let me know"
)
_LEAD = re.compile(
    rf"(?P<n>{_N}|one|two|three|half a|a)\s?"
    r"(?P<unit>天|日|个?星期|个?礼拜|周|个月|月|个?季度|年|days?|weeks?|months?|years?)"
)
_INSTEAD_OF = re.compile(
    rf"[从由把](?:原来的?)?(?:提[前早])?(?:{_N})\s?(?:天|日|周|个?星期|个月)(?=[^,。]{{0,4}}[改换调变])"
)  # 从30天改成20天: what it was
_BARE = re.compile(r"(?<!\d)(?P<many>\d{1,3}(?:(?:[,、/和与&]|, and| and| or)\s?\d{1,3})+)\s?(?:天|days?)")
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "期": 7, "拜": 7, "月": 30, "度": 91, "年": 365}
_DAYS_ENGLISH: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_WORDS: Final = {"one": 1, "a": 1, "half a": 0.5, "two": 2, "three": 3}
_DAY_NAMED = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]?)?|\d{4}年"
)  # 9月1日 is a day, no nine months before
# 别提前一个月叫: a lead that is not wanted; 别忘了提前7天 wants it.
_UNIT: Final = "天|日|个?星期|个?礼拜|周|个月|月"
_UNWANTED = re.compile(
    rf"(?:别再?|不要再?|不用再?|不必再?|无需|不需要)(?:给我|在)?(?:提[前早]|前)?(?:{_N})\s?(?:{_UNIT})"
    r"(?:(?:和|、|跟|还有)[^,。;!?\s]{1,8})?(?:就|都|也)?(?:之?前)?的?(?:提醒|通知|告诉|叫|喊|催|发|说|提)*我?了?"
    rf"|(?:提[前早])?(?:{_N})\s?(?:{_UNIT})(?:之?前)?(?:的|那个|那次|提醒)*(?:就|也|都|这个)?"
    r"(?:不用|不要|不必|太早|太久|没必要|取消|去掉|删掉?)(?:提醒|叫|发|了)*"
    r"|(?:don'?t|do not|no need to|not) (?:remind|notify|ping|tell|alert)(?: me)? "
    r"(?:\d+|one|two|three|a) (?:days?|weeks?|months?) (?:before|ahead|in advance|early)"
)
_SAME_DAY = re.compile(r"当天|当日|最后(?:一|那)天|on the day")


def read_leads(text: str, *, wished: bool = False) -> tuple[int, ...]:
    """Leads in days, the longest first; empty where none is asked for. ``wished``: that it is about reminders
    need not be said."""
    cue = _CUE.search(text)
    if not cue or not (wished or _WISH.search(text)):
        return ()
    days: set[int] = set()
    text = _wanted(_INSTEAD_OF.sub(" ", _DAY_NAMED.sub(" ", text)))
    if _SAME_DAY.search(text):
        days.add(0)
        text = _SAME_DAY.sub(" ", text)
    if many := _BARE.search(text):
        days.update(int(written) for written in re.findall(r"\d+", many["many"]))
    for match in _LEAD.finditer(text):
        if (count := _count(match["n"])) is not None:
            days.add(round(count * _unit(match["unit"])))
    return _longest_first(days)


def days_alone(text: str) -> tuple[int, ...]:
    """The leads of a message that is nothing but days before: make that 30, 7 and 1."""
    return _longest_first(int(written) for written in re.findall(r"\d+", text))


def _longest_first(days: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({lead for lead in days if lead <= _LONGEST}, reverse=True))


def _wanted(text: str) -> str:
    """The text without the leads that it refuses, where it names others."""
    rest = _UNWANTED.sub(" ", text)
    return rest if _LEAD.search(rest) or _SAME_DAY.search(rest) else text


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
    return _DAYS_ENGLISH[written.rstrip("s")] if written.isascii() else _DAYS[written[-1]]
