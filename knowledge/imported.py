"""What an operator's imported texts say to a question that names them, or that their own words answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.clauses import ClauseSpeaker
from knowledge.composing import Part
from knowledge.lexicon import Reading
from knowledge.model import Abstain, Resolution, Statement, Step, Words
from knowledge.own_words import Likely, OwnWords
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.library import Library

_LOOKED_AT = 400  # hits of the whole library among which those of the text are looked for
_SHOWN = 2
_FEWEST_SIGNS = 4  # of a question beside the name; less asks for the text as such
_CONFIDENCE = 0.7
_CLEAR = 0.6  # share of a question's weight that words must hold to answer it clearly
_NEAR = 0.5  # enough for what comes near, or where the text is named
_ALL = 0.85  # as good as all of it
_SOME_PAIRS, _FEW_PAIRS = 3, 2  # pairs of letters that they must hold; a word alone is held by too much
_FIGURE = re.compile(r"[\d一二两三四五六七八九十百千万]+(?!定|般|致|律|切|些|同|起|并|体|面|方|旦)|百分之")
_IN_FULL = 120  # characters of a provision that is said whole


class ImportedSpeaker:
    """No topic knows an operator's text: it speaks by its own words, and is never said to be silent."""

    def __init__(self, library: Library, clauses: ClauseSpeaker) -> None:
        self._library = library
        self._clauses = clauses
        self._lexicon = library.topics.lexicon
        held = library.instruments.values()
        self._imported = frozenset(one.id for one in held if not one.built_in)
        self._generic = frozenset(self._lexicon.parting.get("generic", ()))
        # Concepts that name an instrument other than the one that questions are about anyway.
        named = self._lexicon.instruments.items()
        self._elsewhere = frozenset(name for name, identity in named if identity != library.default)

    def part(self, text: str, instruments: Sequence[Resolution], on: date) -> Part | None:
        """The answer to a question that names imported texts; None where it names none."""
        named = [one for one in instruments if one.instrument in self._imported]
        if not named:
            return None
        asked = text
        for one in named:
            asked = asked.replace(one.words, " ")
        whole = self._clauses.overview(named[0].instrument)
        articles = self._articles(asked, frozenset(one.instrument for one in named))
        if sum(map(str.isalnum, asked)) < _FEWEST_SIGNS or not articles:
            return whole
        likely = self._own_words.likely(asked, self._texts(articles))
        if likely and likely.share >= _NEAR and likely.pairs >= _FEW_PAIRS:
            return self._said(asked, likely, "imported_says", on)
        hits = tuple(articles[:_SHOWN])
        words = self._library.topics.phrases.say("nearest", list=self._library.labels(hits))
        return Part(
            (Statement(words, hits), *whole.statements[:1]),
            quotes=hits,
            resolved=hits,
            steps=tuple(Step(self._library.label(ref), "clause", ref) for ref in hits),
            confidence=_CONFIDENCE,
        )

    def unnamed(self, reading: Reading, on: date, *, answered: bool, foreign: bool) -> Part | None:
        """What imported texts say to a question that names no instrument, ``answered`` or ``foreign`` by the
        law that ships. What only comes near abstains."""
        if not self._imported or reading.concepts & self._elsewhere:
            return None
        text = reading.text
        likely = self._own_words.likely(text, self._texts(self._articles(text, self._imported)))
        if likely is None or likely.share < _NEAR or not self._of_the_kind(reading, likely.ref):
            return None
        clear = likely.share >= _CLEAR and likely.pairs >= (_SOME_PAIRS if answered else _FEW_PAIRS)
        if answered:
            return self._said(text, likely, "imported_says_too", on) if clear else None
        whole = likely.share >= _ALL or (not foreign and self._speaks_to(reading, likely.ref))
        if clear and whole:
            return self._said(text, likely, "imported_says", on)
        if foreign or likely.pairs < _SOME_PAIRS:
            return None
        return replace(self._said(text, likely, "imported_near", on), abstain=Abstain.NOT_IN_SOURCE)

    def _of_the_kind(self, reading: Reading, ref: str) -> bool:
        """Whether a provision is about the kind asked about, 自行组织 and not only 咨询机构, and tells a
        number to a question for one."""
        provision = self._library.provision(ref)
        words = plain(f"{provision.heading}{provision.text}")
        if self._own_words.counts(reading.text) and not _FIGURE.search(words):
            return False
        held = self._lexicon.read(words).concepts
        for group in self._lexicon.contrast:
            wanted = group & reading.concepts
            if wanted and group & held and not wanted <= held:
                return False
        return True

    def _speaks_to(self, reading: Reading, ref: str) -> bool:
        """Whether a provision's words name each aspect that a question asks for, and hold something of each
        word of it that nobody knows."""
        words = plain(self._library.provision(ref).text)
        aspects = reading.concepts & self._lexicon.aspects - self._generic
        strays = (word for word in reading.strays if not _shares_a_pair(word, words))
        return aspects <= self._lexicon.read(words).concepts and not any(strays)

    def _said(self, asked: str, likely: Likely, key: str, on: date) -> Part:
        """The provision in its own words, a long one by the sentence that answers."""
        provision = self._library.provision(likely.ref)
        instrument = self._library.instrument(provision.instrument)
        whole = provision.text.replace("\n", "")
        short = len(whole) <= _IN_FULL
        said = whole if short else self._own_words.sentence(asked, provision.text).strip()
        phrases = self._library.topics.phrases
        words = phrases.say(
            key,
            label=self._library.label(likely.ref),
            text=Words(said, said),
            status=phrases[f"status_{instrument.status_on(on).value}"],
        )
        return Part(
            (Statement(words, (likely.ref,)),),
            quotes=() if short else (likely.ref,),
            resolved=(likely.ref,),
            steps=(Step(self._library.label(likely.ref), "clause", likely.ref),),
            confidence=_CONFIDENCE,
        )

    def _texts(self, refs: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The provisions with their words; the title of a text is a word of each."""
        for ref in refs:
            provision = self._library.provision(ref)
            title = self._library.instrument(provision.instrument).title
            yield ref, f"{title}\n{provision.heading}\n{provision.text}"

    def _articles(self, asked: str, identities: frozenset[str]) -> list[str]:
        """The articles, or sections, whose words are nearest to the question, best first."""
        found: dict[str, None] = {}
        for ref, _ in self._library.search(asked, _LOOKED_AT):
            article, _, below = ref.partition("__")
            whole = self._library.provision(article)
            if whole.instrument in identities and (below or whole.kind in ("article", "section")):
                found[article] = None
        return list(found)

    @cached_property
    def _own_words(self) -> OwnWords:
        """What is common in the law that ships tells little; a text's own matter is rare there."""
        shipped = (one for one in self._library.instruments.values() if one.built_in)
        provisions = (one for held in shipped for one in held.provisions.values())
        texts = (one.text for one in provisions if one.kind in ("article", "section", "point"))
        return OwnWords(texts, self._lexicon)


def _shares_a_pair(word: str, text: str) -> bool:
    return any(word[at : at + 2] in text for at in range(len(word) - 1))
