"""Several questions in one message, each answered for itself: with what it shares with the others, after what
was told before it, or as a follow-up of the one before, whichever the law answers first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import IntEnum

from knowledge.matching import TopicMatcher
from knowledge.model import Abstain, ConversationContext, Finding, PartFound
from knowledge.questions import Asking, Questions
from knowledge.topics import TopicSet
from knowledge.wording import plain

_SHAKY = 0.725  # confidence up to which a question may rather go on from the one before it
_MOST = 8  # questions of one message that are answered

Ask = Callable[[str, ConversationContext], Finding]


class _Worth(IntEnum):
    """How well a finding answers."""

    NOTHING = 0  # nothing was recognised
    BESIDE = 1  # a subject was recognised, and what is asked of it is not said
    ANSWERED = 2  # answered, or known not to be in the sources


@dataclass(frozen=True, slots=True)
class _Answered:
    words: str  # as they were read
    asking: Asking
    finding: Finding
    worth: _Worth


class SeveralSpeaker:
    """Answers the questions of a message one by one."""

    def __init__(self, topics: TopicSet, matcher: TopicMatcher, scene: Callable[[str], Set[str]]) -> None:
        """``scene``: the instruments that words name only to say of which one the rest asks."""
        self._scene = scene
        self._topics = topics.topics
        self._lexicon = topics.lexicon
        self._matcher = matcher
        self._questions = Questions(topics.lexicon)

    def parts(self, text: str, context: ConversationContext, ask: Ask) -> tuple[PartFound, ...]:
        """The message's questions with their findings, those answered alike as one; empty where the message
        is one question after all. ``ask`` answers a single one."""
        askings = self._questions.cut(text)
        if len(askings) < 2 or self._elsewhere(text, context, askings, ask):
            return ()
        answered: list[_Answered] = []
        for asking in self._in_scene(askings[:_MOST]):
            before = answered[-1] if answered else None
            found = self._best(asking, before, context, ask)
            if found.worth > _Worth.NOTHING or self._says_something(asking):
                answered.append(found)
        if not any(one.worth > _Worth.NOTHING for one in answered):
            return ()
        parts = _alike(answered)
        return parts if len(parts) > 1 else ()

    def _in_scene(self, askings: Sequence[Asking]) -> Iterator[Asking]:
        """现在自愿的新细则里面，材料交几份，专家几个: each question with the instrument that all of them are
        asked of."""
        scene = ""
        for asking in askings:
            scene = asking.told if self._scene(asking.told) else scene
            yield replace(asking, words=f"{scene}{asking.words}", told="") if scene else asking

    def _elsewhere(
        self, text: str, context: ConversationContext, askings: Sequence[Asking], ask: Ask
    ) -> bool:
        """Whether the message is about another place or subject, and no question of it names ours."""
        if not self._matcher.foreign(self._lexicon.read(plain(text))):
            return False
        if ask(text, context).abstain is not Abstain.OUT_OF_SCOPE:
            return False
        return not any(self._names_ours(one.words) for one in askings)

    def _names_ours(self, words: str) -> bool:
        reading = self._lexicon.read(plain(words))
        return bool(self._questions.ours & reading.concepts) and not self._matcher.foreign(reading)

    def _says_something(self, asking: Asking) -> bool:
        """Whether a question that nothing answers asks for anything at all, so that this must be said."""
        reading = self._lexicon.read(plain(asking.words))
        return bool(reading.strays or reading.concepts & self._lexicon.subject)

    def _best(
        self, asking: Asking, before: _Answered | None, context: ConversationContext, ask: Ask
    ) -> _Answered:
        """The first reading of a question that the law answers, else the one that it knows most of."""

        def read(words: str) -> _Answered:
            finding = ask(words, self._context(words, before, context))
            return _Answered(words, asking, finding, self._worth(finding))

        own = self._concepts(asking.words)
        follows = before is not None and own <= self._lexicon.aspects | self._questions.generic
        joined = [_same(read(_joined(before, asking)), before)] if follows else []
        if joined and self._goes_on(joined[0], own):
            return joined[0]
        bare = read(asking.words)
        settled = bare.worth is _Worth.ANSWERED and not bare.finding.abstain
        if asking.shared and not (settled and self._known(bare, asking.shared)):
            bare = self._sharing(asking, own, bare, read)
        if bare.worth is _Worth.ANSWERED and (before is None or bare.finding.confidence > _SHAKY):
            return bare
        if asking.told:
            joined.append(read(f"{asking.told}, {asking.words}"))
        if before is not None and not follows:
            joined.append(_same(read(_joined(before, asking)), before))
        joined = [one for one in joined if not _holds(one, bare)]
        return max((bare, *joined), key=lambda one: (one.worth, one.finding.confidence))

    def _goes_on(self, joined: _Answered, own: frozenset[str]) -> bool:
        """Whether a question goes on from the one before: what it asks for is spoken of there."""
        if joined.worth is not _Worth.ANSWERED:
            return False
        if own <= self._questions.generic:
            return joined.finding.abstain is None
        return joined.finding.abstain is not None or self._known(joined, own) == own

    def _sharing(
        self, asking: Asking, own: frozenset[str], bare: _Answered, read: Callable[[str], _Answered]
    ) -> _Answered:
        """The question with what it shares with the others, where its answer then speaks of both."""
        spoken = self._known(bare, own) if bare.worth is _Worth.ANSWERED else frozenset()
        for shared in dict.fromkeys((asking.shared, *((name,) for name in reversed(asking.shared)))):
            one = read(self._questions.said(replace(asking, shared=shared)))
            if one.worth is not _Worth.ANSWERED or self._known(one, shared) != set(shared):
                continue
            if len(self._known(one, own)) >= len(spoken):
                return one
        return bare

    def _context(
        self, words: str, before: _Answered | None, context: ConversationContext
    ) -> ConversationContext:
        """What a question may follow up: the first one the talk, 钢铁呢 the one before it, others nothing."""
        if before is None:
            return context
        marked = any(
            words.rstrip("?").endswith(mark) or words.startswith(mark) for mark in self._lexicon.following
        )
        finding = before.finding
        refs = finding.resolved or finding.quotes
        return ConversationContext(refs, finding.topics if marked else ())

    def _concepts(self, words: str) -> frozenset[str]:
        return self._lexicon.read(plain(words)).concepts

    def _known(self, answered: _Answered, concepts: Iterable[str]) -> frozenset[str]:
        """Those of the concepts that the topic which answers knows of."""
        topic = self._topics.get(next(iter(answered.finding.topics), ""))
        if topic is None:
            return frozenset()
        return frozenset(name for name in concepts if self._matcher.knows(topic, frozenset((name,))))

    def _worth(self, finding: Finding) -> _Worth:
        if finding.abstain and finding.topics and self._topics[finding.topics[0]].abstain is None:
            return _Worth.BESIDE
        named = finding.resolved or finding.abstain is Abstain.OUT_OF_RANGE
        return _Worth.ANSWERED if finding.topics or named else _Worth.NOTHING


def _joined(before: _Answered | None, asking: Asking) -> str:
    """A question that goes on from the one before it: 验收材料几份，交给谁."""
    return f"{before.words.rstrip('?')}, {asking.words}" if before is not None else asking.words


def _holds(joined: _Answered, bare: _Answered) -> bool:
    """Whether a question with the one before it has both answers: 高工几名, 社保几年 are two all the same."""
    own = bare.finding.topics
    return bool(own) and not bare.finding.abstain and set(own) < set(joined.finding.topics)


def _same(one: _Answered, before: _Answered | None) -> _Answered:
    """A question that goes on from another and has the same answer adds nothing to it."""
    if before is None or not one.finding.topics or one.finding.topics != before.finding.topics:
        return one
    return replace(one, finding=before.finding)


def _alike(answered: Sequence[_Answered]) -> tuple[PartFound, ...]:
    """The questions with what each adds; one that adds nothing goes with the one that has its answer."""
    parts: list[PartFound] = []
    for one in answered:
        said = [statement for part in parts for statement in part.finding.statements]
        new = tuple(statement for statement in one.finding.statements if statement not in said)
        first = one.finding.statements[0]
        if new and first in new:
            parts.append(PartFound((one.asking.words,), replace(one.finding, statements=new)))
            continue
        at = next(number for number, part in enumerate(parts) if first in part.finding.statements)
        parts[at] = replace(parts[at], asked=(*parts[at].asked, one.asking.words))
    return tuple(parts)
