"""Which topics a question means: concepts weighed by how telling they are, likeness to samples."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TypedDict

from knowledge.kept import code_of_room, kept
from knowledge.lexicon import Lexicon, Reading
from knowledge.likeness import Learned, Likeness, learn
from knowledge.model import Abstain
from knowledge.topics import Topic
from knowledge.wording import plain

# How a topic's points are made up. Found on questions of our own, kept away from the judged sets.
_LIKED = 0.6  # a concept that the topic welcomes, against one that it needs
_FOREIGN = 0.3  # taken off for a concept that the topic does not know
_EVIDENCE = 1.0  # for each unit of what a topic's samples say for it
_NAMED = 10.0  # for the clauses that the topic is about, named together
_CITED = 4.0  # for a named clause that its answer rests on
_OTHER_INSTRUMENT = 7.0  # taken off where the question names an instrument that the answer does not rest on
_STAND_IN = 0.55  # share of the best topic's points from which one that lacks nothing goes before it
_TELLING = 0.16  # share of unexplained words from which these are what is asked for
_BONUS = 2.0  # for each unit of what a topic is given before others where a rule takes the question
_EXACT = 40.0  # for the very words of a sample question
_THE_SAME = 0.95
_SURE_LIKENESS = 0.72  # a sample question so near speaks for its topic, however few samples there are
_SHARE = 80.0  # of evidence, that counts as much as the very words of a sample
_WELL_KNOWN = 0.9  # nearness and share of evidence from which an unknown word asks for nothing new
_LEADING = 4  # samples that show what a topic is about
_WELL_ASKED = 1.25  # the same, from which nothing else that is asked of it counts
_LOUD = 31.0  # evidence from which the samples of a topic speak for it without its rule
_SPEAKS = ((23.0, 3.0), (18.0, 6.0))  # less is enough, so far ahead of all others
_FOREMOST = 6.0  # so far ahead a foreign sample shows a question to be foreign
_ASIDE = ""  # stands for the samples that ask nothing of the text
_AGAIN = 2  # texts of which is remembered what they mean
_MOSTLY_FOREIGN = 0.44  # share of unexplained words above which concepts alone do not convince


@dataclass(frozen=True, slots=True)
class Match:
    """A topic, its points, and how near the nearest sample question is (0..1). ``lacking`` is what the
    question asks for and the topic does not speak of: words, or concepts that only few topics answer."""

    topic: Topic
    points: float
    likeness: float
    matched: frozenset[str]
    lacking: tuple[str, ...] = ()
    spoken_for: bool = False  # its sample questions alone would choose it
    named: bool = False  # the question names the clauses that the topic is about


@dataclass(frozen=True, slots=True)
class _Voice:
    """What a topic's samples say: how near the nearest is, their evidence, and whether that is enough."""

    near: float = 0.0
    evidence: float = 0.0
    speaks: bool = False
    foremost: bool = False


_SILENT = _Voice()


@dataclass(frozen=True, slots=True)
class _Voices:
    """The voices of all topics for a question; each is made when it is asked for: most never are."""

    heard: Mapping[str, tuple[float, float]]  # evidence and nearness by topic
    first: float = 0.0  # the most evidence, and the next
    second: float = 0.0
    hushed: bool = False  # samples that ask nothing of the text are the nearest

    def of(self, topic_id: str) -> _Voice:
        """The voice of a topic."""
        if topic_id not in self.heard:
            return _SILENT
        weight, near = self.heard[topic_id]
        ahead = self.first - self.second if weight == self.first else 0.0
        speaks = weight >= _LOUD or any(weight >= least and ahead >= lead for least, lead in _SPEAKS)
        return _Voice(near, weight, speaks and not self.hushed, speaks and ahead >= _FOREMOST)

    def clear(self) -> Iterable[str]:
        """The topics that a sample may speak for without a rule: only evidence that is loud, or the most,
        does."""
        for topic_id, (weight, near) in self.heard.items():
            loud = weight >= _LOUD or weight == self.first
            if near >= _SURE_LIKENESS or (loud and self.of(topic_id).speaks):
                yield topic_id


