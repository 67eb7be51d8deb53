"""Which documents hold a bigram or word, in two flat arrays.

Terms are hashed into buckets, so that no table of terms is kept; the few foreign documents that a
shared bucket brings are told apart by whoever scores them.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

_FEWEST_BUCKETS: Final = 1 << 12
_MOST_BUCKETS: Final = 1 << 21
_SPREAD: Final = 2_654_435_761  # Knuth's multiplier: neighbouring code points fall far apart
_CHECKED: Final = 16  # a bucket of so few documents is looked through to count a term exactly

_HAN: Final = "㐀-䶿一-鿿豈-﫿〇\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_HAN}]+|[a-z]+|[0-9]+|[^\W_{_HAN}a-z0-9]+")
_ASCII = re.compile(r"[ -~]*")
_CODE_POINTS: Final = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


def normal(text: str) -> str:
    """Lower case, half width; runs of one script kept whole, one space around each, all else dropped."""
    if not _ASCII.fullmatch(text):
        text = unicodedata.normalize("NFKC", text)
    return f" {' '.join(_RUNS.findall(text.lower()))} "


def characters(text: str) -> set[str]:
    """The distinct characters of a normal text that are terms of their own: all but ASCII."""
    return {sign for sign in set(text) if sign > "~"}


def terms(text: str) -> set[str]:
    """The distinct bigrams of a normal text, and its words with the spaces around them: 8 is not in 80."""
    found: set[str] = set()
    for run in text.split():
        if run.isascii():
            found.add(f" {run} ")
        else:
            found.update(map(str.__add__, run, run[1:]))
    return found


class Postings:
    """The documents of each term. ``texts`` are normal texts and stay the caller's."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._mask = _buckets_for(sum(map(len, texts))) - 1
        counts = array("I", bytes(4 * (self._mask + 2)))
        for text in texts:
            for bucket in self._buckets(text):
                counts[bucket] += 1
        self._offsets = offsets = array("I", counts)
        end = 0
        for bucket, count in enumerate(counts):
            offsets[bucket] = counts[bucket] = end
            end += count
        self._documents = documents = array("I", bytes(4 * end))
        for number, text in enumerate(texts):
            for bucket in self._buckets(text):
                documents[counts[bucket]] = number
                counts[bucket] += 1

    def of(self, term: str) -> array[int]:
        """The documents that hold ``term``, rising; seldom some that only share its bucket."""
        bucket = self._bucket(term)
        return self._documents[self._offsets[bucket] : self._offsets[bucket + 1]]

    def frequency(self, term: str) -> int:
        """In how many documents ``term`` occurs: exact where few, and nearly so where many."""
        bucket = self._bucket(term)
        start, end = self._offsets[bucket], self._offsets[bucket + 1]
        if end - start > _CHECKED:
            return end - start
        return sum(term in self._texts[number] for number in self._documents[start:end])

    def _bucket(self, term: str) -> int:
        if term.startswith(" "):
            return crc32(term.encode()) & self._mask
        return ((ord(term[0]) * _SPREAD) ^ (ord(term[1]) * 40_503)) >> 3 & self._mask

    def _buckets(self, text: str) -> set[int]:
        """The distinct buckets of a text's bigrams and words. ASCII makes words, no bigrams."""
        mask = self._mask
        points = array("I", text.encode(_CODE_POINTS, "surrogatepass"))
        found = {
            ((first * _SPREAD) ^ (second * 40_503)) >> 3 & mask
            for first, second in pairwise(points)
            if first > 126 < second
        }
        found.update(crc32(f" {run} ".encode()) & mask for run in text.split() if run.isascii())
        return found


def _buckets_for(signs: int) -> int:
    """Twice as many buckets as terms may be expected in a body of ``signs`` characters, a power of two."""
    return min(max(1 << max(signs // 8, 1).bit_length(), _FEWEST_BUCKETS), _MOST_BUCKETS)
