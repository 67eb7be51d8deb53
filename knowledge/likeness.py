"""How a question sounds like the sample questions of a topic: naive Bayes over letters, concepts and pairs of
them, learned from the samples, with the voices of the nearest samples; and how near the nearest one is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from statistics import median

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_HAN = "\u3400"
_SMOOTHING = 30.0  # counts lent to every topic, spread as in all samples together
_CONCEPT = 3.0  # what a concept counts beside a letter
_TOGETHER = 2.0  # what two concepts in one question count
_CROWD = 15.0  # what a topic's near samples count beside the naive Bayes
_NEARER = 8.0  # how much more a nearer sample says than a farther one
_COMMON = 0.06  # share of the samples from which a feature makes none nearer than another
_FEW = 50  # samples of which none is too common
_LETTERS = 0.55  # share of the letters in nearness; the rest is the concepts'

Sample = tuple[str, str, frozenset[str]]
"""Plain text, topic, concepts."""


class Likeness:
    """Sample questions by topic, ready to be compared with. Chosen by leaving each sample out in turn:
    see benchmarks/topics.py."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._topics = [topic for _, topic, _ in samples]
        features = [_features(text, concepts) for text, _, concepts in samples]
        counted: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        total: defaultdict[str, float] = defaultdict(float)
        for (_, topic, _), held in zip(samples, features, strict=True):
            for name, weight in held.items():
                counted[topic][name] += weight
                total[name] += weight
        size = sum(total.values())
        self._telling = _telling(counted, total, size)
        self._missing = {
            topic: math.log(_SMOOTHING / (sum(counts.values()) + _SMOOTHING))
            for topic, counts in counted.items()
        }
        spread = Counter(feature for held in features for feature in held)
        self._rarity = {
            name: math.log(1 + (len(samples) + 1) / (count + 0.5)) for name, count in spread.items()
        }
        self._common = {name for name, count in spread.items() if count > max(_FEW, _COMMON * len(samples))}
        self._unseen = math.log(1 + (len(samples) + 1) / 0.5)
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, held in enumerate(features):
            for name, weight in self._direction(held).items():
                self._postings[name].append((number, weight))

    def compare(self, text: str, concepts: frozenset[str]) -> dict[str, tuple[float, float]]:
        """For each topic how much more its samples explain the words than a middling topic's do, and how
        near the nearest of them is (0 to 1)."""
        held = _features(text, concepts)
        count = sum(held.values())
        if not count or not self._missing:
            return {}
        scores = {topic: count * missing for topic, missing in self._missing.items()}
        for name, weight in held.items():
            for topic, gain in self._telling.get(name, ()):
                scores[topic] += weight * gain
        middle = median(scores.values())
        crowd, best = self._crowd(held)
        return {
            topic: ((score - middle) / math.sqrt(count) + crowd.get(topic, 0.0), best.get(topic, 0.0))
            for topic, score in scores.items()
        }

    def _crowd(self, held: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """What a topic's near samples say together, many near ones more than the nearest alone; and how
        near that is."""
        scores: defaultdict[int, float] = defaultdict(float)
        for name, weight in self._direction(held).items():
            for number, share in self._postings.get(name, ()):
                scores[number] += weight * share
        crowd: defaultdict[str, float] = defaultdict(float)
        best: dict[str, float] = {}
        for number, near in scores.items():
            topic = self._topics[number]
            crowd[topic] += math.expm1(_NEARER * near)
            if near > best.get(topic, 0.0):
                best[topic] = near
        return {topic: _CROWD * math.log1p(weight) / _NEARER for topic, weight in crowd.items()}, best

    def _direction(self, held: Mapping[str, float]) -> dict[str, float]:
        """The features as a vector of length 1: letters and concepts have their shares."""
        vector: dict[str, float] = {}
        for spoken, share in ((False, _LETTERS), (True, 1 - _LETTERS)):
            part = {
                name: self._rarity.get(name, self._unseen)
                for name in held
                if name.startswith("#") is spoken and name not in self._common
            }
            length = math.sqrt(sum(weight * weight for weight in part.values()))
            vector |= {name: math.sqrt(share) * weight / length for name, weight in part.items()}
        return vector


def _telling(
    counted: Mapping[str, Mapping[str, float]], total: Mapping[str, float], size: float
) -> dict[str, list[tuple[str, float]]]:
    """For each feature what it adds to the topics that have it, against one that has not."""
    telling: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for topic, counts in counted.items():
        for name, count in counts.items():
            telling[name].append((topic, math.log(1 + count * size / (total[name] * _SMOOTHING))))
    return dict(telling)


def _features(text: str, concepts: Iterable[str]) -> dict[str, float]:
    """Letters, pairs of letters and Latin words, once each; concepts and pairs of them with a mark before."""
    found: dict[str, float] = {}
    for run in _RUN.findall(text):
        if run[0] < _HAN:
            found[run] = 1.0
        else:
            found |= dict.fromkeys([*run, *(run[at : at + 2] for at in range(len(run) - 1))], 1.0)
    marked = sorted(concepts)
    found |= {f"#{concept}": _CONCEPT for concept in marked}
    return found | {f"#{one}+{other}": _TOGETHER for one, other in combinations(marked, 2)}
