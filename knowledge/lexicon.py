"""From the words of a question to the concepts it speaks of, by a list of terms kept as data."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from knowledge.finding import Index, finders
from knowledge.hearing import Hearing
from knowledge.wording import plain

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z][a-z'.-]*")
_PINYIN_ONLY = re.compile(r"[a-z0-9 ?!.,'()-]+")
_COUNTED = re.compile(r"[零〇一二三四五六七八九十百千两半]+.?$")
_STRAY = re.compile(r"[\u3400-\u9fffa-z]*[\u3400-\u9fff][\u3400-\u9fffa-z]+|[a-z]{3,}")
_SURE_TERM = 3  # letters of a term that one misspelt letter in a known word may belong to
_NOT_ENGLISH = 0.5  # share of unexplained words from which a text in letters may be pinyin
_SHORT_WORD = 4  # letters of a term that longer words may begin with by chance
_ENDING = re.compile(r"(?:'s|s|es|d|ed|ing|ly|er)$")
_FORM = re.compile(r"(?:s|d|ed|ing)?(?![a-z])")
# Marks of a text's letters: explained, a word of nearly every question, a small word that may be half of one.
_KNOWN, _COMMON, _HALF = 1, 2, 3


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
    odd: tuple[str, ...] = ()  # single letters that nothing accounts for: half of a misspelt word


class Lexicon:
    """Terms by concept, small talk, and what turns a concept into another."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.instruments: Mapping[str, str] = table.get("instruments", {})
        matching = table.get("matching", {})
        self.subject = frozenset(matching.get("subject", ()))
        self.describing = frozenset(matching.get("describing", ()))
        self.reasons = frozenset(matching.get("reasons", ()))
        self.offered: tuple[str, ...] = tuple(matching.get("offered", ()))
        self.beside_clause = frozenset(matching.get("beside_clause", ()))
        self.aside: tuple[str, ...] = tuple(matching.get("aside", ()))
        self.set_aside: tuple[str, ...] = tuple(matching.get("set_aside", ()))
        self.applying: str = matching.get("applying", "")
        self.versions = frozenset(matching.get("versions", ()))
        self.aspects = frozenset(matching.get("aspects", ()))
        self.common = frozenset(matching.get("common", ()))
        self.standing = frozenset(matching.get("standing", ()))
        self.contrast = tuple(frozenset(group) for group in matching.get("contrast", ()))
        self.confirming: tuple[str, ...] = tuple(matching.get("confirming", ()))
        self.changing: tuple[str, ...] = tuple(matching.get("changing", ()))
        self.following: tuple[str, ...] = tuple(matching.get("following", ()))
        self.parting: Mapping[str, Any] = matching.get("parting", {})
        self.wondering: tuple[str, ...] = tuple(matching.get("wondering", ()))
        self.in_use: tuple[str, ...] = tuple(matching.get("in_use", ()))
        self.comparing = frozenset(matching.get("comparing", ()))
        self.whence: tuple[str, ...] = tuple(matching.get("whence", ()))
        self.counting: tuple[str, ...] = tuple(matching.get("counting", ()))
        self.joining: tuple[str, ...] = tuple(matching.get("joining", ()))
        self.titles: Mapping[str, Any] = matching.get("titles", {})
        self._hides: Mapping[str, list[str]] = matching.get("hides", {})
        self._instead: Mapping[str, Any] = matching.get("instead", {})
        self._terms: list[tuple[str, str]] = []
        patterns: list[tuple[str, str]] = []
        for concept, terms in table.get("concepts", {}).items():
            for term in terms:
                if term.startswith("re:"):
                    patterns.append((term[3:], concept))
                else:
                    self._terms.append((plain(term) if term.strip() == term else term, concept))
        found = finders("concepts", [pattern for pattern, _ in patterns], re.MULTILINE)
        self._index = Index(found)
        self._patterns = [(finder, concept) for finder, (_, concept) in zip(found, patterns, strict=True)]
        self._by_head = _by_head(enumerate(self._terms))
        self._read_filler(table.get("filler", {}))

    def _read_filler(self, tables: Mapping[str, Iterable[str]]) -> None:
        """What is said around a question; the longest first."""
        filler = sorted((term for terms in tables.values() for term in terms), key=len, reverse=True)
        self._filler_words = frozenset(filler)
        particles = frozenset(tables.get("particles", ()))
        self._half_words = frozenset(term for term in filler if len(term) == 1) - particles
        self._filler: dict[str, list[str]] = {}
        for word in filler:
            if _HAN.search(word):
                self._filler.setdefault(word[0], []).append(word)

    @cached_property
    def names(self) -> frozenset[str]:
        """All concepts."""
        return frozenset(concept for _, concept in [*self._terms, *self._patterns])

    @property
    def made_of(self) -> bytes:
        """All that the concepts of a text follow from, but for code."""
        patterns = [(pattern.pattern, concept) for pattern, concept in self._patterns]
        return json.dumps((self._terms, patterns, self._hides, self._instead)).encode()

    @property
    def small_talk(self) -> frozenset[str]:
        """Words that ask for nothing."""
        return self._filler_words

    def terms_of(self, concepts: frozenset[str]) -> set[str]:
        """The words, patterns left out, that mean one of the concepts."""
        return {term.strip() for term, concept in self._terms if concept in concepts}

    def read(self, text: str) -> Reading:
        """``text`` (already plain): its concepts, and the words that nothing accounts for."""
        concepts, covered = self._heard(text)
        self._cover_filler(text, covered)
        strays, odd = _strays(text, covered)
        return Reading(text, concepts, self._unexplained(text, covered), strays, odd)

    def _heard(self, text: str) -> tuple[frozenset[str], bytearray]:
        """The concepts of a text, and a mark for each letter that belongs to one of them."""
        concepts: set[str] = set()
        covered = bytearray(len(text))
        for term, concept in self._terms_in(text):
            concepts.add(concept)
            _mark(covered, text, term, _COMMON if concept in self.common else _KNOWN)
        for at in self._index.of(text):
            pattern, concept = self._patterns[at]
            for found in pattern.finditer(text):
                concepts.add(concept)
                covered[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
        if _PINYIN_ONLY.fullmatch(text):
            concepts, covered = self._better_read(text, concepts, covered)
        hidden = {concept for phrase, inner in self._hides.items() if phrase in text for concept in inner}
        if hidden & concepts:
            bare = self._without_hiding(text)
            concepts -= {concept for concept in hidden if not self._speaks_of(concept, bare)}
        return self._turned(concepts), covered

    def concepts(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """The concepts of many texts (already plain), as ``read`` finds them but for reading by ear; each
        pattern goes through all of them at once."""
        found = [{concept for _, concept in self._terms_in(text)} for text in texts]
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        joined = "\n".join(texts)
        apart = {at for at, text in enumerate(texts) if any(phrase in text for phrase in self._hides)}
        for pattern, concept in self._patterns:
            for hit in pattern.finditer(joined):
                first, last = (bisect_right(starts, at) - 1 for at in hit.span())
                if first == last:
                    found[first].add(concept)
                else:
                    apart.update(range(first, last + 1))
        return [
            self._heard(text)[0] if at in apart else self._turned(held)
            for at, (text, held) in enumerate(zip(texts, found, strict=True))
        ]

    def telling(self, text: str) -> str:
        """``text`` (already plain) with blanks for small talk and for words of nearly every question; what
        else names a concept stays."""
        _, named = self._heard(text)
        talk = bytearray(len(text))
        self._cover_filler(text, talk)
        blank = (kept == _COMMON or (mark and not kept) for mark, kept in zip(talk, named, strict=True))
        return "".join(" " if one else letter for one, letter in zip(blank, text, strict=True))

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
        return any(_begins_in(text, term) >= 0 for term, owner in self._terms if owner == concept) or any(
            pattern.search(text) for pattern, owner in self._patterns if owner == concept
        )

    def _turned(self, concepts: set[str]) -> frozenset[str]:
        for concept, change in self._instead.items():
            if concept in concepts:
                concepts = (concepts - set(change["drop"])) | set(change["add"])
        return frozenset(concepts)

    def _terms_in(self, text: str) -> list[tuple[str, str]]:
        """The terms that stand in a text with their concepts, in the lexicon's order."""
        pairs = [*map(str.__add__, text, text[1:])]
        heads = {*text, *pairs, *map(str.__add__, pairs, text[2:])}
        numbers = {
            number
            for head in heads & self._by_head.keys()
            for number, term, in_letters in self._by_head[head]
            if (len(term) == len(head) or term in text) and (not in_letters or _begins_in(text, term) >= 0)
        }
        return [self._terms[number] for number in sorted(numbers)]

    def _cover_filler(self, text: str, covered: bytearray) -> None:
        at = 0
        while at < len(text):
            word = next((one for one in self._filler.get(text[at], ()) if text.startswith(one, at)), "")
            if word:
                _fill(covered, at, at + len(word), _HALF if word in self._half_words else _KNOWN)
            at += len(word) or 1
        self._uncover_halves(text, covered)
        for latin in _LATIN_WORD.finditer(text):
            if any(covered[latin.start() : latin.end()]) or self._asks_nothing(latin[0].rstrip(".'-")):
                _fill(covered, latin.start(), latin.end())

    def _asks_nothing(self, word: str) -> bool:
        """Whether a word in letters, or the one that it is a form of, is small talk."""
        if word in self._filler_words:
            return True
        ending = _ENDING.search(word)
        stem = word[: ending.start()] if ending else ""
        forms = (stem, f"{stem}e", f"{stem.removesuffix('i')}y")
        return len(stem) > 2 and any(form in self._filler_words for form in forms)

    def _uncover_halves(self, text: str, covered: bytearray) -> None:
        """让 alone asks for nothing; beside a letter that nobody knows it is half of a word: 转让."""
        unknown = [at for at, letter in enumerate(text) if not covered[at] and _HAN.match(letter)]
        for at in unknown:
            for beside in (at - 1, at + 1):
                if 0 <= beside < len(text) and covered[beside] == _HALF:
                    covered[beside] = 0

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

    # --- by ear ------------------------------------------------------------------------------

    @cached_property
    def _hearing(self) -> Hearing:
        return Hearing(self._terms)

    def prepare(self) -> None:
        """Build now what reading by ear needs. Slow, for a thread."""
        self._hearing.prepare()

    def by_sound(self, text: str) -> Reading:
        """``text`` read by ear as well: 审合师 sounds like 审核师; and words that nothing explains as the
        terms that they may be meant for."""
        plainly = self.read(text)
        concepts, strays = set(plainly.concepts), list[str]()
        for word in plainly.strays:
            heard, whole = self._hearing.terms_over(text, word)
            meant = heard if whole else self._hearing.meaning(text, word)
            concepts |= meant
            if not meant:
                strays.append(word)
        for letter in plainly.odd:
            heard, _ = self._hearing.terms_over(text, letter, shortest=_SURE_TERM)
            concepts |= heard
        return Reading(text, self._turned(concepts), plainly.unexplained if strays else 0.0, tuple(strays))

    def _better_read(self, text: str, concepts: set[str], covered: bytearray) -> tuple[set[str], bytearray]:
        """Letters alone: as pinyin, where that explains them and English does not."""
        english = bytearray(covered)
        self._cover_filler(text, english)
        if self._unexplained(text, english) < _NOT_ENGLISH:
            return concepts, covered
        heard, explained = self._hearing.pinyin(text)
        if explained:
            return set(heard), bytearray(b"\x01" * len(text))
        return (concepts or set(heard)), covered


def _by_head(terms: Iterable[tuple[int, tuple[str, str]]]) -> dict[str, list[tuple[int, str, bool]]]:
    """Number, term and whether it is in letters, by its first three signs, so that a text is held against
    nothing but what may stand in it."""
    heads: dict[str, list[tuple[int, str, bool]]] = {}
    for number, (term, _) in terms:
        heads.setdefault(term[:3], []).append((number, term, "a" <= term[0] <= "z"))
    return heads


def _fill(covered: bytearray, start: int, end: int, mark: int = _KNOWN) -> None:
    for index in range(start, end):
        covered[index] = covered[index] or mark


def _strays(text: str, covered: bytearray) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The runs of letters that nothing accounts for, and the single ones."""
    left = "".join(letter if not covered[at] else " " for at, letter in enumerate(text))
    runs = tuple(word for word in dict.fromkeys(_STRAY.findall(left)) if not _COUNTED.match(word))
    return runs, tuple(dict.fromkeys(word for word in left.split() if len(word) == 1 and _HAN.match(word)))


def _mark(covered: bytearray, text: str, term: str, mark: int = _KNOWN) -> None:
    start = _begins_in(text, term)
    while start >= 0:
        for index in range(start, start + len(term)):
            covered[index] = covered[index] or mark
        start = _begins_in(text, term, start + len(term))


def _begins_in(text: str, term: str, start: int = 0) -> int:
    """Where a term stands next; one in letters only where a word begins, and a short one only as that word
    or a form of it: now is no part of know, fee none of feel. -1: nowhere."""
    at = text.find(term, start)
    if at < 0 or not "a" <= term[0] <= "z":
        return at
    while at >= 0:
        end = at + len(term)
        begins = at == 0 or not "a" <= text[at - 1] <= "z"
        if begins and (len(term) > _SHORT_WORD or _FORM.match(text, end)):
            return at
        at = text.find(term, end)
    return -1
