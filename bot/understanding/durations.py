"""How long (满一年, 10个月, 两年多) and how many points (82分): figures with a unit of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.understanding.dates import hide
from bot.understanding.numbers import Quantity
from knowledge.numerals import to_int

_N: Final = r"(?:\d{1,3}(?:\.5)?|[一二三四五六七八九十两]{1,3}|半)"
_DURATION = re.compile(
    r"(?P<pre>至少|起码|最少|已?满|超过|足|够|不满|未满|没满|不到|没到|不足|少于|最多)?(?:有|了)?"
    rf"(?P<n>{_N})(?:(?P<unit>周年|整年|年|个月|个多月|个半月|月|个星期|周|星期|天|日)(?P<more>半|多(?!少|久|大)|零\d个月)?)"
    r"(?P<post>以上|及以上|以内|以下|内|之内|左右)?"
)
_ENGLISH = re.compile(
    r"(?:(?<![a-z\d])|(?=[<>≥≤]))"
    r"(?P<pre>at least |over |more than |longer than |less than |under |fewer than |[<>]=? ?|[≥≤] ?)?"
    r"(?P<n>\d{1,3}|an?(?: (?:full|whole|entire))?|(?:one|two|three)(?: full)?|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|half a|"
    r"(?:the )?(?:past|whole|preceding|previous)(?= year)|the last(?= year)|"
    r"(?<! in )all(?= year)|the(?= year (?:before|prior)))"
    r"(?P<more>\+?)[ -]?(?P<unit>year|yr|(?<=\d)y|(?<=\d )y|month|mth|mo|week|day)s?(?![a-z])"
    r"(?P<post>\+| (?:before|prior to)(?! 20)| ?(?:or (?:more|longer|above|over)|and (?:more|above)|plus))?"
)
_AND_MORE: Final = ("多", "+")
_WORDS: Final = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "fifteen": 15,
    "eighteen": 18,
    "twelve": 12,
    **dict.fromkeys(("the", "past", "whole", "preceding", "previous", "all"), 1),
}
_BELOW: Final = (
    *("不满", "未满", "没满", "不到", "没到", "不足", "少于"),
    *("less than", "fewer than", "under", "<"),
)
_UP_TO: Final = ("最多", "<=", "≤")
_ABOVE: Final = (
    "至少",
    "起码",
    "最少",
    "满",
    "已满",
    "超过",
    "足",
    "够",
    "at least",
    "over",
    "more than",
    "longer than",
    ">",
    ">=",
    "≥",
)
_MORE: Final = ("以上", "more", "longer", "above", "over", "plus", "+")
_SCORE = re.compile(
    r"(?P<pre>至少|不低于|超过|不到|不足|低于|差一分|差1分|刚好|正好|高达)?"
    r"(?<![差扣减加])(?P<n>-?\d{1,5}(?:\.\d+)?|[零一二三四五六七八九十百]{1,5})(?P<some>多|几)?\s?(?:分(?!钟|公司|之|厂|部|局|店|别|为|成|点|期|会|支)(?P<half>半(?!数))?|points?\b|marks?\b|"
    r"(?:/|out of) ?100(?!\d))"
    r"(?P<post>以上|及以上|或以上|以下|左右|多)?"
    r"|(?:得分|评分|评估分数?|验收分数?|分数|总分|打分|成绩|scored|score (?:of|was|is)|score)"
    r":?(?:是|为|有|了)?\s?"
    r"(?P<pre2>over|above|below|不到|没到|不足|低于|超过|高于)?\s?(?P<n2>\d{1,3}(?:\.\d+)?)(?P<post2>多|几)?(?![\d分]|\s?(?:分|points|marks|以|个|人|名|年|月|条|%|\.\d))"
)


@dataclass(frozen=True, slots=True)
class FoundDuration:
    """Months, both ends included; ``high`` None is open. ``low`` None: shorter than months tell."""

    low: float | None
    high: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundScore:
    """Points as a quantity; ``exact``: the number as written, which may be a fraction."""

    quantity: Quantity
    written: float | None
    start: int
    end: int


def find_durations(text: str) -> tuple[list[FoundDuration], str]:
    """Every duration in ``text``, and the text with them hidden by NUL."""
    found: list[FoundDuration] = []
    for pattern in (_DURATION, _ENGLISH):
        for match in pattern.finditer(text):
            found.append(_read(match))
            text = hide(text, match.start(), match.end())
    return sorted(found, key=lambda item: item.start), text


def _read(match: re.Match[str]) -> FoundDuration:
    months = _months(match)
    pre, post = (match["pre"] or "").strip(), match["post"] or ""
    if months is None:
        return FoundDuration(None, None, match.start(), match.end())
    low: float | None = months
    high: float | None = months
    if pre in _BELOW:
        low, high = 0, months - 1
    elif pre in _ABOVE or match["more"] in _AND_MORE or post.endswith(_MORE):
        high = None
    elif post in ("以内", "以下", "内", "之内") or pre in _UP_TO:
        low = 0
    return FoundDuration(low, high, match.start(), match.end())


def _months(match: re.Match[str]) -> float | None:
    unit, written, more = match["unit"], match["n"], match["more"] or ""
    if unit in ("天", "日", "周", "星期", "个星期", "day", "week"):
        return None
    year = unit in ("年", "周年", "整年", "year", "yr", "y")
    if written in ("半", "half a"):
        return 6 if year else 0.5
    number = (
        float(written)
        if written[0].isdigit()
        else _WORDS.get(written.split(" ")[0]) or to_int(written, digit_strings=False)
    )
    if number is None:
        return None
    extra = 6 if more == "半" else int(more[1:-2]) if more.startswith("零") else 0
    return number * 12 + extra if year else number + (0.5 if unit == "个半月" else 0)


def find_scores(text: str) -> tuple[list[FoundScore], str]:
    """Every number of points in ``text``, and the text with them hidden by NUL."""
    found: list[FoundScore] = []
    for match in _SCORE.finditer(text):
        written = match["n"] or match["n2"]
        number = float(written) if written.lstrip("-")[0].isdigit() else to_int(written, digit_strings=False)
        if number is None:
            continue
        number += 0.5 if match["half"] else 0  # 七十九分半
        exact = None if match["pre2"] else float(number)
        found.append(FoundScore(_points(match, number), exact, match.start(), match.end()))
        text = hide(text, match.start(), match.end())
    return found, text


def _points(match: re.Match[str], number: float) -> Quantity:
    pre, post = match["pre"] or match["pre2"] or "", match["post"] or match["post2"] or match["some"] or ""
    whole = int(number)
    if pre in ("差一分", "差1分"):
        return Quantity(whole - 1, whole - 1)
    if pre in ("不到", "没到", "不足", "低于", "below"):
        return Quantity(None, whole - 1)
    if pre in ("超过", "高于", "over", "above"):
        return Quantity(whole + 1, None)
    if pre in ("至少", "不低于") or post in ("以上", "及以上", "或以上"):
        return Quantity(whole, None)
    if post in ("多", "几"):
        return Quantity(whole, whole + 9)
    if post == "以下":
        return Quantity(None, whole)
    return Quantity(whole, whole, vague=post == "左右")
