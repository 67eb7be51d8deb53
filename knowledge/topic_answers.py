"""What a topic says to a question: its statements of the day, a claim corrected first, or that what is
asked for is not among them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from knowledge.composing import Part
from knowledge.lexicon import Reading
from knowledge.matching import Match
from knowledge.model import Abstain, Statement, Step, Words
from knowledge.numerals import to_int

if TYPE_CHECKING:
    from knowledge.library import Library

_SURE = 0.95
_FULL = 105.0  # points that are as sure as can be
_NUMBER = r"[零〇一二三四五六七八九十百千两\d]+"
# What sounds like a claim without 对吧: 分为六章吗, 要满两年吧.
_CLAIM = re.compile(
    rf"(?:是|要求|规定|分为|一共|总共|必须).{{0,4}}{_NUMBER}\D{{1,12}}[吗吧么]\??$|(?:要|得|满).{{0,3}}{_NUMBER}\D{{1,12}}吧\??$"
)


class TopicSpeaker:
    """Turns matches into parts of an answer."""

    def __init__(self, library: Library) -> None:
        self._lexicon = library.topics.lexicon
        self._phrases = library.topics.phrases

    def part(self, match: Match, reading: Reading | None, on: date) -> Part:
        """What a topic says on a day; ``reading``: the question, for the claims in it."""
        topic = match.topic
        premise = self._premise(match, reading) if reading else ()
        if match.lacking and not premise:
            return self._beside(match, on)
        nearest = topic.nearest
        if topic.abstain and not nearest:
            nearest = topic.quotes or topic.statements[0].refs[:2]
        return Part(
            (*premise, *(topic.said_on(on) or topic.statements)),
            quotes=topic.quotes,
            abstain=topic.abstain,
            nearest=nearest,
            steps=topic.steps,
            topics=(topic.id,),
            confidence=min(_SURE, 0.4 + match.points / _FULL + match.likeness / 4),
        )

    def _beside(self, match: Match, on: date) -> Part:
        """What is asked for is not said; the nearest that is said, and named as no more than that."""
        topic = match.topic
        words = tuple(word for word in match.lacking if word not in self._lexicon.aspects)
        missing = (
            self._phrases.say("word_not_said", words=_quoted(words)) if words else self._phrases["not_said"]
        )
        said = (topic.said_on(on) or topic.statements)[0]
        return Part(
            (Statement(missing, said.refs), said),
            abstain=Abstain.NOT_IN_SOURCE,
            nearest=topic.quotes or said.refs[:2],
            steps=(Step(topic.label, "topic", topic.id),),
            topics=(topic.id,),
            confidence=min(_SURE, 0.4 + match.points / _FULL),
        )

    def _premise(self, match: Match, reading: Reading) -> tuple[Statement, ...]:
        """要五名，对吧: the claim is held against the figure before anything else is said."""
        text = reading.text
        if not any(word in text for word in self._lexicon.confirming) and not _CLAIM.search(text):
            return ()
        for key, figure in match.topic.figures.items():
            concept, _, unit = key.rpartition(":")
            if concept and concept not in reading.concepts:
                continue
            claimed = re.search(
                rf"([零〇一二三四五六七八九十百千两\d]+)\s*(?:trained |senior |full-time )?{re.escape(unit)}",
                text,
            )
            claim = to_int(claimed[1]) if claimed else None
            if claim is not None:
                words = self._phrases.say(
                    "premise_right" if str(claim) == figure else "premise_wrong",
                    claim=claim,
                    figure=figure,
                    unit=unit,
                )
                return (Statement(words, match.topic.statements[0].refs),)
        return ()


def _quoted(words: tuple[str, ...]) -> Words:
    return Words("".join(f"“{word}”" for word in words[:2]), ", ".join(f"'{word}'" for word in words[:2]))
