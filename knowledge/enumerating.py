"""How people number their questions: 1. 1、 (1) ① a) Q1 第一 一是, a bare 1 … 2 …, first … second …"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_HAN_NUMBERS = "一二三四五六七八九"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_LETTERS = "abcdefgh"
_CIRCLED = re.compile("[\u2460-\u2487\u2776-\u277f]")  # ① ⑴ ❶
# A mark's number stands in its first group. A unit behind a bare digit makes it a quantity: 2月, 4名.
_MARKS = (
    re.compile(
        rf"(?:\bq(?:uestion)?(?: ?no\.?)?|问题?) ?([1-9{_HAN_NUMBERS}])(?![\d点件个句些下声])[、.,:)]?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:(?<=[\s,;:.?!。])|^)([{_HAN_NUMBERS}])问[、.,:]?"),
    re.compile(r"\(\s*([1-9])\s*\)[、.,:]?"),
    re.compile(rf"\(([{_HAN_NUMBERS}])\)[、.,:]?(?![款项条章])"),
    re.compile(r"(?<![\d第.、(])([1-9])(?:\)|[、.:](?!\d))"),
    re.compile(rf"(?:第|其)([{_HAN_NUMBERS}])(?:个?问题)?(?:是|[,、:.])"),
    re.compile(rf"(?<![{_HAN_NUMBERS}十百第])([{_HAN_NUMBERS}])[是、:.来则],?(?!不)"),
    re.compile(
        r"(?:(?<=[\s,;:.?!、])|^)([1-9]) ?(?=[\u3400-\u9fff])(?![个名月年号日人位份条天项款章批家次轮万元%])"
    ),
    re.compile(rf"\b({'|'.join(_ORDINALS)})(?:ly)?[,:]"),
    re.compile(rf"(?:(?<=[\s,;:.?!。\u3400-\u9fff])|^)\(?([{_LETTERS}])(?:\)|[、.:](?!\w\.))", re.IGNORECASE),
)


def uncircled(text: str) -> str:
    """①自己做 as (1)自己做: half width would make it a bare digit."""
    return _CIRCLED.sub(lambda sign: f" ({int(unicodedata.numeric(sign[0]))}) ", text)


def in_lines(text: str) -> str:
    """Legible ``text`` with each numbered question on a line of its own, its number taken off."""
    for mark in _MARKS:
        found = list(_in_order(text, mark))
        if len(found) > 1:
            return _broken(text, found)
    return text


def _in_order(text: str, mark: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The marks that count up from one; what else looks like a mark is part of the text."""
    wanted = 1
    for sign in mark.finditer(text):
        if _number(sign[1]) == wanted:
            yield sign
            wanted += 1


def _number(sign: str) -> int:
    for row in (_ORDINALS, _LETTERS):
        if sign.lower() in row:
            return row.index(sign.lower()) + 1
    return int(sign) if sign.isdigit() else _HAN_NUMBERS.index(sign) + 1


def _broken(text: str, marks: list[re.Match[str]]) -> str:
    for sign in reversed(marks):
        text = f"{text[: sign.start()]}\n{text[sign.end() :]}"
    return text
