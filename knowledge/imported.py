"""What is said to a question that names an imported text: how it is built, and what in it reads nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.clauses import ClauseSpeaker
from knowledge.composing import Part
from knowledge.model import Resolution, Statement, Step

if TYPE_CHECKING:
    from knowledge.library import Library

_LOOKED_AT = 400  # hits of the whole library among which those of the text are looked for
_SHOWN = 2
_FEWEST_SIGNS = 4  # of a question beside the name; less asks for the text as such
_CONFIDENCE = 0.7


class ImportedSpeaker:
    """No topic knows an operator's text: it speaks by its own words, and is never said to be silent."""

    def __init__(self, library: Library, clauses: ClauseSpeaker) -> None:
        self._library = library
        self._clauses = clauses

    def part(self, text: str, instruments: Sequence[Resolution]) -> Part | None:
        """The answer to a question that names imported texts; None where it names none."""
        named = [one for one in instruments if not self._library.instrument(one.instrument).built_in]
        if not named:
            return None
        asked = text
        for one in named:
            asked = asked.replace(one.words, " ")
        whole = self._clauses.overview(named[0].instrument)
        hits = self._nearest(asked, {one.instrument for one in named})
        if sum(map(str.isalnum, asked)) < _FEWEST_SIGNS or not hits:
            return whole
        words = self._library.topics.phrases.say("nearest", list=self._library.labels(hits))
        return Part(
            (Statement(words, hits), *whole.statements[:1]),
            quotes=hits,
            resolved=hits,
            steps=tuple(Step(self._library.label(ref), "clause", ref) for ref in hits),
            confidence=_CONFIDENCE,
        )

    def _nearest(self, asked: str, identities: set[str]) -> tuple[str, ...]:
        """The articles, or sections, whose words are nearest to the question, best first."""
        found: dict[str, None] = {}
        for ref, _ in self._library.search(asked, _LOOKED_AT):
            article, _, below = ref.partition("__")
            whole = self._library.provision(article)
            if whole.instrument in identities and (below or whole.kind in ("article", "section")):
                found[article] = None
        return tuple(found)[:_SHOWN]
