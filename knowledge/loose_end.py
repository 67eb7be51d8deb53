"""When no clause is named and no topic fits: what reads nearly the same, what is nearest, or
plainly that it is not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.clauses import ClauseSpeaker
from knowledge.composing import Part
from knowledge.lexicon import Reading
from knowledge.matching import TopicMatcher
from knowledge.model import Abstain, Statement, Step
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.library import Library

_NEAR_ENOUGH = 0.5  # likeness from which a topic is offered as "did you mean"
_SAME_WORDS = 0.7  # share of a question's character pairs that a provision must hold to answer it by itself
_SMALL_TALK = (
    0.34  # share of unexplained signs up to which words without a stranger among them are small talk
)
_FOREIGN = 0.1  # confidence that what speaks of nothing of ours is foreign
_SAYS_NOTHING = 0.05  # where it speaks of nothing at all: 那没戏了, 谁批
_FEWEST_PAIRS = 3  # shorter questions are held by too much


class LooseEnd:
    """The last rungs of the ladder: search, did you mean, abstention."""

    def __init__(self, library: Library, matcher: TopicMatcher, clauses: ClauseSpeaker) -> None:
        self._library = library
        self._matcher = matcher
        self._clauses = clauses
        self._phrases = library.topics.phrases
        self._subject = library.topics.lexicon.subject

    def part(self, text: str, reading: Reading) -> Part:
        """The only part of an answer to a question that nothing else fits."""
        hits = tuple(ref for ref, _ in self._library.search(text, 5))
        direct = tuple(ref for ref in hits if self._holds(ref, text))[:2]
        if direct:
            statements = tuple(map(self._clauses.words_of, direct))
            return Part(statements, quotes=direct, resolved=direct, confidence=0.4)
        if not reading.concepts & self._subject:
            empty = not reading.strays and reading.unexplained <= _SMALL_TALK
            # Words that name no subject at all name no other one either.
            statement = Statement(self._phrases["not_caught" if empty else "out_of_scope"], ())
            sure = _SAYS_NOTHING if empty else _FOREIGN
            return Part((statement,), abstain=Abstain.OUT_OF_SCOPE, steps=self._offered, confidence=sure)
        return self._nearest(text, hits[:3])

    @property
    def _offered(self) -> tuple[Step, ...]:
        """What most people come for, where nothing of a question is ours."""
        topics = self._library.topics
        held = (topics.topics[identity] for identity in topics.lexicon.offered if identity in topics.topics)
        return tuple(Step(topic.label, "topic", topic.id) for topic in held)

    def _nearest(self, text: str, refs: tuple[str, ...]) -> Part:
        words = self._phrases["no_answer"]
        if refs:
            words = self._phrases.say("no_answer_but", list=self._library.labels(refs))
        statement = Statement(words, refs or (self._library.default,))
        near = [
            topic for topic, score in self._matcher.near(text) if score >= _NEAR_ENOUGH and not topic.bonus
        ]
        return Part(
            (statement,),
            abstain=Abstain.NOT_IN_SOURCE,
            nearest=refs,
            steps=(
                *(Step(topic.label, "topic", topic.id) for topic in near),
                *(Step(self._library.label(ref), "clause", ref) for ref in refs[:2]),
            ),
            confidence=0.2,
        )

    def _holds(self, ref: str, text: str) -> bool:
        """Whether a provision's own words hold nearly all that the question says."""
        pairs = {pair for index in range(len(text) - 1) if (pair := text[index : index + 2]).isalpha()}
        words = plain(self._library.provision(ref).text)
        return len(pairs) >= _FEWEST_PAIRS and sum(pair in words for pair in pairs) >= _SAME_WORDS * len(
            pairs
        )
