"""Is this in force, and what applies instead: the legal standing of an instrument on a day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from knowledge.composing import Part
from knowledge.lexicon import Reading
from knowledge.model import Instrument, Resolution, Statement, Status, StatusPeriod, Step, Words

if TYPE_CHECKING:
    from knowledge.library import Library

# 2015年3月的时候, in 2015: the day that is asked about, where one is.
_THEN = re.compile(
    r"((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?(?:那时|那会|的时候|时候|时|当时|底|的话)"
    r"|\bin ((?:19|20)\d\d)\b"
)
_SOME_DAY = re.compile(
    r"((?:19|20)\d\d)(?:年|\.|-|/)(?:(\d{1,2})(?:月|\.|-|/)?(?:(\d{1,2})[日号]?)?|(?P<early>初))?"
    r"|\b((?:19|20)\d\d)\b"
)


class StandingSpeaker:
    """Answers questions about legal standing from the dated periods of the instruments."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._phrases = library.topics.phrases
        self._asking = library.topics.lexicon.standing

    def part(
        self, text: str, reading: Reading, found: tuple[Resolution, ...], on: date, answered: bool
    ) -> Part | None:
        """The standing of the instruments that are named, or None where this is not the question.

        ``answered``: a topic fits as well; then only a question that names an instrument
        and speaks of its standing is answered here.
        """
        if not self._asking & reading.concepts:
            return None
        named = [one.instrument for one in found if one.unit == "instrument"]
        named = named or ([] if answered else list(self._library.mentioned(text)))
        if not named:
            if answered or not reading.concepts & self._library.topics.lexicon.subject:
                return None
            named = [self._library.default]
        day = self._day(text) or on
        statements = tuple(statement for identity in named[:3] for statement in self._said(identity, day))
        steps = tuple(
            Step(self._library.label(ref), "clause", ref)
            for ref in self._library.instrument(named[0]).in_force_instead
        )
        return Part(statements, resolved=tuple(named), steps=steps, confidence=0.8)

    def _said(self, identity: str, day: date) -> list[Statement]:
        instrument = self._library.instrument(identity)
        title = Words(instrument.provisions[""].label, instrument.title_en or instrument.title)
        period = _period(instrument, day)
        status = self._phrases[f"status_{instrument.status_on(day).value}"]
        if period and period.note:
            words = self._phrases.say("status_is", title=title, status=status, note=period.note)
        else:
            words = self._phrases.say("status_bare", title=title, status=status)
        statements = [Statement(words, (identity,)), *self._earlier(instrument, period)]
        instead = tuple(ref for ref in instrument.in_force_instead if self._known_on(ref, day))
        if instead and instrument.status_on(day) is not Status.IN_FORCE:
            words = self._phrases.say("instead", list=self._library.labels(instead))
            statements.append(Statement(words, instead))
        return statements

    def _earlier(self, instrument: Instrument, current: StatusPeriod | None) -> list[Statement]:
        """Since when it was in force before: the dates that people ask for."""
        before = instrument.statuses[: instrument.statuses.index(current)] if current else ()
        notes = [one.note for one in before if one.note]
        if not notes:
            return []
        joined = Words("；".join(note.zh for note in notes), "; ".join(note.en for note in notes))
        return [Statement(self._phrases.say("earlier", notes=joined), (instrument.id,))]

    def _known_on(self, ref: str, day: date) -> bool:
        """Whether an instrument was there on a day: in force, or past a day that its standing names."""
        instrument = self._library.instrument(ref.partition("#")[0])
        period = _period(instrument, day)
        return instrument.status_on(day) is Status.IN_FORCE or bool(period and period.start)

    def day_of_rules(self, text: str) -> date | None:
        """The day of which a question asks what rules applied: 2015年用的是哪个细则."""
        if not any(re.search(form, text) for form in self._library.topics.lexicon.in_use):
            return None
        return self._day(text, _SOME_DAY)

    def _day(self, text: str, form: re.Pattern[str] = _THEN) -> date | None:
        found = form.search(text)
        if not found:
            return None
        early = bool(found.groupdict().get("early"))
        year = next(int(one) for one in found.groups() if one and len(one) == len("2026"))
        month, day = int(found[2] or (1 if early else 12)), int(found[3] or 28)
        try:
            return date(year, month, day)
        except ValueError:
            return None


def _period(instrument: Instrument, day: date) -> StatusPeriod | None:
    current = None
    for period in instrument.statuses:
        if period.start is None or period.start <= day:
            current = period
    return current
