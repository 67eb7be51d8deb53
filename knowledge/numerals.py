"""Chinese numerals as legal texts and people write them, to int and back.

Refuses whatever has no single reading: a wrong article number is worse than none.
"""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")}
_UNITS: Final = {"十": 10, "百": 100, "千": 1_000}
_TENS: Final = {"廿": 20, "卅": 30, "卌": 40}
_MYRIADS: Final = (("亿", 100_000_000), ("万", 10_000))

# One spelling for each sign: other zeros, full width, capital and traditional forms.
_PLAIN: Final = str.maketrans(
    "〇○０１２３４５６７８９壹弌贰貳弍叁參叄弎肆伍陆陸柒捌玖拾佰仟萬億兩念",
    "零零0123456789一一二二二三三三三四五六六七八九十百千万亿两廿",
)

NUMERAL_SIGNS: Final = "".join(
    (
        "零〇○一二三四五六七八九十百千万亿两廿卅卌",
        "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩",
        "0123456789０１２３４５６７８９",
    )
)
"""Every sign that a numeral may hold, for character classes in grammars."""

_SYLLABLES: Final = dict(
    zip("ling yi er san si wu liu qi ba jiu shi bai liang".split(), "零一二三四五六七八九十百两", strict=True)  # noqa: SIM905
)
_UNIT_SYLLABLES: Final = {"tiao": "条", "zhang": "章", "xiang": "项", "kuan": "款"}
_SPELLED_OUT = re.compile(rf"\bdi ?((?:(?:{'|'.join(_SYLLABLES)}) ?)+)({'|'.join(_UNIT_SYLLABLES)})\b")
_SYLLABLE = re.compile("|".join(_SYLLABLES))
_LONGEST_LABEL: Final = 7  # signs of a number among others that run on without a mark between them
_ARABIC = re.compile(r"[0-9]{1,18}")
_ARABIC_MYRIAD = re.compile(r"([0-9]{1,9})([万亿])")
_DIGIT_STRING = re.compile(r"[零一二三四五六七八九]{2,18}")
_BELOW_MYRIAD = re.compile(
    r"(?:([一二三四五六七八九两])千)?(?:([一二三四五六七八九两])百)?(零)?"
    r"(?:([一二三四五六七八九])?(十)|([廿卅卌]))?([一二三四五六七八九])?"
)


def to_int(text: str, *, digit_strings: bool = True) -> int | None:
    """The number that ``text`` writes, or None where it writes none or more than one.

    ``digit_strings``: whether 二三 may be read sign by sign as 23 (in labels and years);
    in talk it means two or three, so that reader switches it off.
    """
    plain = text.strip().translate(_PLAIN)
    if _ARABIC.fullmatch(plain):
        return int(plain)
    if mixed := _ARABIC_MYRIAD.fullmatch(plain):
        return int(mixed[1]) * dict(_MYRIADS)[mixed[2]]
    if _DIGIT_STRING.fullmatch(plain):
        return _sign_by_sign(plain) if digit_strings else None
    if plain == "零":
        return 0
    if plain == "两":
        return 2
    return _counted(plain)


def run_together(text: str) -> tuple[int, ...]:
    """Rising numbers written without a sign between them, as near to each other as can be: 十七十八 is
    17 and 18; none where it cannot be read so."""
    rows = [row for row in _rows(text) if len(row) > 1 and list(row) == sorted(set(row))]
    return min(rows, key=lambda row: (row[-1] - row[0], row), default=())


def _rows(text: str) -> list[tuple[int, ...]]:
    """All ways to cut a text into numbers, each below ten thousand."""
    whole = to_int(text, digit_strings=False) if len(text) <= _LONGEST_LABEL else None
    rows: list[tuple[int, ...]] = [(whole,)] if whole else []
    for at in range(1, min(len(text), _LONGEST_LABEL + 1)):
        first = to_int(text[:at], digit_strings=False)
        if first:
            rows += [(first, *rest) for rest in _rows(text[at:])]
    return rows


def from_pinyin(text: str) -> str:
    """``text`` with the clause numbers that it spells in pinyin (di shi jiu tiao) in their signs."""

    def signs(spelled: re.Match[str]) -> str:
        number = _SYLLABLE.sub(lambda one: _SYLLABLES[one[0]], spelled[1]).replace(" ", "")
        return f"第{number}{_UNIT_SYLLABLES[spelled[2]]}"

    return _SPELLED_OUT.sub(signs, text)


def to_chinese(number: int) -> str:
    """``number`` in the plain form of legal texts: 10 is 十, 110 is 一百一十, 103 is 一百零三.

    Raises:
        ValueError: below zero, or a trillion and more.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"no Chinese numeral for {number}")
    if number == 0:
        return "零"
    written, gap = "", False
    for sign, size in (*_MYRIADS, ("", 1)):
        part = number // size % 10_000
        if not part:
            gap = bool(written)
            continue
        written += ("零" if written and (gap or part < 1_000) else "") + _section(part) + sign
        gap = False
    return written[1:] if written.startswith("一十") else written


def article_label(number: int, inserted: int = 0) -> str:
    """第一百三十三条之一 for ``(133, 1)``."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(inserted)}" if inserted else "")


def _sign_by_sign(plain: str) -> int:
    return int("".join(str(_DIGITS[sign]) for sign in plain))


def _counted(plain: str) -> int | None:
    """A numeral with units; each 亿 or 万 closes a section below ten thousand."""
    total, rest, first = 0, plain, True
    for sign, size in _MYRIADS:
        head, found, tail = rest.partition(sign)
        if not found:
            continue
        part = _below_myriad(head, first=first)
        if not part:
            return None
        total, rest, first = total + part * size, tail, False
    if not rest:
        return total or None
    last = _below_myriad(rest, first=first)
    return None if last is None else total + last


def _below_myriad(text: str, *, first: bool) -> int | None:
    """A section of one to 9,999; ``first``: nothing stands before it, so that no zero may lead it."""
    led_by_zero = not first and text.startswith("零")
    section = text[1:] if led_by_zero else {"两": "二"}.get(text, text)
    found = _BELOW_MYRIAD.fullmatch(section)
    if not section or not found:
        return None
    thousands, hundreds, _zero, ten_digit, ten, tens, ones = found.groups()
    if not _zero_stands_right(found, apart=first or led_by_zero):
        return None
    value = 1_000 * _digit(thousands) + 100 * _digit(hundreds) + _digit(ones)
    return value + (10 * _digit(ten_digit or "一") if ten else _TENS.get(tens, 0))


def _zero_stands_right(found: re.Match[str], *, apart: bool) -> bool:
    """A 零 fills a gap between two signs, and a last digit right after 百 or above needs one: 一百三 may
    mean 103 or 130. ``apart``: no higher section stands right before this one."""
    thousands, hundreds, zero, _, ten, tens, ones = found.groups()
    has_tens = bool(ten or tens)
    higher = bool(thousands or hundreds)
    if zero:
        return higher and (not hundreds if has_tens else bool(ones))
    return not (ones and not has_tens and (higher or not apart))


def _digit(sign: str | None) -> int:
    return 2 if sign == "两" else _DIGITS[sign] if sign else 0


def _section(part: int) -> str:
    """``part`` below ten thousand, as written after a higher section."""
    written, gap = "", False
    for unit, sign in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = part // unit % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + sign
        gap = not digit if written else False
    return written
