"""Two versions of a text beside each other, a draft and its final text among them: what changed, article by
article."""

from __future__ import annotations

from collections.abc import Sequence
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
_NUMBERED = frozenset({"article", "paragraph", "item"})


class VersionSpeaker:
    """Answers 新旧对照第十条: the default instrument against its imported namesake."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._phrases = library.topics.phrases
        self._compare = cache(self._compared)

    def part(self, reading: Reading, found: Sequence[Resolution]) -> Part | None:
        """The comparison, or None where none is asked for.

        ``found``: what the question names. Two instruments are compared with each other, one with its
        namesake, and where none is named the default one with the text that was imported under its name.
        """
        lexicon = self._library.topics.lexicon
        named = [*dict.fromkeys(one.instrument for one in found if one.named)]
        imported = any(not self._library.instrument(identity).built_in for identity in named)
        changing = imported and any(word in reading.text for word in lexicon.changing)
        if not changing and not lexicon.versions & reading.concepts:
            return None
        before, later = self._pair(named)
        clauses = [one for one in found if one.unit in _NUMBERED]
        if later is None:
            return self._alone(before, tuple(ref for one in clauses for ref in one.refs))
        comparison = self._compare(before.id, later.id)
        if numbers := [one.words for one in clauses]:
            asked = tuple(ref for one in clauses for ref in one.refs)
            return self._articles(numbers, comparison, before, later, asked)
        return self._overview(comparison, before, later)

    def _pair(self, named: Sequence[str]) -> tuple[Instrument, Instrument | None]:
        """The earlier and the later of what is to be compared; only the one where there is no other."""
        held = [self._library.instrument(identity) for identity in named or [self._library.default]]
        if len(held) == 1:
            names = self._library.namesakes(held[0].id)
            others = [one for one in map(self._library.instrument, names) if not one.built_in]
            held += sorted(others, key=_age)[-1:]
        if len(held) == 1:
            return held[0], None
        # What ships is the text that an import is held against, whatever the import says of its day.
        first, second = sorted(held[:2], key=lambda one: (not one.built_in, _age(one)))
        return first, second

    def _alone(self, instrument: Instrument, asked: tuple[str, ...]) -> Part:
        key = "nothing_imported" if instrument.built_in else "no_other_version"
        words = self._phrases.say(key, instrument=_name(instrument))
        return Part(
            (Statement(words, asked or (instrument.id,)),),
            quotes=asked,
            abstain=Abstain.NOT_IN_SOURCE,
            nearest=asked or instrument.in_force_instead,
            resolved=asked,
            confidence=_CONFIDENCE,
        )

    def _compared(self, before: str, later: str) -> Comparison:
        held = self._library.instrument
        return compare(_own_words(held(before)), _own_words(held(later)))

    def _articles(
        self,
        numbers: list[str],
        comparison: Comparison,
        before: Instrument,
        later: Instrument,
        asked: tuple[str, ...],
    ) -> Part:
        statements: list[Statement] = []
        for number in dict.fromkeys(numbers):
            changes = comparison.of(number)
            told = [self._told(change, before, later) for change in changes]
            if before.built_in and not any(one.before and one.before.number == number for one in changes):
                told.insert(0, self._missing(number, before, later))
            elif not changes:
                told = [self._missing(number, later, before)]
            statements += told
        refs = tuple(dict.fromkeys(ref for one in statements for ref in one.refs))
        return Part(tuple(statements), resolved=asked or refs[:1], nearest=refs[:2], confidence=_CONFIDENCE)

    def _missing(self, number: str, of: Instrument, other: Instrument) -> Statement:
        """The text of an article is not given: said, for then nothing can be compared."""
        address = f"art_{number}"
        held = [f"{one.id}#{address}" for one in (of, other) if address in one.provisions]
        words = self._phrases.say("no_text_to_compare", number=number, instrument=_name(of))
        return Statement(words, tuple(held) or (of.id,))

    def _told(self, change: ArticleChange, before: Instrument, later: Instrument) -> Statement:
        sides = ((before, change.before), (later, change.after))
        refs = tuple(_ref(one, side.number) for one, side in sides if side is not None)
        labels = Words(*(" → ".join(self._library.brief_label(ref) for ref in refs),) * 2)
        text = _marked(change.spans) if change.spans else ""
        whole = change.after or change.before
        if whole and not change.spans and change.change is not Change.SAME:
            text = whole.text
        key = f"version_{change.change.value}"
        return Statement(self._phrases.say(key, label=labels, text=text), refs)

    def _overview(self, comparison: Comparison, before: Instrument, later: Instrument) -> Part:
        # Of a text that is given in parts, what stands in the other alone tells nothing.
        partial = before.built_in
        differing = [one for one in comparison.differing if not partial or (one.before and one.after)]
        words = self._phrases.say(
            "versions" if partial else "versions_counted",
            before=_name(before),
            after=_name(later),
            compared=len(_own_words(before)),
            **(_counted(differing) | ({"changed": len(differing)} if partial else {})),
        )
        told = tuple(self._told(change, before, later) for change in differing[:_SHOWN])
        steps = tuple(
            Step(self._library.label(ref), "clause", ref)
            for one in told
            for ref in one.refs
            if later.id in ref
        )
        refs = (before.id, later.id)
        return Part((Statement(words, refs), *told), steps=steps, resolved=refs, confidence=_CONFIDENCE)


def _counted(changes: Sequence[ArticleChange]) -> dict[str, int]:
    """How many articles fared how."""
    kinds = [one.change for one in changes]
    return {
        "changed": kinds.count(Change.CHANGED) + kinds.count(Change.MOVED_AND_CHANGED),
        "added": kinds.count(Change.ADDED),
        "removed": kinds.count(Change.REMOVED),
        "moved": kinds.count(Change.MOVED),
    }


def _own_words(instrument: Instrument) -> tuple[Passage, ...]:
    """What is quoted: what is only reported cannot be held against a text."""
    held = instrument.provisions.values()
    quoted = {one.number for one in held if one.kind in ("article", "section") and one.quote}
    return tuple(one for one in passages_of(instrument) if one.number in quoted)


def _ref(instrument: Instrument, number: str) -> str:
    """The article of that number, or the section in a text without articles."""
    address = f"art_{number}"
    if address not in instrument.provisions:
        address = "sec_" + number.replace(".", "_")
    return f"{instrument.id}#{address}"


def _age(instrument: Instrument) -> tuple[str, str]:
    return instrument.issued, instrument.id


def _name(instrument: Instrument) -> Words:
    return Words(instrument.short_title, instrument.title_en or instrument.short_title)


def _marked(spans: tuple[Span, ...]) -> str:
    """The words in order, what went in 〔-…-〕 and what came in 〔+…+〕."""
    marks = {"same": "{}", "removed": "〔-{}-〕", "added": "〔+{}+〕"}
    return "".join(marks[span.kind].format(span.text) for span in spans)
