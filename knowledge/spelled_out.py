"""Clause numbers spelled out in English, in the signs that the grammar reads: article twenty-one, the tenth
article, item 2 of article 16."""

from __future__ import annotations

import re

_ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: number for number, word in enumerate(_ONES, 1)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
_NUMBERS |= {
    f"{tens}-{ones}": _NUMBERS[tens] + number for tens in _TENS for number, ones in enumerate(_ONES[:9], 1)
}
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_IRREGULAR |= {"nine": "ninth", "twelve": "twelfth"}
_UNIT = r"(?:art(?:icle)?|clause|chapter|item|para(?:graph)?|point|section|part)"
_ALREADY = re.compile(rf"\b(?:{_UNIT}s?|item|number)\b")


def _ordinal(word: str) -> str:
    head, dash, last = word.rpartition("-")
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return head + dash + _IRREGULAR.get(last, regular)


_ORDINALS = {_ordinal(word): number for word, number in _NUMBERS.items()}


def _either(words: dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace("-", "[- ]") for word in longest_first)


_CARDINAL = rf"(?:{_either(_NUMBERS)})"
_AND = r"(?:,| and|, and| or| to| through)"
_AFTER = re.compile(rf"\b(?P<unit>{_UNIT}s?\.?) (?:no\.? )?(?P<series>{_CARDINAL}(?:{_AND} {_CARDINAL})*)\b")
_BEFORE = re.compile(
    rf"\b(?:(?P<word>{_either(_ORDINALS)})|(?P<n>\d{{1,3}})(?:st|nd|rd|th)) (?P<unit>{_UNIT})\b"
)
_INNER = r"(?:items?|para(?:graph)?s?\.?) ?\(?\d+\)?(?:(?:,| and| to|-) ?\(?\d+\)?)*"
_INSIDE_OUT = re.compile(rf"\b(?P<inner>{_INNER}),? (?:of|in|under) (?P<outer>art(?:icle)?s?\.? ?\d+)")


def from_english(text: str) -> str:
    """``text`` (plain) with the clause numbers that it spells out in English in their signs, the article
    before what stands in it."""
    if not _ALREADY.search(text):
        return text
    text = _AFTER.sub(lambda found: f"{found['unit']} {_in_signs(found['series'])}", text)
    text = _BEFORE.sub(lambda found: f"{found['unit']} {found['n'] or _value(found['word'])}", text)
    return _INSIDE_OUT.sub(r"\g<outer> \g<inner>", text)


def _in_signs(series: str) -> str:
    return re.sub(rf"\b{_CARDINAL}\b", lambda found: str(_value(found[0])), series)


def _value(words: str) -> int:
    written = words.replace(" ", "-")
    return _NUMBERS.get(written) or _ORDINALS[written]
