"""What is said to a clause reference: its words, that they are not given, or that there is no such clause."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.composing import Part
from knowledge.model import (
    Abstain,
    Found,
    Instrument,
    LinkKind,
    Provision,
    Resolution,
    Statement,
    Step,
    Wording,
    Words,
)
from knowledge.numerals import to_chinese

if TYPE_CHECKING:
    from knowledge.library import Library

_STEPS = 4  # clauses offered as buttons
_SHOWN = 12  # clauses listed by name at most
_SURE = 0.95
_WHOLE = 1500  # characters of a provision shown whole


class ClauseSpeaker:
    """Turns resolutions into parts of an answer."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._phrases = library.topics.phrases

    def part(self, resolution: Resolution) -> Part:
        """The answer to one reference."""
        if resolution.outcome is Found.OUT_OF_RANGE:
            return self._beyond(resolution)
        if resolution.outcome is Found.NOT_GIVEN:
            return self._not_given(resolution)
        if resolution.unit == "instrument" and not self._library.instrument(resolution.instrument).built_in:
            return self.overview(resolution.instrument)
        statements = [self.words_of(ref) for ref in resolution.refs]
        if resolution.unit == "instrument":
            statements.insert(0, self._card(resolution.instrument))
        statements += self._same_number(resolution)
        return Part(
            tuple(statements),
            quotes=tuple(ref for ref in self._with_lists(self._in_words(resolution.refs)) if self._fits(ref)),
            resolved=resolution.refs,
            steps=(*self._around(resolution.refs[0]), *self._inside(resolution.refs[0])),
            confidence=_SURE,
        )

    def _same_number(self, resolution: Resolution) -> list[Statement]:
        """Where else the number exists, in one line."""
        if not resolution.also:
            return []
        instrument = self._library.instrument(resolution.instrument)
        shown = self._library.labels(resolution.also)
        words = self._phrases.say("same_number", list=shown, instrument=_name(instrument))
        return [Statement(words, (*resolution.refs[:1], *resolution.also))]

    def whole(self, resolution: Resolution) -> Part:
        """The answer to a pressed clause: with all that it is linked to and the articles around it."""
        part = self.part(resolution)
        provision = self._library.provision(resolution.refs[0])
        links = [self._clause_step(link.ref) for link in provision.links]
        around = [self._clause_step(ref) for ref in self._neighbours(provision)]
        return replace(part, steps=tuple(dict.fromkeys((*part.steps, *links, *around))))

    def reasons(self, resolution: Resolution) -> Part:
        """Why a clause is as it is: the words of those who made it, or that they give none."""
        refs = tuple(
            link.ref
            for ref in resolution.refs
            for link in self._library.provision(ref).links
            if link.kind is LinkKind.RATIONALE
        )
        label = self._library.labels(resolution.refs)
        if not refs:
            words = self._phrases.say("no_reason_given", label=label)
            shown = Statement(words, resolution.refs)
            return replace(self.part(resolution), statements=(shown,), abstain=Abstain.NOT_IN_SOURCE)
        words = self._phrases.say("reason_given", label=label, list=self._library.labels(refs))
        return Part(
            (Statement(words, refs), *(self.words_of(ref) for ref in resolution.refs)),
            quotes=refs[:2],
            resolved=resolution.refs,
            steps=tuple(self._clause_step(ref) for ref in (*resolution.refs, *refs)),
            confidence=_SURE,
        )

    def reasons_behind(self, refs: tuple[str, ...]) -> Part | None:
        """Why what was spoken of last is so: the reasons of its first clause that has any, or of the one that
        this is a part of."""
        for ref in refs:
            provision: Provision | None = self._library.provision(ref)
            held = self._library.instrument(ref.partition("#")[0]).provisions
            while provision is not None:
                if any(link.kind is LinkKind.RATIONALE for link in provision.links):
                    kind, number = provision.kind, provision.number
                    found = Resolution(
                        number, (0, 0), Found.EXACT, provision.instrument, (provision.ref,), unit=kind
                    )
                    return self.reasons(found)
                provision = held.get(provision.parent) if provision.parent else None
        return None

    def _neighbours(self, provision: Provision) -> list[str]:
        """The article before and the one after."""
        held = self._library.instrument(provision.instrument).provisions
        row = [
            one.ref for one in held.values() if one.kind == provision.kind and one.parent == provision.parent
        ]
        at = row.index(provision.ref)
        return [*row[max(0, at - 1) : at], *row[at + 1 : at + 2]]

    def words_of(self, ref: str) -> Statement:
        """One sentence that introduces a provision; its own words follow as a quotation."""
        provision = self._library.provision(ref)
        label = self._library.label(ref)
        if provision.wording in (Wording.DESCRIBED, Wording.SUMMARY):
            key = "summary" if provision.wording is Wording.SUMMARY else "described"
            key += "_gloss" if key == "described" and provision.gloss else ""
            words = self._phrases.say(
                key,
                label=label,
                text=provision.text.rstrip("；;。") + "。",
                gloss=provision.gloss or provision.text,
            )
            return Statement(words, (ref,))
        if provision.brief:
            joined = Words(label.zh + provision.brief.zh, f"{label.en} {provision.brief.en}")
            return Statement(joined, (ref,))
        words = self._phrases.say(provision.wording.value, label=label)
        if provision.gloss:
            words = Words(words.zh, f"{label.en}: {provision.gloss}")
        return Statement(words, (ref,))

    def _card(self, identity: str) -> Statement:
        """Title, number, issuer and day of issue, as far as known."""
        instrument = self._library.instrument(identity)
        title = Words(instrument.provisions[""].label, instrument.title_en or instrument.title)
        key = "card" if instrument.issued else "card_no_day"
        if not instrument.issuer:
            key = "card_issued" if instrument.issued else "card_bare"
        words = self._phrases.say(key, title=title, issuer=instrument.issuer, issued=instrument.issued)
        return Statement(words, (identity,))

    def overview(self, identity: str) -> Part:
        """An imported text as a whole: what it is, its chapters or sections, the way to its articles."""
        instrument = self._library.instrument(identity)
        held = instrument.provisions.values()
        parts = [one for one in held if one.kind == "chapter"]
        sections = [one for one in held if one.kind == "section" and "." not in one.number]
        statements = [self._card(identity)]
        if instrument.article_count:
            listed = tuple(one.brief for one in parts if one.brief)
            chapters = Words(
                "".join(f"；第{to_chinese(n)}章{one.zh.rstrip('。')}" for n, one in enumerate(listed, 1)),
                "".join(f"; chapter {n} {one.en.rstrip('.')}" for n, one in enumerate(listed, 1)),
            )
            words = self._phrases.say("holds", count=instrument.article_count, chapters=chapters)
            statements.append(Statement(words, (identity,)))
        statements += [self.words_of(one.ref) for one in sections[:_SHOWN]]
        return Part(
            tuple(statements),
            quotes=tuple(one.ref for one in sections[:_SHOWN] if self._fits(one.ref)),
            resolved=(identity,),
            steps=tuple(self._clause_step(ref) for ref in _given(instrument)[:_STEPS]),
            confidence=_SURE,
        )

    def _in_words(self, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Each provision, and behind one that is only reported to repeat another the other's own words."""
        shown: list[str] = []
        for ref in refs:
            provision = self._library.provision(ref)
            twins = [link.ref for link in provision.links if link.kind is LinkKind.REPEATED_IN]
            quoted = [twin for twin in twins if self._library.provision(twin).quote]
            shown += [ref] if provision.quote else [ref, *quoted]
        return tuple(dict.fromkeys(shown))

    def _with_lists(self, refs: tuple[str, ...]) -> tuple[str, ...]:
        """An article that consists of lists is shown list by list."""
        shown: list[str] = []
        for ref in refs:
            provision = self._library.provision(ref)
            lists = [one for one in self._children(provision) if one.kind == "list"]
            shown += [one.ref for one in lists] or [ref]
        return tuple(shown)

    def _children(self, provision: Provision) -> list[Provision]:
        held = self._library.instrument(provision.instrument).provisions
        return [held[address] for address in provision.children]

    def _not_given(self, resolution: Resolution) -> Part:
        instrument = self._library.instrument(resolution.instrument)
        words = self._phrases.say("article_not_given", instrument=_name(instrument), number=resolution.words)
        known = _given(instrument)
        nearest = self._nearest(instrument, resolution.words)
        refs = resolution.refs or (instrument.id,)
        statements = [Statement(words, refs)]
        if known:
            numbers = [self._library.provision(ref) for ref in known[:_SHOWN]]
            listed = self._phrases.say(
                "given_instead",
                instrument=_name(instrument),
                list=_row(numbers),
            )
            statements.append(Statement(listed, tuple(known[:_SHOWN])))
        statements += self._same_number(resolution)
        nearest = (*resolution.also, *nearest)
        return Part(
            tuple(statements),
            abstain=Abstain.NOT_IN_SOURCE,
            nearest=nearest,
            resolved=resolution.refs,
            steps=tuple(self._clause_step(ref) for ref in nearest),
            confidence=_SURE,
        )

    def _beyond(self, resolution: Resolution) -> Part:
        instrument = self._library.instrument(resolution.instrument)
        fill: dict[str, object] = {
            "number": resolution.words,
            "extent": resolution.extent,
            "instrument": _name(instrument),
            "label": "",
        }
        if resolution.refs:
            fill["label"] = self._library.label(resolution.refs[0])
        key = f"{resolution.unit}_beyond"
        if resolution.unit == "article" and resolution.words == "0":
            key = "article_zero"
        if resolution.unit == "item":
            key = "item_beyond" if resolution.extent else "items_none"
        if resolution.below:
            fill["number"] = resolution.below
        statement = Statement(self._phrases.say(key, **fill), resolution.refs or (instrument.id,))
        nearest = () if resolution.refs else self._nearest(instrument, resolution.words)
        return Part(
            (statement,),
            quotes=self._with_lists(resolution.refs),
            abstain=Abstain.OUT_OF_RANGE,
            nearest=resolution.refs or nearest,
            resolved=resolution.refs,
            steps=tuple(self._clause_step(ref) for ref in nearest),
            confidence=_SURE,
        )

    def _fits(self, ref: str) -> bool:
        """Whether a provision can be shown whole; of a long one its parts are offered."""
        return len(self._library.provision(ref).text) <= _WHOLE

    def _inside(self, ref: str) -> tuple[Step, ...]:
        """The parts of a provision that is too long to show whole."""
        if self._fits(ref):
            return ()
        parts = self._children(self._library.provision(ref))
        return tuple(self._clause_step(part.ref) for part in parts[:_SHOWN])

    def _nearest(self, instrument: Instrument, number: str) -> tuple[str, ...]:
        """The given articles whose numbers are nearest."""
        return tuple(sorted(_given(instrument), key=lambda ref: _distance(ref, number))[:2]) or (
            instrument.id,
        )

    def _around(self, ref: str) -> tuple[Step, ...]:
        """The reason for a provision and what it differs from, as next steps."""
        links = self._library.provision(ref).links
        return tuple(self._clause_step(link.ref) for link in links[:2])

    def _clause_step(self, ref: str) -> Step:
        return Step(self._library.label(ref), "clause", ref)


def _given(instrument: Instrument) -> list[str]:
    return [
        one.ref
        for one in instrument.provisions.values()
        if one.kind in ("article", "section", "point") and one.wording is not Wording.NOT_GIVEN
    ]


def _distance(ref: str, number: str) -> int:
    tail = ref.rpartition("_")[2].partition("-")[0]
    wanted = number.partition("-")[0]
    return abs(int(tail) - int(wanted)) if tail.isdigit() and wanted.isdigit() else 10_000


def _name(instrument: Instrument) -> Words:
    return Words(instrument.short_title, instrument.title_en or instrument.short_title)


def _row(provisions: list[Provision]) -> Words:
    """第十条、第十一条 without the instrument's title."""
    bare = [one.label.rpartition("》")[2] or one.label for one in provisions]
    return Words("、".join(bare), ", ".join(one.number or one.address for one in provisions))
