"""Which topics a question is answered from: the whole of it, its parts, or as a follow-up of the last one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.lexicon import Reading
from knowledge.matching import Match, TopicMatcher
from knowledge.model import Abstain, ConversationContext, Resolution

if TYPE_CHECKING:
    from knowledge.library import Library

SENTENCES = re.compile(r"[?!;。\n]+|,(?=.{4})")
_SHORT_FOLLOW_UP = 14  # characters; a longer message stands by itself
_SHORTEST = 3  # characters; a shorter piece is no question
_RIVAL = 0.55  # a second part of a question counts from this share of the best topic's points
_FEW = 2  # sentences; a longer tale has words of its own that ask for nothing
_LOOKED_AT = 40  # pieces of one question; whoever pastes hundreds is answered on the first, and soon
_MISHEARD = 0.44  # share of unexplained words above which reading by ear would be guessing


class TopicChooser:
    """Chooses topics by what a question says, and in which of its parts."""

    def __init__(self, library: Library, matcher: TopicMatcher) -> None:
        self._library = library
        self._lexicon = library.topics.lexicon
        self._matcher = matcher
        self._alternatives = re.compile(self._lexicon.parting.get("alternatives") or r"(?!)")

    def choose(
        self, reading: Reading, context: ConversationContext, found: tuple[Resolution, ...]
    ) -> list[Match]:
        """The topics, one for each part that asks for something of its own; ``found``: what is named."""
        named = frozenset(ref for one in found if one.unit != "instrument" for ref in one.refs)
        instruments = frozenset(one.instrument for one in found if one.named)
        follow_up = self._follow_up(reading, context)
        if follow_up:
            # What it keeps of the question before is still what is asked.
            kept = follow_up.concepts - reading.concepts
            fitting = self._matcher.match(follow_up, named=named)
            return sorted(fitting, key=lambda match: not match.matched & kept)[:1]
        reading = self._heard(reading)
        pieces = self._pieces(reading.text)
        if len(pieces) > _FEW:
            reading = replace(reading, strays=())
        elif len(pieces) > 1:
            reading = replace(reading, strays=self._strays_where_asked(reading, pieces))
        whole = self._matcher.match(reading, named=named, instruments=instruments)
        if not whole:
            return []
        best = whole[0]
        if len(pieces) < 2 or best.topic.abstain is Abstain.OUT_OF_SCOPE:
            return [best]
        return self._each_part(best, self._each_piece(pieces[:_LOOKED_AT], named))

    def _pieces(self, text: str) -> list[str]:
        pieces: list[str] = []
        for piece in SENTENCES.split(self._cut(text)):
            if pieces and self._alternatives.fullmatch(piece.strip()):
                pieces[-1] += (
                    f",{piece}"  # 谁来签字，法人还是负责人: a choice of answers is no question of its own
                )
            elif len(piece.strip()) > _SHORTEST:
                pieces.append(piece)
        return pieces

    def _each_piece(self, pieces: list[str], named: frozenset[str]) -> list[list[Match]]:
        """What fits each piece. An instrument named in a piece that asks nothing is what the others ask of:
        2025年的细则里，自己做要几个人."""
        scenes = [self._library.scene(piece.strip()) for piece in pieces]
        scene = frozenset[str]().union(*scenes)
        readings = (self._lexicon.read(piece.strip()) for piece in pieces)
        return [
            [] if own else self._matcher.match(reading, named=named, instruments=scene)
            for reading, own in zip(readings, scenes, strict=True)
        ]

    def _each_part(self, best: Match, fitting: list[list[Match]]) -> list[Match]:
        """The topics of a question's parts, where a part asks for something of its own."""
        chosen: list[Match] = []
        for own in fitting:
            if not own or own[0].topic.abstain is Abstain.OUT_OF_SCOPE:
                continue
            # What the whole question's topic knows of is a part of it, not a question of its own.
            own_subject = not self._matcher.knows(best.topic, own[0].matched)
            if own_subject and own[0].points >= _RIVAL * best.points:
                chosen.append(own[0])
            elif not own_subject:
                # What another part asks for is not held against the topic that speaks of this one.
                as_good = own[0].topic is best.topic and not own[0].lacking
                chosen.append(own[0] if best.lacking or as_good else best)
        topics = {match.topic.id: match for match in chosen}
        if len(topics) < 2:
            # What another part asks for is not held against the part that is answered.
            return [*topics.values()] if best.topic.id in topics else [best]
        return list(topics.values())[:3]

    def _heard(self, reading: Reading) -> Reading:
        """The reading with misspelt words taken by their sound, where that explains them."""
        if not reading.strays and not reading.odd:
            return reading
        heard = self._lexicon.by_sound(reading.text)
        explained = len(heard.strays) < len(reading.strays) or not heard.concepts <= reading.concepts
        if not explained or (heard.strays and reading.unexplained > _MISHEARD):
            return reading
        bare = self._lexicon.read(reading.text).concepts
        concepts = (heard.concepts | (reading.concepts - bare)) - (bare - reading.concepts)
        return replace(heard, concepts=concepts)

    def _strays_where_asked(self, reading: Reading, pieces: list[str]) -> tuple[str, ...]:
        """Of a message in several sentences, the unknown words of the one that says most of our subject:
        what else is told around a question is not asked for."""
        readings = [self._lexicon.read(piece.strip()) for piece in pieces]
        fullest = max(readings, key=lambda one: len(one.concepts))
        return tuple(word for word in fullest.strays if word in reading.strays)

    def _cut(self, text: str) -> str:
        for word in self._lexicon.joining:
            text = text.replace(word, "\n")
        return text

    def _follow_up(self, reading: Reading, context: ConversationContext) -> Reading | None:
        """The question that a short follow-up means: 那强制的呢, 要延多久."""
        if not context.last_topics or len(reading.text) > _SHORT_FOLLOW_UP:
            return None
        marked = any(
            reading.text.startswith(word) or reading.text.rstrip("?").endswith(word)
            for word in self._lexicon.following
        )
        alone = self._matcher.match(reading)
        if alone and (not marked or self._has_a_matter(alone[0])):
            return None
        if not reading.concepts or reading.unexplained > 0.5:
            return None
        concepts = self._lexicon.swapped(self._matcher.core(context.last_topics[0]), reading.concepts)
        return Reading(reading.text, concepts, reading.unexplained)

    def _has_a_matter(self, match: Match) -> bool:
        """那不整改罚多少: words that name a matter of their own, and not only another kind of the last."""
        contrasted = frozenset[str]().union(*self._lexicon.contrast)
        return bool(match.matched & self._lexicon.subject - contrasted) and not match.lacking
