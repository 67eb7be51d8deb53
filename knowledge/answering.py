"""From a question to a finding: clause references, topics, standing, search, and honest abstention.

The ladder goes from exact to loose, and every rung is data but the order of the rungs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from knowledge.choosing import SENTENCES, TopicChooser
from knowledge.clauses import ClauseSpeaker
from knowledge.composing import Part, composed, together
from knowledge.errors import UnknownReference
from knowledge.imported import ImportedSpeaker
from knowledge.lexicon import Reading
from knowledge.loose_end import LooseEnd
from knowledge.matching import Match, TopicMatcher
from knowledge.model import (
    Abstain,
    ConversationContext,
    Finding,
    Found,
    Provision,
    Resolution,
    Statement,
    Status,
    Step,
    Wording,
    Words,
)
from knowledge.numerals import from_pinyin
from knowledge.other_texts import OtherTexts, without
from knowledge.quoting import Quoting
from knowledge.setting_aside import SettingAside
from knowledge.several import SeveralSpeaker
from knowledge.spelled_out import from_english
from knowledge.standing import StandingSpeaker
from knowledge.topic_answers import TopicSpeaker
from knowledge.versions import VersionSpeaker
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.titles import Alien

_SURE = 0.95
_SILENT_ON_IT = 0.7  # confidence that an instrument does not speak to what is asked of it
_LIKE_ITS_SAMPLE = 0.62  # likeness from which a topic speaks beside a named clause without its rule
_FULL = 60.0  # points of a topic that the question cannot but mean


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, on which day, after what, in which language."""

    text: str
    on: date
    context: ConversationContext
    language: str
    written: str = ""  # the message as it was typed, where ``text`` is a tidied form of it


