"""How a question sounds like the sample questions of a topic: naive Bayes over letters, concepts and pairs of
them, learned from the samples, with the voices of the nearest samples; and how near the nearest one is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import expm1
from operator import itemgetter
from statistics import median
from typing import TypedDict

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_HAN = "\u3400"
_MARK = "#"  # before a concept, to tell it from a word
_SMOOTHING = 30.0  # counts lent to every topic, spread as in all samples together
_CONCEPT = 3.0  # what a concept counts beside a letter
_TOGETHER = 2.0  # what two concepts in one question count
_CROWD = 15.0  # what a topic's near samples count beside the naive Bayes
_NEARER = 8.0  # how much more a nearer sample says than a farther one
_COMMON = 0.06  # share of the samples from which a feature makes none nearer than another
_ENOUGH = 250  # samples to compare with, those that share the rarest features
_FEW = 50  # samples of which none is too common
_LETTERS = 0.55  # share of the letters in nearness; the rest is the concepts'

Sample = tuple[str, str, frozenset[str]]
"""Plain text, topic, concepts."""


class Learned(TypedDict):
    """What samples teach, as plain data. Numbers of samples count from 0, in the order they were given."""

    topics: list[str]  # by sample
    holding: dict[str, list[int]]  # the samples that have a feature
    size: float  # weight of all features of all samples
    missing: dict[str, float]  # by topic, what a feature counts that none of its samples has
    rarity: dict[str, float]  # by feature
    common: list[str]  # features that make no sample nearer than another
    shares: list[list[float]]  # by sample, what a unit of rarity is of it: letters, concepts


def learn(samples: Sequence[Sample]) -> Learned:
    """What sample questions say of their topics."""
    holding: dict[str, list[int]] = {}
    said: dict[str, float] = {}
    for number, (text, topic, concepts) in enumerate(samples):
        held = _features(text, concepts)
        said[topic] = said.get(topic, 0.0) + sum(held.values())
        for name in held:
            holding.setdefault(name, []).append(number)
    count = len(samples)
    rarity = {name: math.log(1 + (count + 1) / (len(numbers) + 0.5)) for name, numbers in holding.items()}
    too_many = max(_FEW, _COMMON * count)
    rare = {name: numbers for name, numbers in holding.items() if len(numbers) <= too_many}
    return Learned(
        topics=[topic for _, topic, _ in samples],
        holding=holding,
        size=sum(said.values()),
        missing={topic: math.log(_SMOOTHING / (size + _SMOOTHING)) for topic, size in said.items()},
        rarity=rarity,
        common=[name for name in holding if name not in rare],
        shares=_shares(rare, rarity, count),
    )


def _shares(
    holding: Mapping[str, Sequence[int]], rarity: Mapping[str, float], count: int
) -> list[list[float]]:
    """For letters and for concepts, what a unit of rarity is of each sample as a vector of length 1."""
    squares = ([0.0] * count, [0.0] * count)
    for name, numbers in holding.items():
        square, part = rarity[name] ** 2, squares[name.startswith(_MARK)]
        for number in numbers:
            part[number] += square
    return [
        [math.sqrt(share / square) if square else 0.0 for square in part]
        for part, share in zip(squares, (_LETTERS, 1 - _LETTERS), strict=True)
    ]


class Likeness:
    """Sample questions by topic, ready to be compared with. Chosen by leaving each sample out in turn:
    see benchmarks/topics.py."""

    def __init__(self, learned: Learned) -> None:
        self._topics = learned["topics"]
        self._holding = learned["holding"]
        self._size = learned["size"]
        self._missing = learned["missing"]
        self._rarity = learned["rarity"]
        self._unseen = math.log(1 + (len(self._topics) + 1) / 0.5)
        self._common = frozenset(learned["common"])
        self._shares = learned["shares"]
        self._telling: dict[str, list[tuple[str, float]]] = {}

    def compare(self, text: str, concepts: frozenset[str]) -> dict[str, tuple[float, float]]:
        """For each topic how much more its samples explain the words than a middling topic's do, and how
        near the nearest of them is (0 to 1)."""
        held = _features(text, concepts)
        count = sum(held.values())
        if not count or not self._missing:
            return {}
        scores = {topic: count * missing for topic, missing in self._missing.items()}
        for name, weight in held.items():
            for topic, gain in self._gains(name):
                scores[topic] += weight * gain
        middle, root = median(scores.values()), math.sqrt(count)
        crowd, best = self._crowd(held)
        return {
            topic: ((score - middle) / root + crowd[topic], best[topic]) for topic, score in scores.items()
        }

    def _gains(self, name: str) -> list[tuple[str, float]]:
        """What a feature adds to the topics that have it, against one that has not."""
        gains = self._telling.get(name)
        if gains is None:
            numbers = self._holding.get(name, ())
            each = self._size / (len(numbers) * _SMOOTHING) if numbers else 0.0
            counts = Counter(self._topics[number] for number in numbers)
            gains = [(topic, math.log(1 + count * each)) for topic, count in counts.items()]
            if numbers:  # what no sample says is not kept: anybody may say anything
                self._telling[name] = gains
        return gains

    def _crowd(self, held: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """What a topic's near samples say together, many near ones more than the nearest alone; and how
        near that is."""
        rarity, topics = self._rarity, self._topics
        letters, concepts = [0.0] * len(topics), [0.0] * len(topics)
        found: set[int] = set()
        for name, weight in sorted(self._direction(held).items(), key=itemgetter(1), reverse=True):
            if numbers := self._holding.get(name):
                part, each = concepts if name.startswith(_MARK) else letters, weight * rarity[name]
                if len(found) < _ENOUGH:
                    found.update(numbers)
                for number in numbers:  # nothing else runs as often
                    part[number] += each
        by_letters, by_concepts = self._shares
        crowd = dict.fromkeys(self._missing, 0.0)
        best = crowd.copy()
        for number in found:
            topic = topics[number]
            near = letters[number] * by_letters[number] + concepts[number] * by_concepts[number]
            crowd[topic] += expm1(_NEARER * near)
            if near > best[topic]:
                best[topic] = near
        return {topic: _CROWD * math.log1p(weight) / _NEARER for topic, weight in crowd.items()}, best

    def _direction(self, held: Mapping[str, float]) -> dict[str, float]:
        """The features as a vector of length 1: letters and concepts have their shares."""
        vector: dict[str, float] = {}
        for spoken, share in ((False, _LETTERS), (True, 1 - _LETTERS)):
            part = {
                name: self._rarity.get(name, self._unseen)
                for name in held
                if name.startswith(_MARK) is spoken and name not in self._common
            }
            length = math.sqrt(sum(weight * weight for weight in part.values()))
            vector |= {name: math.sqrt(share) * weight / length for name, weight in part.items()}
        return vector


def _features(text: str, concepts: frozenset[str]) -> dict[str, float]:
    """Letters, pairs of letters and Latin words, once each; concepts and pairs of them with a mark before."""
    found: dict[str, float] = {}
    for run in _RUN.findall(text):
        if run[0] < _HAN:
            found[run] = 1.0
        else:
            found |= dict.fromkeys(run, 1.0) | dict.fromkeys(map(str.__add__, run, run[1:]), 1.0)
    return found | _spoken(concepts)


@lru_cache(maxsize=4096)
def _spoken(concepts: frozenset[str]) -> dict[str, float]:
    """The features that concepts are: each, and each two of them together. Many questions share theirs."""
    marked = sorted(concepts)
    alone = {f"{_MARK}{concept}": _CONCEPT for concept in marked}
    return alone | {f"{_MARK}{one}+{other}": _TOGETHER for one, other in combinations(marked, 2)}
