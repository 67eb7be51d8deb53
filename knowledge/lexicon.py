"""From the words of a question to the concepts it speaks of, by a list of terms kept as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.wording import plain

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z][a-z'.-]*")
_PINYIN_ONLY = re.compile(r"[a-z0-9 ?!.,'-]+")
_COUNTED = re.compile(r"[零〇一二三四五六七八九十百千两半]+.?$")
_STRAY = re.compile(r"[\u3400-\u9fffa-z]*[\u3400-\u9fff][\u3400-\u9fffa-z]+|[a-z]{3,}")
_HEARD = 3  # characters; a shorter term is not taken by its sound alone
_SPELLED = 4  # characters; a shorter term with one of them wrong is another word
_AROUND = 3  # characters around a misspelt one that may belong to its word
_KNOWN, _COMMON = 1, 2  # marks of a text's letters: explained, or a word of nearly every question
_MINIMAL_PINYIN = 4  # letters; shorter syllables fit into everything


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the matcher sees it.

    ``unexplained``: the share (0..1) of its words that neither a concept nor small talk accounts for;
    ``strays`` are those words themselves, where they are long enough to mean something.
    """

    text: str
    concepts: frozenset[str]
    unexplained: float
    strays: tuple[str, ...] = ()


class Lexicon:
    """Terms by concept, small talk, and what turns a concept into another."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.instruments: Mapping[str, str] = table.get("instruments", {})
        matching = table.get("matching", {})
        self.subject = frozenset(matching.get("subject", ()))
        self.describing = frozenset(matching.get("describing", ()))
        self.reasons = frozenset(matching.get("reasons", ()))
        self.offered: tuple[str, ...] = tuple(matching.get("offered", ()))
        self.applying: str = matching.get("applying", "")
        self.versions = frozenset(matching.get("versions", ()))
        self.aspects = frozenset(matching.get("aspects", ()))
        self._common = frozenset(matching.get("common", ()))
        self.standing = frozenset(matching.get("standing", ()))
        self.contrast = tuple(frozenset(group) for group in matching.get("contrast", ()))
        self.confirming: tuple[str, ...] = tuple(matching.get("confirming", ()))
        self.following: tuple[str, ...] = tuple(matching.get("following", ()))
        self.joining: tuple[str, ...] = tuple(matching.get("joining", ()))
        self._hides: Mapping[str, list[str]] = matching.get("hides", {})
        self._instead: Mapping[str, Any] = matching.get("instead", {})
        self._terms: list[tuple[str, str]] = []
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for concept, terms in table.get("concepts", {}).items():
            for term in terms:
                if term.startswith("re:"):
                    self._patterns.append((re.compile(term[3:]), concept))
                else:
                    self._terms.append((plain(term) if term.strip() == term else term, concept))
        filler = sorted(
            (term for terms in table.get("filler", {}).values() for term in terms), key=len, reverse=True
        )
        self._filler_words = frozenset(filler)
        self._filler = re.compile(
            "|".join(re.escape(term) for term in filler if _HAN.search(term)) or r"(?!)"
        )

    @property
    def names(self) -> frozenset[str]:
        """All concepts."""
        return frozenset(concept for _, concept in [*self._terms, *self._patterns])

    def read(self, text: str) -> Reading:
        """The concepts of ``text`` (already plain)."""
        concepts: set[str] = set()
        covered = bytearray(len(text))
        for term, concept in self._terms:
            if term in text:
                concepts.add(concept)
                _mark(covered, text, term, _COMMON if concept in self._common else _KNOWN)
        for pattern, concept in self._patterns:
            for found in pattern.finditer(text):
                concepts.add(concept)
                covered[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
        if not concepts and _PINYIN_ONLY.fullmatch(text):
            concepts, covered = self._read_pinyin(text)
        hidden = {concept for phrase, inner in self._hides.items() if phrase in text for concept in inner}
        if hidden & concepts:
            bare = self._without_hiding(text)
            concepts -= {concept for concept in hidden if not self._speaks_of(concept, bare)}
        self._cover_filler(text, covered)
        return Reading(text, self._turned(concepts), self._unexplained(text, covered), _strays(text, covered))

    def swapped(self, before: Iterable[str], said: frozenset[str]) -> frozenset[str]:
        """What a follow-up means: the concepts spoken of before, with their opposites exchanged."""
        kept = set(before)
        for group in self.contrast:
            if group & said:
                kept -= group
        return frozenset(kept | said)

    def _without_hiding(self, text: str) -> str:
        for phrase in self._hides:
            text = text.replace(phrase, "|")
        return text

    def _speaks_of(self, concept: str, text: str) -> bool:
        return any(term in text for term, owner in self._terms if owner == concept) or any(
            pattern.search(text) for pattern, owner in self._patterns if owner == concept
        )

    def _turned(self, concepts: set[str]) -> frozenset[str]:
        for concept, change in self._instead.items():
            if concept in concepts:
                concepts = (concepts - set(change["drop"])) | set(change["add"])
        return frozenset(concepts)

    def _cover_filler(self, text: str, covered: bytearray) -> None:
        for found in self._filler.finditer(text):
            _fill(covered, found.start(), found.end())
        for word in _LATIN_WORD.finditer(text):
            if any(covered[word.start() : word.end()]) or word[0].rstrip(".'-") in self._filler_words:
                _fill(covered, word.start(), word.end())

    def _unexplained(self, text: str, covered: bytearray) -> float:
        total = missing = 0
        for index, character in enumerate(text):
            if covered[index] != _COMMON and _HAN.match(character):
                total += 1
                missing += not covered[index]
        for word in _LATIN_WORD.finditer(text):
            total += 2
            missing += 0 if covered[word.start()] else 2
        return missing / total if total else 0.0

    # --- pinyin ------------------------------------------------------------------------------

    @cached_property
    def _pinyin(self) -> list[tuple[str, str, str]]:
        """Each Chinese term in full pinyin and in initials, with its concept, the longest first.
        Of terms that sound alike the first of the lexicon counts."""
        from pypinyin import Style, lazy_pinyin

        rows: dict[str, tuple[str, str, str]] = {}
        for term, concept in self._terms:
            if len(_HAN.findall(term)) == len(term) > 1:
                spelled = "".join(lazy_pinyin(term))
                rows.setdefault(
                    spelled, (spelled, "".join(lazy_pinyin(term, style=Style.FIRST_LETTER)), concept)
                )
        return sorted(rows.values(), key=lambda row: -len(row[0]))

    def by_sound(self, text: str) -> Reading:
        """``text`` read by ear as well: 审合师 sounds like 审核师; a word that nothing explains also by
        one wrong character. Only long terms, for short ones sound like too much."""
        from pypinyin import lazy_pinyin

        plainly = self.read(text)
        letters = "".join(lazy_pinyin(text))
        rows = [row for row in self._pinyin if len(row[1]) >= _HEARD and row[0] in letters]
        concepts = set(plainly.concepts) | {row[2] for row in rows}
        strays = []
        for word in plainly.strays:
            sound = "".join(lazy_pinyin(word))
            if any(sound in row[0] for row in rows):
                continue
            meant = self._misspelt(text, word) or {row[2] for row in self._pinyin if row[0] == sound}
            concepts |= meant
            if not meant:
                strays.append(word)
        return Reading(text, self._turned(concepts), plainly.unexplained, tuple(strays))

    def _misspelt(self, text: str, word: str) -> set[str]:
        """The concepts of the terms that differ in one character from the letters around all of ``word``."""
        at = text.find(word)
        found = set()
        for start in range(max(0, at - _AROUND), at + 1):
            for end in range(max(at + len(word), start + _SPELLED), start + _SPELLED + _AROUND):
                window = text[start:end]
                for place in range(at - start, min(at - start + len(word), len(window))):
                    found |= self._one_off.get(window[:place] + "?" + window[place + 1 :], set())
        return found

    @cached_property
    def _one_off(self) -> dict[str, set[str]]:
        """The concepts of each long Chinese term, by the term with one left open."""
        open_terms: dict[str, set[str]] = {}
        for term, concept in self._terms:
            if len(term) >= _SPELLED and len(_HAN.findall(term)) == len(term):
                for place in range(len(term)):
                    open_terms.setdefault(term[:place] + "?" + term[place + 1 :], set()).add(concept)
        return open_terms

    def _read_pinyin(self, text: str) -> tuple[set[str], bytearray]:
        """Concepts of a question typed in pinyin, run together or not, or as initials word by word."""
        letters = re.sub(r"[^a-z]", "", text)
        words = set(re.findall(r"[a-z]+", text))
        concepts: set[str] = set()
        explained = bytearray(len(letters))
        for spelled, initials, concept in self._pinyin:
            if len(spelled) >= _MINIMAL_PINYIN and _still_open(explained, letters, spelled):
                concepts.add(concept)
                _mark(explained, letters, spelled)
            elif len(initials) >= 3 and initials in words:
                concepts.add(concept)
                _mark(explained, letters, initials)
        covered = bytearray(len(text))
        if letters and sum(explained) * 2 >= len(letters):
            covered = bytearray(b"\x01" * len(text))
        return concepts, covered


def _still_open(explained: bytearray, letters: str, spelled: str) -> bool:
    """Whether a syllable row stands where no longer one does: heshi is a part of shenheshi."""
    start = letters.find(spelled)
    while start >= 0:
        if not all(explained[start : start + len(spelled)]):
            return True
        start = letters.find(spelled, start + 1)
    return False


def _fill(covered: bytearray, start: int, end: int) -> None:
    for index in range(start, end):
        covered[index] = covered[index] or _KNOWN


def _strays(text: str, covered: bytearray) -> tuple[str, ...]:
    """The runs of letters that nothing accounts for, single characters left out."""
    left = "".join(letter if not covered[at] else " " for at, letter in enumerate(text))
    return tuple(word for word in dict.fromkeys(_STRAY.findall(left)) if not _COUNTED.match(word))


def _mark(covered: bytearray, text: str, term: str, mark: int = _KNOWN) -> None:
    start = text.find(term)
    while start >= 0:
        for index in range(start, start + len(term)):
            covered[index] = covered[index] or mark
        start = text.find(term, start + len(term))
