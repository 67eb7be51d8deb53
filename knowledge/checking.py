"""What can be wrong with corpus and topics: references that lead nowhere, quotations that their
source does not hold, topics that cite nothing, words that nothing recognises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from knowledge.model import Abstain, Instrument, Wording
from knowledge.sourcing import missing_lines
from knowledge.topics import Topic, TopicSet


def problems(
    instruments: Mapping[str, Instrument],
    topics: TopicSet,
    is_goal: Callable[[str], bool] | None = None,
) -> tuple[str, ...]:
    """One sentence for each fault, with its place; goals are checked where ``is_goal`` is given."""
    known = {
        provision.ref: provision for one in instruments.values() for provision in one.provisions.values()
    }
    given = {ref for ref, provision in known.items() if provision.wording is not Wording.NOT_GIVEN}
    return (
        *_of_instruments(instruments, known.keys()),
        *_of_quotations(instruments),
        *(fault for topic in topics.topics.values() for fault in _of_topic(topic, topics, given)),
        *_of_lexicon(topics),
        *(_of_goals(topics, is_goal) if is_goal else ()),
    )


def _of_instruments(instruments: Mapping[str, Instrument], known: Iterable[str]) -> Iterator[str]:
    refs = set(known)
    for instrument in instruments.values():
        for ref in (*instrument.in_force_instead, *filter(None, [instrument.speaks_of])):
            if ref not in refs:
                yield f"{instrument.id}: {ref} names no provision"
        starts = [period.start for period in instrument.statuses if period.start]
        if starts != sorted(starts):
            yield f"{instrument.id}: the periods of its standing are out of order"
        for provision in instrument.provisions.values():
            for ref in (*(link.ref for link in provision.links), *filter(None, [provision.source])):
                if ref not in refs:
                    yield f"{provision.ref}: {ref} names no provision"


def _of_quotations(instruments: Mapping[str, Instrument]) -> Iterator[str]:
    for instrument in instruments.values():
        for provision in instrument.provisions.values():
            if provision.wording in (Wording.QUOTED, Wording.PARTLY_QUOTED):
                for line in missing_lines(provision, instruments):
                    yield f"{provision.ref}: not in {provision.source}: {line[:40]}"


def _of_topic(topic: Topic, topics: TopicSet, given: set[str]) -> Iterator[str]:
    refs = [ref for statement in topic.statements for ref in statement.refs]
    targets = [step.target for step in topic.steps if step.action == "clause"]
    for ref in (*refs, *topic.quotes, *topic.nearest, *targets):
        if ref not in given:
            yield f"topic {topic.id}: {ref} names no given provision"
    if not topic.statements:
        yield f"topic {topic.id}: it says nothing"
    if topic.abstain is not Abstain.OUT_OF_SCOPE and any(
        not statement.refs for statement in topic.statements
    ):
        yield f"topic {topic.id}: a statement cites nothing"
    for step in topic.steps:
        if step.action == "topic" and step.target not in topics.topics:
            yield f"topic {topic.id}: it leads to the unknown topic {step.target}"
    used = {name for one in topic.when for choice in one.needed for name in choice} | topic.like
    used |= {name for one in topic.when for name in one.barred}
    for name in sorted(used - topics.lexicon.names):
        yield f"topic {topic.id}: no words are given for {name}"


def _of_goals(topics: TopicSet, is_goal: Callable[[str], bool]) -> Iterator[str]:
    for topic in topics.topics.values():
        for step in topic.steps:
            if step.action == "goal" and not is_goal(step.target):
                yield f"topic {topic.id}: it leads to the unknown goal {step.target}"


def _of_lexicon(topics: TopicSet) -> Iterator[str]:
    lexicon = topics.lexicon
    for name in (*lexicon.offered, *filter(None, [lexicon.applying])):
        if name not in topics.topics:
            yield f"lexicon: no topic {name}"
    for name in sorted(
        (
            lexicon.aspects
            | lexicon.versions
            | lexicon.reasons
            | lexicon.subject
            | lexicon.standing
            | lexicon.describing
            | frozenset().union(*lexicon.contrast)
        )
        - lexicon.names
    ):
        yield f"lexicon: no words are given for {name}"