class _Taught(TypedDict):
    """What sample questions teach: which topic their words mean, the concepts that a topic's speak of, and
    likeness to them."""

    samples: dict[str, str]
    concepts: dict[str, list[str]]
    likeness: Learned


class TopicMatcher:
    """Weighs questions against topics."""

    def __init__(
        self, topics: Mapping[str, Topic], lexicon: Lexicon, texts: Mapping[str, str] | None = None
    ) -> None:
        """``texts``: the words of the provisions that topics cite, by reference."""
        self._topics = topics
        self._lexicon = lexicon
        self._texts = texts or {}
        self._vocabularies: dict[str, str] = {}
        uses = Counter(concept for topic in topics.values() for concept in _concepts_of(topic))
        self._weights = {name: math.log(1 + len(topics) / (uses[name] + 0.5)) for name in lexicon.names}
        taught = _taught(topics, lexicon)
        self._samples = taught["samples"]
        self._sampled = {identity: frozenset(held) for identity, held in taught["concepts"].items()}
        self._likeness = Likeness(taught["likeness"])
        self._cited = {topic.id: _articles_cited(topic) for topic in topics.values()}
        self._resting_on = {
            identity: frozenset(ref.partition("#")[0] for ref in refs)
            for identity, refs in self._cited.items()
        }
        self._ruled: dict[str, set[str]] = {}
        for topic in topics.values():
            for concept in _concepts_of(topic):
                self._ruled.setdefault(concept, set()).add(topic.id)
        self._known = {topic.id: _concepts_of(topic) | topic.like for topic in topics.values()}
        # A short question is looked at twice, by itself and as what follows on the last one.
        self._voices = lru_cache(maxsize=_AGAIN)(self._speaking)
        self._matches = lru_cache(maxsize=_AGAIN)(self._fitting)
        self.core = cache(self._core)

    def match(
        self,
        reading: Reading,
        *,
        named: frozenset[str] = frozenset(),
        instruments: frozenset[str] = frozenset(),
        limit: int = 5,
    ) -> list[Match]:
        """The topics that fit, best first. ``named``: references that the question gives;
        ``instruments``: those that it calls by name."""
        return self._matches(reading, named, instruments)[:limit]

    def _fitting(self, reading: Reading, named: frozenset[str], instruments: frozenset[str]) -> list[Match]:
        voices = self._voices(reading.text, reading.concepts)
        matches = [
            match
            for topic in self._candidates(reading, voices, named)
            if (match := self._match(topic, reading, voices.of(topic.id), named, instruments))
        ]
        matches.sort(key=lambda match: (-match.points, match.topic.id))
        return self._whole_first(matches)

    def _match(
        self,
        topic: Topic,
        reading: Reading,
        voice: _Voice,
        named: frozenset[str],
        instruments: frozenset[str],
    ) -> Match | None:
        matched = self._by_rule(topic, reading)
        together = bool(reading.concepts) and any(refs <= named for refs in topic.about)
        if not together and voice.near <= _THE_SAME and not self._admits(topic, reading, matched, voice):
            return None
        elsewhere = bool(instruments) and not instruments & self._resting_on[topic.id]
        if elsewhere and not matched:
            return None
        points = self._points(topic, reading, matched, voice)
        points += _NAMED * together + _CITED * bool(named & self._cited[topic.id])
        points -= _OTHER_INSTRUMENT * elsewhere
        lacking = () if voice.near > _THE_SAME else self._lacking(topic, reading, voice)
        spoken_for = voice.speaks and not elsewhere
        return Match(topic, points, voice.near, matched or frozenset(), lacking, spoken_for, together)

    def _core(self, topic_id: str) -> frozenset[str]:
        """The concepts that a topic is about: those of the fullest of its first sample questions."""
        topic = self._topics.get(topic_id)
        samples = topic.ask[:_LEADING] if topic else ()
        return max(
            self._lexicon.concepts([plain(sample) for sample in samples]), key=len, default=frozenset()
        )

    def rests_on(self, matches: Iterable[Match], instruments: set[str]) -> bool:
        """Whether any of the topics has its answer from one of the instruments, or knows of it."""
        called = self._lexicon.instruments
        return any(
            instruments
            & (
                self._resting_on[match.topic.id]
                | {called.get(concept, "") for concept in self._known[match.topic.id] | match.matched}
            )
            for match in matches
        )

    def cites(self, matches: Iterable[Match], instrument: str) -> bool:
        """Whether the answer of any of the topics rests on the instrument itself."""
        return any(instrument in self._resting_on[match.topic.id] for match in matches)

    def knows(self, topic: Topic, concepts: frozenset[str]) -> bool:
        """Whether a topic needs or welcomes each of the concepts."""
        return concepts <= self._known[topic.id]

    def foreign(self, reading: Reading) -> bool:
        """Whether a rule of a topic that is not ours takes the question: another place, another subject."""
        return any(
            topic.abstain is Abstain.OUT_OF_SCOPE and self._by_rule(topic, reading) is not None
            for topic in self._topics.values()
        )

    def near(self, text: str, limit: int = 3) -> list[tuple[Topic, float]]:
        """Topics with a sample question near ``text``: did you mean."""
        heard = self._compared(text, self._lexicon.read(text).concepts)
        heard.pop(_ASIDE, None)
        found = sorted(((near, topic) for topic, (_, near) in heard.items() if near), reverse=True)
        return [(self._topics[topic_id], near) for near, topic_id in found[:limit]]

    def _candidates(self, reading: Reading, voices: _Voices, named: frozenset[str]) -> Iterable[Topic]:
        """The topics that a rule, a sample or a named clause may speak for."""
        chosen = {topic for concept in reading.concepts for topic in self._ruled.get(concept, ())}
        chosen.update(voices.clear())
        if named:
            chosen.update(topic.id for topic in self._topics.values() if topic.about)
        return (self._topics[topic] for topic in chosen)

    def _speaking(self, text: str, concepts: frozenset[str]) -> _Voices:
        """What the samples say to a text that speaks of these concepts."""
        heard = self._compared(text, concepts)
        first, second = (*sorted((weight for weight, _ in heard.values()), reverse=True), 0.0, 0.0)[:2]
        hushed = heard.pop(_ASIDE, (0.0, 0.0))[0] == first
        return _Voices(heard, first, second, hushed)

    def _by_rule(self, topic: Topic, reading: Reading) -> frozenset[str] | None:
        """The concepts by which a rule of a topic takes a question, the most telling; None: no rule does."""
        concepts = reading.concepts
        rules = (one for one in topic.when if not (one.needed and one.needed[0].isdisjoint(concepts)))
        found = [matched for rule in rules if (matched := rule.matched(concepts)) is not None]
        return max(found, key=self._weigh, default=None)

    def _admits(self, topic: Topic, reading: Reading, matched: frozenset[str] | None, voice: _Voice) -> bool:
        """Whether a topic may answer at all: by a rule, or because its samples speak for it."""
        if topic.abstain is Abstain.OUT_OF_SCOPE:
            # What speaks of our subject is not foreign for sounding like a foreign sample.
            if voice.foremost:
                return True
        else:
            known = self._known[topic.id] | self._sampled.get(topic.id, frozenset())
            strange = reading.concepts & self._lexicon.subject - known
            if voice.near >= _SURE_LIKENESS or (voice.speaks and not strange):
                return True
        return matched is not None and (reading.unexplained <= _MOSTLY_FOREIGN or bool(topic.bonus))

    def _points(self, topic: Topic, reading: Reading, matched: frozenset[str] | None, voice: _Voice) -> float:
        bonus = _BONUS * topic.bonus if matched is not None else 0.0
        matched = matched or frozenset()
        liked = (topic.like & reading.concepts) - matched
        foreign = reading.concepts - self._known[topic.id]
        points = self._weigh(matched) + _LIKED * self._weigh(liked) - _FOREIGN * self._weigh(foreign)
        return points + bonus + _EVIDENCE * voice.evidence + _EXACT * (voice.near > _THE_SAME)

    def _lacking(self, topic: Topic, reading: Reading, voice: _Voice) -> tuple[str, ...]:
        """What a question wants of its subject that the topic does not speak of: an electronic copy,
        the days an office takes, who else is listed. A topic that says so itself lacks nothing."""
        if topic.abstain:
            return ()
        known = voice.near + voice.evidence / _SHARE
        aspects = sorted(reading.concepts & self._lexicon.aspects - self._known[topic.id])
        if known >= _WELL_ASKED:
            aspects = []
        if not reading.strays or reading.unexplained < _TELLING or known >= _WELL_KNOWN:
            return tuple(aspects)
        held = self._vocabulary(topic)
        return (*(word for word in reading.strays if not _spelled_in(word, held)), *aspects)

    def _whole_first(self, matches: list[Match]) -> list[Match]:
        """Before a topic that lacks part of what is asked goes the best one that speaks of the same and
        lacks nothing, if it is near."""
        if not matches or not matches[0].lacking:
            return matches
        best = matches[0]
        subject = best.matched - self._lexicon.aspects
        for match in matches[1:]:
            if match.points < best.points * _STAND_IN:
                break
            if not match.lacking and subject <= self._known[match.topic.id]:
                return [match, *(other for other in matches if other is not match)]
        return matches

    def _vocabulary(self, topic: Topic) -> str:
        """All that a topic says or quotes, as plain text."""
        if topic.id not in self._vocabularies:
            said = [
                part for statement in topic.statements for part in (statement.words.zh, statement.words.en)
            ]
            refs = self._cited[topic.id] & self._texts.keys()
            texts = (topic.label.zh, topic.label.en, *topic.ask, *said, *(self._texts[ref] for ref in refs))
            self._vocabularies[topic.id] = plain(" ".join(texts))
        return self._vocabularies[topic.id]

    def _weigh(self, concepts: frozenset[str]) -> float:
        return sum(self._weights.get(concept, 1.0) for concept in concepts)

    def _compared(self, text: str, concepts: frozenset[str]) -> dict[str, tuple[float, float]]:
        """Evidence and nearness of each topic's samples; the very words of one are the same."""
        heard = self._likeness.compare(text, concepts)
        same = self._samples.get(text)
        if same is not None and same in heard:
            heard[same] = (heard[same][0], 1.0)
        return heard


