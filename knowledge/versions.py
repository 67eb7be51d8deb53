"""A draft beside the text that an operator imported under its name: what changed, article by article."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from knowledge.composing import Part
from knowledge.diff import ArticleChange, Change, Comparison, Passage, Span, compare, passages_of
from knowledge.lexicon import Reading
from knowledge.model import Abstain, Instrument, Resolution, Statement, Step, Words

if TYPE_CHECKING:
    from knowledge.library import Library

_SHOWN = 4  # changed articles told in one answer
_CONFIDENCE = 0.9


class VersionSpeaker:
    """Answers 新旧对照第十条: the default instrument against its imported namesake."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._phrases = library.topics.phrases
        self._compare = cache(self._compared)

    def part(self, reading: Reading, clauses: list[Resolution]) -> Part | None:
        """The comparison, or None where none is asked for."""
        if not self._library.topics.lexicon.versions & reading.concepts:
            return None
        later = self._later()
        asked = tuple(ref for one in clauses for ref in one.refs)
        if later is None:
            words = self._phrases.say("nothing_imported", instrument=_name(self._default))
            return Part(
                (Statement(words, asked or (self._library.default,)),),
                quotes=asked,
                abstain=Abstain.NOT_IN_SOURCE,
                nearest=asked or self._default.in_force_instead,
                resolved=asked,
                confidence=_CONFIDENCE,
            )
        comparison = self._compare(later.id)
        if numbers := [one.words for one in clauses if one.unit in ("article", "item", "paragraph")]:
            return self._articles(numbers, comparison, later, asked)
        return self._overview(comparison, later)

    @property
    def _default(self) -> Instrument:
        return self._library.instrument(self._library.default)

    def _later(self) -> Instrument | None:
        """The latest imported text that goes by a name of the default instrument."""
        namesakes = [self._library.instrument(one) for one in self._library.namesakes(self._library.default)]
        imported = [one for one in namesakes if not one.built_in]
        return max(imported, key=lambda one: (one.issued, one.id), default=None)

    def _compared(self, later: str) -> Comparison:
        return compare(self._own_words(), passages_of(self._library.instrument(later)))

    def _own_words(self) -> tuple[Passage, ...]:
        """The draft's articles that are quoted: what is only reported cannot be held against a text."""
        held = self._default.provisions
        quoted = {one.number for one in held.values() if one.kind == "article" and one.quote}
        return tuple(one for one in passages_of(self._default) if one.number in quoted)

    def _articles(
        self, numbers: list[str], comparison: Comparison, later: Instrument, asked: tuple[str, ...]
    ) -> Part:
        statements: list[Statement] = []
        for number in dict.fromkeys(numbers):
            changes = comparison.of(number)
            told = [self._told(change, later) for change in changes]
            if not any(change.before and change.before.number == number for change in changes):
                told.insert(0, self._missing(number, later))
            statements += told
        refs = tuple(dict.fromkeys(ref for one in statements for ref in one.refs))
        return Part(tuple(statements), resolved=asked or refs[:1], nearest=refs[:2], confidence=_CONFIDENCE)

    def _missing(self, number: str, later: Instrument) -> Statement:
        """The draft's text of an article is not given: said, for then nothing can be compared."""
        address = f"art_{number}"
        held = [f"{one.id}#{address}" for one in (self._default, later) if address in one.provisions]
        words = self._phrases.say("no_text_to_compare", number=number, instrument=_name(self._default))
        return Statement(words, tuple(held) or (self._library.default,))

    def _told(self, change: ArticleChange, later: Instrument) -> Statement:
        sides = ((self._default, change.before), (later, change.after))
        refs = tuple(f"{one.id}#art_{side.number}" for one, side in sides if side is not None)
        labels = Words(*(" → ".join(self._library.brief_label(ref) for ref in refs),) * 2)
        text = _marked(change.spans) if change.spans else ""
        if change.after and not change.spans and change.change is not Change.SAME:
            text = change.after.text
        key = f"version_{change.change.value}"
        return Statement(self._phrases.say(key, label=labels, text=text), refs)

    def _overview(self, comparison: Comparison, later: Instrument) -> Part:
        differing = [change for change in comparison.differing if change.before and change.after]
        words = self._phrases.say(
            "versions",
            before=_name(self._default),
            after=_name(later),
            compared=len(self._own_words()),
            changed=len(differing),
        )
        told = tuple(self._told(change, later) for change in differing[:_SHOWN])
        steps = tuple(
            Step(self._library.label(ref), "clause", ref)
            for one in told
            for ref in one.refs
            if later.id in ref
        )
        refs = (self._library.default, later.id)
        return Part((Statement(words, refs), *told), steps=steps, resolved=refs, confidence=_CONFIDENCE)


def _name(instrument: Instrument) -> Words:
    return Words(instrument.short_title, instrument.title_en or instrument.short_title)


def _marked(spans: tuple[Span, ...]) -> str:
    """The words in order, what went in 〔-…-〕 and what came in 〔+…+〕."""
    marks = {"same": "{}", "removed": "〔-{}-〕", "added": "〔+{}+〕"}
    return "".join(marks[span.kind].format(span.text) for span in spans)
