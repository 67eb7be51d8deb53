"""Counts as people write them: exact, bounded, a range, or too vague to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from knowledge.numerals import to_int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count. ``low`` and ``high`` are both included, None is open; ``vague``: to be asked again.

    ``unit``: the classifier, "" where there is none; ``fault``: why it cannot be a count.
    """

    low: int | None
    high: int | None
    unit: str = ""
    vague: bool = False
    fault: str = ""

    @property
    def exact(self) -> int | None:
        """The count, where it is one number."""
        return self.low if self.low == self.high and not self.vague else None

    def less(self, few: int) -> Quantity:
        """As many without ``few`` of them; of an exact count."""
        return replace(self, low=(self.low or 0) - few, high=(self.high or 0) - few)

    @property
    def value(self) -> Any:
        """As the machine interface writes it: 4, ``{"min": 5}``, ``{"min": 1, "max": 2}``."""
        if self.low is not None and self.low == self.high:
            return self.low
        bounds = {"min": self.low, "max": self.high}
        return {name: bound for name, bound in bounds.items() if bound is not None}


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A quantity and where it stands."""

    quantity: Quantity
    start: int
    end: int


_HAN: Final = "零〇一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_CLASSIFIERS: Final = ("号人", "口人", "个人头", "个人", "个", "名", "位", "人", "员", "本", "张", "份")
PEOPLE: Final = ("人", "个人", "号人", "口人", "个人头")
_PERSONS: Final = frozenset({"", "个人", "号人", "口人", "个人头", "个", "名", "位", "人", "员"})
_ENGLISH: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "hundred": 100, "dozen": 12, "a dozen": 12, "half a dozen": 6, "a single": 1, "a pair of": 2,
}  # fmt: skip

_MIN = (
    "≥|>=|至少|起码|最少|最低|不少于|不低于|不下|不会少于|不会低于|"
    "少说(?:也|都)?有?|at least|(?:no|not) (?:fewer|less) than|upwards of|minimum of"
)
_ABOVE = "不止|超过|多于|高于|more than|over|above|in excess of"
_MAX = (
    "≤|<=|没有超过|没超过|未超过|最多|至多|顶多|撑死|顶天|不超过|不多于|不高于|"
    "at most|up to|(?:no|not) more than|not over|max(?:imum)?(?: of)?"
)
_BELOW = "不到|不足|少于|低于|没到|未到|(?<!够)不够|fewer than|less than|under|below|not even|not quite"
_ABOUT = "大概|大约|约莫|约|差不多|将近|接近|近乎|about|around|roughly|approximately|nearly|almost"
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_N = rf"{_ARABIC}|[{_HAN}]+"
# 有几个 is some; 最少几名 and 审核师几个 at the end ask how many.
_SOME = (
    r"好几[十百]?|(?<![最至]少)(?<!起码)(?<!最低)(?<![要得需])几"
    r"(?:[十百]|(?=[^,。;!?]{1,2}[^,。;!?人])|(?<=[有就好了没]几))|^几"
)
_CHINESE = re.compile(
    rf"(?:(?P<pre>{_MIN}|{_ABOVE}|{_MAX}|{_BELOW}|{_ABOUT})(?:还|也)?(?:就|只|才)?(?:能|可以)?(?:有|是|在|算|达到|(?:凑|拿|找|派|请|挤|提供)(?:得?出|到)来?)?)?"
    rf"(?P<sign>负|(?<![0-9A-Za-z\-])-(?=[0-9]))?"
    rf"(?P<n>(?<![0-9.A-Za-z]){_ARABIC}|[{_HAN}]+|[俩仨]|(?:{_SOME}|若干|多)(?=[个名位人]|[号口]人))"
    rf"(?P<more>\+(?!\d)|[来多几余](?=[个名位人]|[号口]人|号的?(?:$|[,。;])))?"
    rf"(?:(?:\s?(?:-|~|—|到|至|、|或者?)|[个名位人](?:到|至|或者?是?))\s?(?P<n2>{_N})(?=[个名位人]))?"
    rf"(?P<unit>(?!本科|本专)(?:{'|'.join(_CLASSIFIERS)})|(?<=[{_HAN}]) [名位个])?"
    r"(?P<post>往上|朝上|打底|起步|封顶|到顶|及以上|或以上|以上|及以下|以下|以内|左右|上下|之多|不到|或更多)?"
)
# 两男三女, 男的2个女的3个: the people told by sex are one number.
_BY_SEX = re.compile(
    rf"(?P<n>(?<![0-9.A-Za-z])[0-9]{{1,3}}|[{_HAN}]{{1,3}})[个名位]?(?P<sex>[男女])(?:的|生|士|同事|性)?[、,和]?"
    rf"(?P<n2>[0-9]{{1,3}}|[{_HAN}]{{1,3}})[个名位]?(?!(?P=sex))[男女](?:的|生|士|同事|性)?"
    rf"|(?P<of>[男女])(?:的|生|士|同事|性)?(?:有|是)?(?P<n3>[0-9]{{1,3}}|[{_HAN}]{{1,3}})[个名位]?人?[、,和]?"
    rf"(?!(?P=of))[男女](?:的|生|士|同事|性)?(?:有|是)?(?P<n4>[0-9]{{1,3}}|[{_HAN}]{{1,3}})[个名位]?人?"
)
_NUMBER_WORDS = "|".join(sorted(_ENGLISH, key=len, reverse=True)).replace(
    "a single", "(?<!not )(?<!n't have )(?<!not have )a single"
)
_ENGLISH_COUNT = re.compile(
    rf"(?:\b|(?<=[\u4e00-\u9fff]))(?:(?P<pre>{_MIN}|{_ABOVE}|{_MAX}|{_BELOW}|{_ABOUT}|only|just)\s+)?(?P<between>between\s+)?"
    rf"(?:(?P<vague>a couple of|a couple|couple of|several|a few|some|(?<!as )many|dozens of)\b|"
    rf"(?P<n>{_ARABIC}|{_NUMBER_WORDS})(?P<more>\+)?"
    rf"(?:\s?(?(between)and|(?:-|to|or))\s?(?P<n2>[0-9]+|{_NUMBER_WORDS}))?(?![0-9A-Za-z.]?[0-9A-Za-z]|%)"
    r"(?:\s+(?P<post>or more|or fewer|or less))?)"
)
_AT_MOST: Final = ("以下", "及以下", "以内", "封顶", "到顶", "or fewer", "or less")
_HUNDRED: Final = 100
_ROUND: Final = {"十": 10, "百": _HUNDRED}
_TENS: Final = 3  # signs of 五六十
_PAIR_WORDS: Final = {"俩": 2, "仨": 3}  # these hold their classifier
_ABSURD: Final = 10_000  # persons; CONTRACT.md


def find_quantities(text: str) -> list[FoundQuantity]:
    """Every count in ``text`` (normalised, lower case), left to right."""
    by_sex = list(_by_sex(text)) if "男" in text and "女" in text else []
    found = [
        FoundQuantity(quantity, match.start(), match.end())
        for match in _CHINESE.finditer(text)
        if (quantity := _read_chinese(match, text))
    ]
    if by_sex:
        apart = (item for item in found if not any(both.start <= item.start < both.end for both in by_sex))
        found = [*by_sex, *apart]
    if text.isascii() or re.search("[a-z]", text):
        found = _with_english(text, found)
    return _once(sorted(found, key=lambda item: item.start))


def _once(found: list[FoundQuantity]) -> list[FoundQuantity]:
    """三个三个, as people speak: said twice over, meant once."""
    once: list[FoundQuantity] = []
    for item in found:
        last = once[-1] if once else None
        if last and last.end == item.start and last.quantity == item.quantity and item.quantity.unit:
            once[-1] = replace(last, end=item.end)
        else:
            once.append(item)
    return once


def _by_sex(text: str) -> Iterator[FoundQuantity]:
    for match in _BY_SEX.finditer(text):
        parts = [_number(match[name]) for name in ("n", "n2", "n3", "n4") if match[name]]
        whole = sum(part for part in parts if part is not None)
        if None not in parts:
            yield FoundQuantity(Quantity(whole, whole, "个"), match.start(), match.end())


def _with_english(text: str, found: list[FoundQuantity]) -> list[FoundQuantity]:
    """The counts, and the English ones; of two that overlap the wider stays."""
    by_place = {at: item for item in found for at in range(item.start, item.end)}
    for match in _ENGLISH_COUNT.finditer(text):
        overlap = {by_place[at].start: by_place[at] for at in range(*match.span()) if at in by_place}
        if (quantity := _read_english(match)) and _wider(match, list(overlap.values())):
            for item in overlap.values():
                for at in range(item.start, item.end):
                    del by_place[at]
            new = FoundQuantity(quantity, match.start(), match.end())
            by_place.update(dict.fromkeys(range(*match.span()), new))
    return list({item.start: item for item in by_place.values()}.values())


def _wider(match: re.Match[str], overlap: list[FoundQuantity]) -> bool:
    return not overlap or any(
        match.end() - match.start() > item.end - item.start and not item.quantity.unit for item in overlap
    )


def _read_chinese(match: re.Match[str], text: str) -> Quantity | None:
    written, unit = match["n"], (match["unit"] or "").strip()
    if written in _PAIR_WORDS:
        return _bounded(_PAIR_WORDS[written], match.groupdict(), "个")
    if written[-1] in "几若干多" or "几" in written:
        return Quantity(None, None, unit, vague=True)
    bounded = match["pre"] and len(written) > 1 and _ends(text, match.end())
    if not unit and not written[0].isdigit() and not bounded:  # 不足五十
        return None  # 一般, 三废: a Chinese numeral counts only with its classifier
    if not unit and _runs_on(text, match.end()):
        return None
    return _build(match, unit, _approximate(written) if not match["n2"] else None)


def _ends(text: str, end: int) -> bool:
    """Whether nothing more is said behind a number."""
    return text[end : end + 1] in ("", *",。;!?\n")


def _runs_on(text: str, end: int) -> bool:
    """Whether a bare number is part of something longer: 2.5%, 38号, 85-90."""
    behind = text[end : end + 2]
    if behind[:1] in tuple("-/:+."):
        return behind[1:].isdigit()
    return behind[:1] in tuple("%号楼层室元吨度年月日天页周岁期批家台套")


def _read_english(match: re.Match[str]) -> Quantity | None:
    if match["vague"]:
        return Quantity(None, None, vague=True)
    return _build(match, "", None)


def _build(match: re.Match[str], unit: str, loose: tuple[int, int] | None) -> Quantity | None:
    groups = match.groupdict()
    if loose:
        return Quantity(*loose, unit=unit, vague=True)
    if fault := _fault(groups):
        return Quantity(None, None, unit, fault=fault)
    number = _number(groups["n"])
    if number is None:
        return None
    if groups["n2"]:
        other = _number(groups["n2"])
        if other is None or other < number:
            return None
        return Quantity(number, other, unit, vague=other - number == 1 and not unit)
    return _bounded(number, groups, unit)


def _bounded(number: int, groups: dict[str, str | None], unit: str) -> Quantity:
    pre, post, more = groups["pre"] or "", groups["post"] or "", groups["more"] or ""
    if more == "来":
        return Quantity(number, number + (9 if number < _HUNDRED else _HUNDRED - 1), unit, vague=True)
    if more in ("多", "余", "几"):
        return Quantity(number + 1, number + (_HUNDRED - 1 if number % _HUNDRED == 0 else 9), unit)
    if post in ("左右", "上下") or (pre and re.fullmatch(_ABOUT, pre)):
        return Quantity(number, number, unit, vague=True)
    if pre and re.fullmatch(_ABOVE, pre):
        return Quantity(number + 1, None, unit)
    if (pre and re.fullmatch(_BELOW, pre)) or post == "不到":
        return Quantity(None, max(number - 1, 0), unit)
    if (
        (pre and re.fullmatch(_MIN, pre))
        or more == "+"
        or post in ("以上", "往上", "朝上", "打底", "起步", "及以上", "或以上", "or more", "或更多")
    ):
        return Quantity(number, None, unit)
    if (pre and re.fullmatch(_MAX, pre)) or post in _AT_MOST:
        return Quantity(None, number, unit)
    return Quantity(number, number, unit)


def _fault(groups: dict[str, str | None]) -> str:
    written = groups["n"] or ""
    if groups.get("sign"):
        return "rejected.negative"
    if "." in written:
        return "rejected.fraction"
    number = _number(written)
    return "rejected.absurd" if number is not None and number > _ABSURD else ""


@lru_cache(maxsize=1024)
def _number(written: str | None) -> int | None:
    if written is None:
        return None
    if written in _ENGLISH:
        return _ENGLISH[written]
    return to_int(written.replace(",", ""), digit_strings=False)


def _approximate(written: str) -> tuple[int, int] | None:
    """一两 as (1, 2), 三四 as (3, 4), 十七八 as (17, 18), 五六十 as (50, 69): neighbours said together."""
    signs = written.replace("两", "二")
    unit = _ROUND.get(signs[-1]) if len(signs) == _TENS else None
    if unit and (tens := _approximate(signs[:-1])):
        return tens[0] * unit, tens[1] * unit + unit - 1
    head, tail = signs[:-2], signs[-2:]
    if (
        len(tail) < 2
        or any(sign not in "一二三四五六七八九" for sign in tail)
        or (head and head[-1] not in "十百")
    ):
        return None
    low, high = to_int(tail[0]), to_int(tail[1])
    base = to_int(head, digit_strings=False) if head else 0
    if low is None or high is None or base is None or high - low not in (1, 2):
        return None
    return base + low, base + high


def of_people(quantity: Quantity) -> bool:
    """Whether the classifier can only count people: 5人, 5名, 5位."""
    return bool(quantity.unit) and quantity.unit in _PERSONS - {"个"}