def _taught(topics: Mapping[str, Topic], lexicon: Lexicon) -> _Taught:
    """What the sample questions of topics teach by their words. It is kept: it takes longer to learn than a
    command may take to start."""
    asked = [(sample, topic.id) for topic in topics.values() for sample in topic.ask]
    sources = (json.dumps((asked, lexicon.aside)).encode(), lexicon.made_of, code_of_room())
    return kept("likeness", sources, partial(_learn, asked, lexicon))


def _learn(asked: Sequence[tuple[str, str]], lexicon: Lexicon) -> _Taught:
    samples = [(plain(sample), topic) for sample, topic in asked]
    own = dict(samples)
    samples += [(plain(text), _ASIDE) for text in lexicon.aside]
    read = lexicon.concepts([text for text, _ in samples])
    concepts: dict[str, set[str]] = {}
    for (_, identity), held in zip(samples, read, strict=True):
        concepts.setdefault(identity, set()).update(held)
    likeness = learn([(*sample, held) for sample, held in zip(samples, read, strict=True)])
    by_topic = {name: sorted(held) for name, held in concepts.items()}
    return _Taught(samples=own, concepts=by_topic, likeness=likeness)


def _spelled_in(word: str, text: str) -> bool:
    return word in text or (len(word) > 2 and all(word[at : at + 2] in text for at in range(len(word) - 1)))


def _concepts_of(topic: Topic) -> frozenset[str]:
    return frozenset(
        concept for alternative in topic.when for choice in alternative.needed for concept in choice
    )


def _articles_cited(topic: Topic) -> frozenset[str]:
    refs = {ref for statement in topic.statements for ref in statement.refs} | set(topic.quotes)
    return frozenset(refs | {ref.partition("__")[0] for ref in refs})