class Answerer:
    """Answers questions from a library's corpus and topics."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lexicon = library.topics.lexicon
        self._phrases = library.topics.phrases
        texts = {
            provision.ref: f"{provision.text} {provision.gloss}"
            for instrument in library.instruments.values()
            for provision in instrument.provisions.values()
        }
        self._matcher = TopicMatcher(library.topics.topics, self._lexicon, texts)
        self._clauses = ClauseSpeaker(library)
        self._speaker = TopicSpeaker(library)
        self._topics = TopicChooser(library, self._matcher)
        self._versions = VersionSpeaker(library)
        self._standing = StandingSpeaker(library)
        self._imported = ImportedSpeaker(library, self._clauses)
        self._set_aside = SettingAside(self._lexicon.set_aside)
        self._others = OtherTexts(library)
        self._several = SeveralSpeaker(library.topics, self._matcher, library.scene)
        self._quoting = Quoting(library, self._clauses)
        self._loose_end = LooseEnd(library, self._matcher, self._clauses)

    def answer(self, question: Question) -> Finding:
        """The finding; never raises for any text."""
        question = self._asked(question)
        parts = self._several.parts(
            question.written or question.text,
            question.context,
            lambda text, context: self._one(replace(question, text=text, context=context)),
        )
        return together(parts) if parts else self._one(question)

    def _asked(self, question: Question) -> Question:
        """The question without what stands beside it and is not asked."""
        text = self._set_aside.question(question.text, self._asks)
        written = self._set_aside.question(question.written, self._asks)
        return replace(question, text=text, written=written)

    def _asks(self, text: str) -> bool:
        reading = self._lexicon.read(plain(text))
        return bool(reading.concepts) or bool(self._library.find(text))

    def _one(self, question: Question) -> Finding:
        """The finding on a single question."""
        text = from_english(from_pinyin(plain(question.text)))
        last = question.context.last_refs[0] if question.context.last_refs else None
        found = self._library.find(text, context_ref=last)
        if aliens := self._library.aliens(text):
            return self._beside_others(text, aliens, found, question)
        return self._ours(text, found, question)

    def _beside_others(
        self, text: str, aliens: tuple[Alien, ...], found: tuple[Resolution, ...], question: Question
    ) -> Finding:
        """The finding on a question that names texts which are not held: what else it asks of ours."""
        asked = [piece for piece in SENTENCES.split(text) if not self._library.aliens(piece)]
        ours = self._lexicon.read(" ".join(asked)).concepts & self._lexicon.subject
        if not found and not ours:
            return self._finish([self._others.part(aliens)], question.on)
        finding = self._ours(without(text, aliens), found, question)
        if finding.abstain:
            return self._finish([self._others.part(aliens)], question.on)
        return self._others.beside(finding, aliens)

    def _ours(self, text: str, found: tuple[Resolution, ...], question: Question) -> Finding:
        """The finding on a question in which ``found`` is named."""
        clauses = [one for one in found if one.unit != "instrument"]
        reading = self._naming(self._lexicon.read(_without(text, clauses)), found, clauses)
        versions = self._versions.part(reading, found)
        if versions:
            return self._finish([versions], question.on)
        if not clauses and (part := self._on_a_day(text) or self._quoting.part(text)):
            return self._finish([part], question.on)
        matches = self._topics.choose(reading, question.context, found)
        if not found and (reasons := self._reasons(reading, matches, question.context)):
            return self._finish([reasons], question.on)
        if clauses:
            return self._from_clauses(clauses, matches, reading, question.on)
        standing = self._standing.part(text, reading, found, question.on, bool(matches))
        if standing:
            return self._finish([standing], question.on)
        instruments = [one for one in found if one.unit == "instrument"]
        if instruments and self._lexicon.describing & reading.concepts:
            return self._finish([self._clauses.part(one) for one in instruments[:2]], question.on)
        if imported := self._imported.part(text, instruments, question.on):
            return self._finish([imported], question.on)
        if matches and not matches[0].spoken_for and self._elsewhere(instruments, matches):
            return self._silent(instruments[0].instrument, matches[0], question.on)
        if matches:
            parts = [self._speaker.part(match, reading, question.on) for match in matches]
            parts += self._compared(reading, instruments, matches)
        elif instruments:
            return self._named_alone(instruments, reading, question.on)
        else:
            parts = [self._loose_end.part(text, reading)]
        if not instruments:
            parts = self._with_imported(parts, reading, question.on)
        return self._finish(parts, question.on)

    def _compared(self, reading: Reading, instruments: list[Resolution], matches: list[Match]) -> list[Part]:
        """Of instruments that a question compares, those that the topic's answer does not rest on."""
        if len(instruments) < 2 or not self._lexicon.comparing & reading.concepts:
            return []
        left = [one for one in instruments if not self._matcher.cites(matches, one.instrument)]
        return [self._clauses.part(one) for one in left[:2]]

    def _on_a_day(self, text: str) -> Part | None:
        """What rules applied on a day that the question names; None where this is not the question."""
        day = self._standing.day_of_rules(text)
        topic = self._library.topics.topics.get(self._lexicon.applying)
        if day is None or topic is None:
            return None
        return self._speaker.part(Match(topic, _FULL, 1.0, frozenset()), None, day)

    def _reasons(self, reading: Reading, matches: list[Match], context: ConversationContext) -> Part | None:
        """为啥, and nothing else, after an answer: why its clause is so, where no topic tells it."""
        alone = bool(reading.concepts) and reading.concepts <= self._lexicon.reasons and not reading.strays
        if not alone or (matches and matches[0].matched and not matches[0].lacking):
            return None
        return self._clauses.reasons_behind(context.last_refs)

    def _with_imported(self, parts: list[Part], reading: Reading, on: date) -> list[Part]:
        """What imported texts say beside the answer, or where there is none: nothing is replaced silently."""
        answered = any(part.topics and not part.abstain for part in parts)
        # What a topic knows to be foreign is ours only where an import speaks of it whole.
        foreign = any(part.topics and part.abstain is Abstain.OUT_OF_SCOPE for part in parts)
        own = self._imported.unnamed(reading, on, answered=answered, foreign=foreign)
        if own is None or (own.abstain and not parts[0].abstain):
            return parts
        if answered or (own.abstain and parts[0].abstain is Abstain.NOT_IN_SOURCE):
            return [*parts, own]
        return [replace(own, steps=(*own.steps, *(step for part in parts for step in part.steps)))]

    def _named_alone(self, instruments: list[Resolution], reading: Reading, on: date) -> Finding:
        """Instruments that are named, and nothing that fits: their cards, and to 2025年的细则几月申报 that
        they do not say this."""
        parts = [self._clauses.part(one) for one in instruments[:2]]
        if not self._lexicon.aspects & reading.concepts:
            return self._finish(parts, on)
        vain = self._not_in(instruments[0].instrument)
        return self._finish([vain, *parts], on, abstain=Abstain.NOT_IN_SOURCE)

    def topic(self, identity: str, on: date) -> Finding:
        """A topic by its id. Raises UnknownReference."""
        topic = self._library.topics.topics.get(identity)
        if topic is None:
            raise UnknownReference(f"no topic {identity}")
        return self._finish([self._speaker.part(Match(topic, 0.0, 1.0, frozenset()), None, on)], on)

    def show(self, provision: Provision, on: date) -> Finding:
        """A provision by its reference: the clause, or that its text is not given."""
        found = Found.NOT_GIVEN if provision.wording is Wording.NOT_GIVEN else Found.EXACT
        unit = provision.kind if provision.address else "instrument"
        resolution = Resolution(
            provision.number, (0, 0), found, provision.instrument, (provision.ref,), unit=unit
        )
        return self._finish([self._clauses.whole(resolution)], on)

    def _naming(self, reading: Reading, found: tuple[Resolution, ...], clauses: list[Resolution]) -> Reading:
        """The reading of a question with the instruments that it names, by whatever name. Beside clauses,
        whose they are is a part of what it asks, that their words are wanted is not."""
        named = {one.instrument for one in found if one.named}
        called = {concept for concept, name in self._lexicon.instruments.items() if name in named}
        concepts = reading.concepts - self._lexicon.beside_clause if clauses else reading.concepts
        if concepts:
            concepts |= called & self._lexicon.names
        return replace(reading, concepts=concepts)

    # --- clauses -----------------------------------------------------------------------------

    def _from_clauses(
        self, clauses: list[Resolution], matches: list[Match], reading: Reading, on: date
    ) -> Finding:
        if matches and matches[0].topic.elsewhere:
            return self._finish([self._speaker.part(matches[0], None, on)], on)
        parts = [self._clauses.part(one) for one in clauses]
        beside = self._asked_in_vain(matches, clauses, on)
        if beside:
            return self._finish([beside, *parts], on, abstain=beside.abstain)
        asked = [match for match in matches[:1] if not match.lacking and self._worth(match, clauses)]
        missing = all(part.abstain for part in parts)
        if not missing and self._lexicon.reasons & reading.concepts and not asked:
            return self._finish([self._clauses.reasons(one) for one in clauses], on)
        # A claim about a clause that does not exist is not held against another clause's figure.
        topical = [self._speaker.part(match, None if missing else reading, on) for match in asked]
        if missing:
            return self._finish([*parts, *topical], on, abstain=parts[0].abstain)
        if topical and asked[0].topic.abstain:
            return self._finish([*topical, *parts], on, abstain=asked[0].topic.abstain)
        return self._finish(
            [*topical, *parts] if topical and self._bears_on(asked[0], clauses) else [*parts, *topical], on
        )

    def _asked_in_vain(self, matches: list[Match], clauses: list[Resolution], on: date) -> Part | None:
        """What a clause is asked for and does not say: originals of its proofs, the days of its office."""
        for match in matches[:1]:
            wanted = self._lexicon.aspects & set(match.lacking)
            if wanted and self._bears_on(match, clauses):
                return self._speaker.part(match, None, on)
        return None

    def _worth(self, match: Match, clauses: list[Resolution]) -> bool:
        """A topic beside a clause must answer something that the question says beyond the clause."""
        if match.topic.abstain is Abstain.OUT_OF_SCOPE:
            return False
        bears = self._bears_on(match, clauses)
        return match.named or bool(match.matched) or (match.likeness >= _LIKE_ITS_SAMPLE and bears)

    def _bears_on(self, match: Match, clauses: list[Resolution]) -> bool:
        named = {ref for one in clauses for ref in one.refs}
        cited = {ref for statement in match.topic.statements for ref in statement.refs} | set(
            match.topic.quotes
        )
        return any(
            ref == name or ref.startswith(name + "__") or name.startswith(ref + "__")
            for ref in cited
            for name in named
        )

    def _elsewhere(self, instruments: list[Resolution], matches: list[Match]) -> bool:
        """Whether the question names instruments and all that fits it stands in others. What speaks of
        the default instrument, and that itself, are what topics are about anyway."""
        named = {one.instrument for one in instruments}
        held = [self._library.instrument(identity) for identity in named]
        ours = any(self._library.default in (one.id, one.speaks_of) for one in held)
        return bool(named) and not ours and not self._matcher.rests_on(matches, named)

    def _silent(self, identity: str, match: Match, on: date) -> Finding:
        """The question names an instrument, and what is known of its subject stands in others."""
        if match.topic.abstain is Abstain.OUT_OF_SCOPE:
            return self._finish([self._speaker.part(match, None, on)], on)
        refs = tuple(dict.fromkeys(ref for statement in match.topic.statements for ref in statement.refs))[:3]
        part = self._not_in(identity)
        if refs:
            labels = self._library.labels(refs)
            elsewhere = Statement(self._phrases.say("elsewhere", list=labels), refs)
            part = replace(part, statements=(*part.statements, elsewhere))
        step = Step(match.topic.label, "topic", match.topic.id)
        return self._finish([replace(part, nearest=refs, steps=(step,))], on)

    def _not_in(self, identity: str) -> Part:
        """That an instrument, as far as it is held, does not speak to what is asked."""
        instrument = self._library.instrument(identity)
        title = Words(instrument.short_title, instrument.title_en)
        statement = Statement(self._phrases.say("not_in_instrument", instrument=title), (identity,))
        return Part(
            (statement,), abstain=Abstain.NOT_IN_SOURCE, resolved=(identity,), confidence=_SILENT_ON_IT
        )

    # --- all ---------------------------------------------------------------------------------

    def _finish(self, parts: list[Part], on: date, *, abstain: Abstain | None = None) -> Finding:
        refs = [ref for part in parts for statement in part.statements for ref in statement.refs]
        spoken_of = self._library.instrument(refs[0].partition("#")[0]) if refs else None
        standing_of = (spoken_of.speaks_of or spoken_of.id) if spoken_of else None
        finding = composed(parts, standing_of, abstain=abstain)
        return replace(finding, steps=(*finding.steps, *self._what_applies(finding, on)))

    def _what_applies(self, finding: Finding, on: date) -> tuple[Step, ...]:
        """Under what is not in force, the way to what is."""
        topic = self._library.topics.topics.get(self._lexicon.applying)
        spoken_of = self._library.instruments.get(finding.standing_of or "")
        if topic is None or spoken_of is None or topic.id in finding.topics:
            return ()
        if not spoken_of.in_force_instead or spoken_of.status_on(on) is Status.IN_FORCE:
            return ()
        return (Step(topic.label, "topic", topic.id),)


def _without(text: str, clauses: list[Resolution]) -> str:
    """``text`` without the references: what else the question says. A chapter named beside an article
    is what is asked about it."""
    units = {one.unit for one in clauses}
    asked = {"chapter"} if len(units) > 1 else set()
    for start, end in sorted({one.span for one in clauses if one.unit not in asked}, reverse=True):
        text = text[:start] + " " + text[end:]
    return text.strip()
