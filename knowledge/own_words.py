"""How much of what a question asks for stands in the own words of provisions: rare words count more than
common ones, small talk and question words not at all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.wording import plain

_RUN = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_HELD_ANYWAY = 0.5  # what a word of small talk counts where a provision holds it: 计划, in a text on 计划用水
_RARE = 0.03  # share of the provisions known up to which it does


@dataclass(frozen=True, slots=True)
class Likely:
    """A provision, the share (0..1) of the question's weight that its words hold, and in how many pairs of
    letters."""

    ref: str
    share: float
    pairs: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks for, as runs of pairs of letters, and the pairs of the small talk around it."""

    runs: tuple[tuple[str, ...], ...]
    around: frozenset[str]


class OwnWords:
    """Weighs pairs of letters by how few of the provisions hold them."""

    def __init__(self, texts: Iterable[str], lexicon: Lexicon) -> None:
        """``texts``: the words of the provisions by which it is told what is rare."""
        self._lexicon = lexicon
        self._wondering = _either(lexicon.wondering)
        self._counting = _either(lexicon.counting)
        held = [{pair for run in _runs(plain(text)) for pair in run} for text in texts]
        self._count = len(held)
        self._holding = Counter(pair for pairs in held for pair in pairs)

    def counts(self, question: str) -> bool:
        """Whether a plain question asks for a number: 几名, 多久."""
        return self._counting.search(question) is not None

    def likely(self, question: str, provisions: Iterable[tuple[str, str]]) -> Likely | None:
        """Of the provisions, pairs of reference and words, the one that holds most of a plain question."""
        asked = self._asked(question)
        found = [self._held(ref, plain(text), asked) for ref, text in provisions]
        return max(found, key=lambda one: (one.share, one.pairs), default=None)

    def sentence(self, question: str, text: str) -> str:
        """The sentence of a provision that holds most of a plain question."""
        asked = self._asked(question)
        sentences = _SENTENCE.findall(text)
        return max(sentences, key=lambda one: self._held("", plain(one), asked).share, default=text)

    def _asked(self, question: str) -> _Asked:
        bare = self._wondering.sub(lambda found: " " * len(found[0]), question)
        runs = _runs(self._lexicon.telling(bare))
        told = {pair for run in runs for pair in run}
        around = {pair for run in _runs(bare) for pair in run if len(pair) > 1} - told
        rare = (pair for pair in around if self._holding[pair] <= _RARE * self._count)
        return _Asked(runs, frozenset(rare))

    def _held(self, ref: str, text: str, asked: _Asked) -> Likely:
        besides = {pair for pair in asked.around if pair in text}
        extra = _HELD_ANYWAY * sum(map(self._weight, besides))
        held, missing = set[str](), set[str]()
        for run in asked.runs:
            found = [pair in text for pair in run]
            for at, pair in enumerate(run):
                if found[at]:
                    held.add(pair)
                elif not (0 < at < len(run) - 1 and found[at - 1] and found[at + 1]):
                    missing.add(pair)  # what only joins two words that are held is no word: 册平 in 注册平台
        weight = sum(map(self._weight, held)) + extra
        whole = weight + sum(map(self._weight, missing))
        pairs = sum(len(pair) > 1 for pair in held) + len(besides)
        return Likely(ref, weight / whole if whole else 0.0, pairs)

    def _weight(self, pair: str) -> float:
        held = self._holding[pair]
        return math.log(1 + (self._count - held + 0.5) / (held + 0.5))


def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns) or r"(?!)")


def _runs(text: str) -> tuple[tuple[str, ...], ...]:
    """Each run of letters as its pairs; a letter that stands alone as itself: 写多少页 leaves 页."""
    found = _RUN.findall(text)
    return tuple(tuple(run[at : at + 2] for at in range(max(1, len(run) - 1))) for run in found)
