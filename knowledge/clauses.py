"""What is said to a clause reference: its words, that they are not given, or that there is no such clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.composing import Part
from knowledge.model import Abstain, Found, Provision, Resolution, Statement, Step, Wording, Words

if TYPE_CHECKING:
    from knowledge.library import Library

_SHOWN = 12  # clauses listed by name at most
_SURE = 0.95


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
        statements = [self.words_of(ref) for ref in resolution.refs]
        if resolution.also:
            instrument = self._library.instrument(resolution.instrument)
            shown = "、".join(map(self._library.short_label, resolution.also))
            words = self._say("same_number", list=shown, instrument=instrument.short_title)
            statements.append(Statement(words, (resolution.refs[0], *resolution.also)))
        return Part(
            tuple(statements), quotes=self._with_lists(resolution.refs), resolved=resolution.refs,
            steps=self._around(resolution.refs[0]), confidence=_SURE,
        )  # fmt: skip

    def words_of(self, ref: str) -> Statement:
        """One sentence that introduces a provision; its own words follow as a quotation."""
        provision = self._library.provision(ref)
        label = self._library.short_label(ref)
        if provision.wording in (Wording.DESCRIBED, Wording.SUMMARY):
            key = "summary" if provision.wording is Wording.SUMMARY else "described"
            key += "_gloss" if key == "described" and provision.gloss else ""
            words = self._say(
                key,
                label=label,
                text=provision.text.rstrip("；;。") + "。",
                gloss=provision.gloss or provision.text,
            )
            return Statement(words, (ref,))
        if provision.brief:
            joined = Words(f"{label}{provision.brief.zh}", f"{label} {provision.brief.en}")
            return Statement(joined, (ref,))
        words = self._say(provision.wording.value, label=label)
        if provision.gloss:
            words = Words(words.zh, f"{label}: {provision.gloss}")
        return Statement(words, (ref,))

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
        words = self._say("article_not_given", instrument=instrument.short_title, number=resolution.words)
        known = [
            one.ref
            for one in instrument.provisions.values()
            if one.kind in ("article", "section", "point") and one.wording is not Wording.NOT_GIVEN
        ]
        nearest = sorted(known, key=lambda ref: _distance(ref, resolution.words))[:2]
        refs = resolution.refs or (instrument.id,)
        statements = [Statement(words, refs)]
        if known:
            numbers = [self._library.provision(ref) for ref in known[:_SHOWN]]
            listed = self._say(
                "given_instead",
                instrument=instrument.short_title,
                list="、".join(_bare(one) for one in numbers),
            )
            statements.append(Statement(listed, tuple(known[:_SHOWN])))
        return Part(
            tuple(statements),
            abstain=Abstain.NOT_IN_SOURCE,
            nearest=tuple(nearest),
            resolved=resolution.refs,
            steps=tuple(self._clause_step(ref) for ref in nearest),
            confidence=_SURE,
        )

    def _beyond(self, resolution: Resolution) -> Part:
        instrument = self._library.instrument(resolution.instrument)
        fill: dict[str, object] = {
            "number": resolution.words,
            "extent": resolution.extent,
            "instrument": instrument.short_title,
            "label": "",
        }
        if resolution.refs:
            fill["label"] = self._library.short_label(resolution.refs[0])
        key = f"{resolution.unit}_beyond"
        if resolution.unit == "article" and resolution.words == "0":
            key = "article_zero"
        if resolution.unit == "item":
            key = "item_beyond" if resolution.extent else "items_none"
        if resolution.below:
            fill["number"] = resolution.below
        statement = Statement(self._say(key, **fill), resolution.refs or (instrument.id,))
        return Part(
            (statement,),
            quotes=self._with_lists(resolution.refs),
            abstain=Abstain.OUT_OF_RANGE,
            nearest=resolution.refs,
            resolved=resolution.refs,
            confidence=_SURE,
        )

    def _around(self, ref: str) -> tuple[Step, ...]:
        """The reason for a provision and what it differs from, as next steps."""
        links = self._library.provision(ref).links
        return tuple(self._clause_step(link.ref) for link in links[:2])

    def _clause_step(self, ref: str) -> Step:
        label = self._library.short_label(ref)
        return Step(Words(label, label), "clause", ref)

    def _say(self, key: str, **fill: object) -> Words:
        phrase = self._phrases[key]
        return Words(phrase.zh.format(**fill), phrase.en.format(**fill))


def _distance(ref: str, number: str) -> int:
    tail = ref.rpartition("_")[2].partition("-")[0]
    wanted = number.partition("-")[0]
    return abs(int(tail) - int(wanted)) if tail.isdigit() and wanted.isdigit() else 10_000


def _bare(provision: Provision) -> str:
    """第十条 without the instrument's title."""
    return provision.label.rpartition("》")[2] or provision.label
