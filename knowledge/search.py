"""Full-text search: characters and bigrams with BM25, in plain Python.

Rare bigrams give candidates; the best of these are scored exactly, characters included, on their
own text. That keeps 60,000 articles small in memory and fast to ask.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice
from math import log
from typing import Final

from knowledge.postings import Postings, characters, normal, terms

_K1: Final = 1.2  # how soon a repeated term stops counting
_B: Final = 0.75  # how much a long document is held back
_QUERY_LENGTH: Final = 2_000  # characters of a query that are read
_TERM_LIMIT: Final = 48  # terms of one query that count, rarest first
_POSTING_BUDGET: Final = 5_000  # postings read for one query, rarest terms first
_CANDIDATES: Final = 64  # documents scored exactly

_Weighed = list[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """In how many of ``documents`` texts each character, bigram or word occurs.

    Frequencies from a large body of law make a small index weigh terms as that body
    does, so that a question from another field scores low.
    """

    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, texts: Iterable[str]) -> DocumentFrequencies:
        """Counted over ``texts``."""
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            plain = normal(text)
            counts.update(characters(plain))
            counts.update(terms(plain))
        return cls(total, counts)


class SearchIndex:
    """An index over ``(id, text)`` pairs; it never changes once built.

    ``background`` adds the document frequencies of other texts to those of ``documents``.
    """

    def __init__(
        self, documents: Iterable[tuple[str, str]], *, background: DocumentFrequencies | None = None
    ) -> None:
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._characters: Counter[str] = Counter()
        for identifier, text in documents:
            plain = normal(text)
            self._ids.append(identifier)
            self._texts.append(plain)
            self._characters.update(characters(plain))
        self._background = background or DocumentFrequencies()
        self._total = len(self._texts) + self._background.documents
        self._norms = _length_norms(self._texts)
        self._postings = Postings(self._texts)

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, query: str, limit: int = 10) -> list[tuple[str, float]]:
        """Up to ``limit`` pairs ``(id, score)``, best first; ties in the order of indexing.

        Scores are BM25 sums: comparable within one query, not between queries.
        """
        if limit < 1 or not self._ids:
            return []
        weighed = self._weigh(query)
        if not weighed:
            return []
        scored = self._score(self._candidates(weighed, max(_CANDIDATES, 2 * limit)), weighed)
        return [(self._ids[number], -negated) for negated, number in scored[:limit]]

    def _weigh(self, query: str) -> _Weighed:
        """The query's terms that occur in the index, with their weight, heaviest first."""
        plain = normal(query[:_QUERY_LENGTH])
        counts = [(self._characters[sign], sign) for sign in characters(plain)]
        counts += [(self._postings.frequency(term), term) for term in terms(plain)]
        total, background = self._total, self._background.counts
        weighed = []
        for count, term in counts:
            if count:
                seen = count + background[term] if background else count
                weighed.append((log(1 + (total - seen + 0.5) / (seen + 0.5)), term))
        weighed.sort(key=lambda pair: (-pair[0], pair[1]))
        return weighed[:_TERM_LIMIT]

    def _candidates(self, weighed: _Weighed, wanted: int) -> Sequence[int]:
        """Documents worth an exact score: all of a small index, else the best by their rare bigrams."""
        if len(self._ids) <= wanted:
            return range(len(self._ids))
        sums: dict[int, float] = {}
        held = sums.get
        budget = _POSTING_BUDGET
        for weight, term in weighed:
            if len(term) == 1:
                continue
            holding = self._postings.of(term)
            if len(holding) > budget and sums:
                break
            budget -= len(holding)
            for number in holding:
                sums[number] = held(number, 0.0) + weight
        if len(sums) < wanted:
            sums.update(self._scan(weighed, sums, wanted))
        return nlargest(wanted, sums, key=sums.__getitem__)

    def _scan(self, weighed: _Weighed, known: dict[int, float], wanted: int) -> dict[int, float]:
        """Documents with the rarest single character of a query whose bigrams gave too few."""
        lone = next((pair for pair in weighed if len(pair[1]) == 1), None)
        if lone is None:
            return {}
        weight, sign = lone
        numbered = enumerate(self._texts)
        holding = (number for number, text in numbered if sign in text and number not in known)
        return dict.fromkeys(islice(holding, wanted), weight)

    def _score(self, numbers: Sequence[int], weighed: _Weighed) -> list[tuple[float, int]]:
        """BM25 of each document as ``(-score, number)``, best first; those without any term left out."""
        scored = []
        for number in numbers:
            text, norm = self._texts[number], self._norms[number]
            count = text.count
            score = 0.0
            for weight, term in weighed:
                if term in text:
                    times = count(term)
                    score += weight * times / (times + norm)
            if score:
                scored.append((-score * (1 + _K1), number))
        scored.sort()
        return scored


def _length_norms(texts: Sequence[str]) -> array[float]:
    mean = max(1.0, sum(map(len, texts)) / len(texts) - 2) if texts else 1.0
    return array("f", (_K1 * (1 - _B + _B * (len(text) - 2) / mean) for text in texts))
