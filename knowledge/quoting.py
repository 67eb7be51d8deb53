"""Where words stand that a message repeats: 这句话是哪一条的, in quotation marks or without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from knowledge.clauses import ClauseSpeaker
from knowledge.composing import Part
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.library import Library

_LONG = 12  # letters in a row that nobody writes by chance
_LOOKED_AT = 40  # hits of the library that are held against the words
_SHOWN = 2
_CONFIDENCE = 0.95
_LETTERS = re.compile(r"[\W_]+")


class Quoting:
    """Finds the provisions whose own words a question repeats."""

    def __init__(self, library: Library, clauses: ClauseSpeaker) -> None:
        self._library = library
        self._clauses = clauses
        forms: Sequence[str] = library.topics.lexicon.whence
        self._whence = re.compile("|".join(f"(?:{form})" for form in forms) or r"(?!)")

    def part(self, text: str) -> Part | None:
        """The provisions that hold the words, the smallest first; None where the question does not ask where
        they stand, or repeats none."""
        if not self._whence.search(text):
            return None
        repeated = _bare(self._whence.sub("", text))
        held = [ref for ref, _ in self._library.search(text, _LOOKED_AT)]
        shares = {ref: _shared(repeated, _bare(plain(self._library.provision(ref).text))) for ref in held}
        longest = max(shares.values(), default=0)
        if longest < _LONG:
            return None
        found = [ref for ref in held if shares[ref] == longest and self._library.provision(ref).quote]
        found.sort(key=lambda ref: len(self._library.provision(ref).text))
        smallest = tuple(_without_wholes(found))[:_SHOWN]
        if not smallest:
            return None
        return Part(
            tuple(map(self._clauses.words_of, smallest)),
            quotes=smallest,
            resolved=smallest,
            confidence=_CONFIDENCE,
        )


def _bare(text: str) -> str:
    return _LETTERS.sub("", text)


def _shared(one: str, other: str) -> int:
    """The length of the longest run of letters of ``one`` that ``other`` holds, if it is long."""
    longest, start, wanted = 0, 0, _LONG
    while start + wanted <= len(one):
        if one[start : start + wanted] in other:
            longest, wanted = wanted, wanted + 1
        else:
            start += 1
    return longest


def _without_wholes(refs: Iterable[str]) -> list[str]:
    """Smallest first, without what holds one that is already there."""
    kept: list[str] = []
    for ref in refs:
        if not any(one.startswith(f"{ref}__") for one in kept):
            kept.append(ref)
    return kept
