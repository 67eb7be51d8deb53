"""Terms as they sound and as they are mistyped: pinyin in full or as initials, homophones, one wrong
character."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

_HAN_ONLY = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST = 8  # characters of a term that is looked for by its sound
_READINGS = 64  # ways to read a window of characters; more is guessing
_SPELLED = 4  # characters; a shorter term with one of them wrong is another word
_AROUND = 3  # characters around a misspelt one that may belong to its word
_MINIMAL_PINYIN = 4  # letters; shorter syllables fit into everything
_INITIALS = 3  # letters of a word that may be initials


@dataclass(frozen=True, slots=True)
class HeardTerm:
    """A Chinese term in full pinyin and in initials, with what it means."""

    term: str
    spelled: str
    initials: str
    concepts: frozenset[str]


class Hearing:
    """The terms of a lexicon by ear. Made when first needed: pypinyin is slow to load."""

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        """``terms``: pairs of term and concept."""
        self._concepts: dict[str, set[str]] = {}
        for term, concept in terms:
            if _HAN_ONLY.fullmatch(term):
                self._concepts.setdefault(term, set()).add(concept)

    def prepare(self) -> None:
        """Build now what is built when first needed. Slow, for a thread."""
        for part in ("_by_syllables", "_rows", "_one_off"):
            getattr(self, part)

    def terms_over(self, text: str, word: str, *, shortest: int = 2) -> tuple[frozenset[str], bool]:
        """The concepts of the terms that the letters in and around ``word`` sound like, one letter for one
        (审合师 sounds like 审核师), and whether they account for all of it."""
        begin = text.find(word)
        end = begin + len(word)
        sounds = [_sounds(letter) for letter in text]
        left, concepts = set(range(begin, end)), set[str]()
        for size in range(min(_LONGEST, len(text)), shortest - 1, -1):
            for start in range(max(0, begin - size + 1), min(end, len(text) - size + 1)):
                window = range(start, start + size)
                if left.isdisjoint(window):
                    continue
                meant = self._sounding(sounds[start : start + size])
                if meant:
                    concepts |= meant
                    left -= set(window)
        return frozenset(concepts), not left

    def _sounding(self, sounds: list[tuple[str, ...]]) -> frozenset[str]:
        if math.prod(map(len, sounds)) > _READINGS:
            return frozenset()
        spellings = (" ".join(spelling) for spelling in itertools.product(*sounds))
        return next((self._by_syllables[one] for one in spellings if one in self._by_syllables), frozenset())

    @cached_property
    def _syllables(self) -> dict[str, list[str]]:
        """Each term as it is spelled, syllable by syllable."""
        from pypinyin import lazy_pinyin

        return {term: lazy_pinyin(term) for term in self._concepts}

    @cached_property
    def _by_syllables(self) -> dict[str, frozenset[str]]:
        """The concepts of each term by its syllables. Of terms that sound alike the first counts."""
        spelled: dict[str, frozenset[str]] = {}
        for term, syllables in self._syllables.items():
            spelled.setdefault(" ".join(syllables), frozenset(self._concepts[term]))
        return spelled

    def meaning(self, text: str, word: str) -> frozenset[str]:
        """What a word that nothing explains may be meant for: one wrong character, or the same sound."""
        from pypinyin import lazy_pinyin

        if meant := self._misspelt(text, word):
            return frozenset(meant)
        sound = "".join(lazy_pinyin(word))
        return next((one.concepts for one in self._rows if one.spelled == sound), frozenset())

    def pinyin(self, text: str) -> tuple[frozenset[str], bool]:
        """The concepts of a question typed in pinyin, run together or not, or as initials word by word;
        and whether they explain at least a third of it, for its small talk is not among the terms."""
        letters = re.sub(r"[^a-z]", "", text)
        words = set(re.findall(r"[a-z]+", text))
        explained = bytearray(len(letters))
        heard: list[HeardTerm] = []
        for row in self._rows:
            spelled_out = len(row.spelled) >= _MINIMAL_PINYIN and row.spelled in letters
            # heshi is a part of shenheshi, but 何时 is none of 审核师.
            if spelled_out and (_still_open(explained, letters, row.spelled) or _part_of(row, heard)):
                heard.append(row)
                _mark(explained, letters, row.spelled)
            elif len(row.initials) >= _INITIALS and row.initials in words:
                heard.append(row)
                _mark(explained, letters, row.initials)
        concepts = frozenset().union(*(row.concepts for row in heard))
        return concepts, bool(letters) and sum(explained) * 3 >= len(letters)

    @cached_property
    def _rows(self) -> list[HeardTerm]:
        """The longest first. Of terms that sound alike the first of the lexicon counts."""
        rows: dict[str, HeardTerm] = {}
        for term, syllables in self._syllables.items():
            spelled, initials = "".join(syllables), "".join(syllable[0] for syllable in syllables)
            rows.setdefault(spelled, HeardTerm(term, spelled, initials, frozenset(self._concepts[term])))
        return sorted(rows.values(), key=lambda row: -len(row.spelled))

    @cached_property
    def _one_off(self) -> dict[str, set[str]]:
        """The concepts of each long term, by the term with one character left open."""
        open_terms: dict[str, set[str]] = {}
        for term, concepts in self._concepts.items():
            for place in range(len(term)) if len(term) >= _SPELLED else ():
                open_terms.setdefault(term[:place] + "?" + term[place + 1 :], set()).update(concepts)
        return open_terms

    def _misspelt(self, text: str, word: str) -> set[str]:
        """The concepts of the terms that differ in one character from the letters around all of ``word``."""
        at = text.find(word)
        found: set[str] = set()
        for start in range(max(0, at - _AROUND), at + 1):
            for end in range(max(at + len(word), start + _SPELLED), start + _SPELLED + _AROUND):
                window = text[start:end]
                for place in range(at - start, min(at - start + len(word), len(window))):
                    found |= self._one_off.get(window[:place] + "?" + window[place + 1 :], set())
        return found


@cache
def _sounds(letter: str) -> tuple[str, ...]:
    """All ways to read a letter; other signs sound like themselves."""
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(pinyin(letter, style=Style.NORMAL, heteronym=True)[0]))


def _part_of(row: HeardTerm, heard: list[HeardTerm]) -> bool:
    return any(row.term in longer.term for longer in heard)


def _still_open(explained: bytearray, letters: str, spelled: str) -> bool:
    """Whether the syllables stand somewhere where no longer term does."""
    start = letters.find(spelled)
    while start >= 0:
        if not all(explained[start : start + len(spelled)]):
            return True
        start = letters.find(spelled, start + 1)
    return False


def _mark(explained: bytearray, letters: str, spelled: str) -> None:
    start = letters.find(spelled)
    while start >= 0:
        explained[start : start + len(spelled)] = b"\x01" * len(spelled)
        start = letters.find(spelled, start + len(spelled))
