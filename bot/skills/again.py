"""The law's last answer once more in another form: in short, in full, explained, or with an example."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Intent, Reply, Text
from bot.skills.asking import numbers_in
from bot.skills.chatting import tells_nothing
from bot.skills.clauses import CARDS, answer_words, compose, in_words
from bot.turn import Turn
from knowledge.model import Finding, LinkKind, Statement

_OF_THE_LAW = (Intent.LOOKUP, Intent.ABSTAIN, Intent.SMALLTALK, Intent.HELP)


def can(turn: Turn) -> bool:
    """Whether the last matter was the law's, so that there is an answer to be said in another form."""
    session = turn.session
    spoken_of = bool(session.last_topics or session.last_refs)
    return spoken_of and session.last_intent in _OF_THE_LAW and tells_nothing(turn)


def shorter(turn: Turn) -> Reply:
    """一句话总结: the answer's first sentence."""
    finding = last(turn)
    return _kept(turn, replace(finding, statements=finding.statements[:1], quotes=()))


def meaning(turn: Turn) -> Reply:
    """没看懂: what the answer says in our words, without the clauses' own."""
    return _kept(turn, replace(last(turn), quotes=()))


def why(turn: Turn) -> Reply:
    """Who came up with that: the reasons given for it."""
    return answer_words(turn, words=turn.say.say("again.why"))


def repeated(turn: Turn) -> Reply:
    """再说一遍: the same answer."""
    return _kept(turn, last(turn))


def longer(turn: Turn) -> Reply:
    """详细说说: the clauses not shown yet and the reasons given; that there is no more, where all was."""
    finding = last(turn)
    further = tuple(dict.fromkeys((*finding.quotes[CARDS:], *_reasons(turn, finding))))
    shown = replace(finding, quotes=further, statements=() if further else finding.statements[:1])
    reply = _kept(turn, shown)
    key = "more" if further else "all"
    return _with_headline(turn, reply, key, finding.statements)


def example(turn: Turn) -> Reply:
    """举个例子: that the sources give none, with the answer's first sentence."""
    finding = last(turn)
    reply = _kept(turn, replace(finding, statements=finding.statements[:1], quotes=()))
    return _with_headline(turn, reply, "no_example", finding.statements)


def has_nth(turn: Turn) -> bool:
    """Whether several questions were answered last, and one of them is meant."""
    return can(turn) and _nth(turn) is not None


def nth(turn: Turn) -> Reply:
    """第二个问题再说细一点: one of the questions that were answered together, in full."""
    topic = _nth(turn)
    assert topic is not None  # noqa: S101 - routed here by one that is
    return compose(turn, turn.sources.library.topic(topic, on=turn.today))


def last(turn: Turn) -> Finding:
    """What the law's last answer rested on, found again."""
    library, session = turn.sources.library, turn.session
    if session.last_topics and (session.last_by_topic or not session.last_refs):
        return library.topic(session.last_topics[0], on=turn.today)
    return library.show(session.last_refs[0], on=turn.today)


def _kept(turn: Turn, finding: Finding) -> Reply:
    """The reply; what follow-up questions mean stays what it was."""
    session = turn.session
    before = session.last_refs, session.last_topics, session.last_by_topic, session.offered
    reply = compose(turn, finding)
    session.last_refs, session.last_topics, session.last_by_topic, session.offered = before
    return reply


def _reasons(turn: Turn, finding: Finding) -> tuple[str, ...]:
    library = turn.sources.library
    shown = {*finding.quotes, *(ref for statement in finding.statements for ref in statement.refs)}
    links = (link for ref in finding.quotes[:CARDS] for link in library.provision(ref).links)
    reasons = (link.ref for link in links if link.kind is LinkKind.RATIONALE)
    return tuple(ref for ref in reasons if ref not in shown and library.provision(ref).quote is not None)


def _with_headline(turn: Turn, reply: Reply, key: str, statements: tuple[Statement, ...]) -> Reply:
    """The reply under our own first line, which holds the answer's first sentence where that is all."""
    said = in_words(turn, statements[0]) if statements else ""
    first = Text(turn.say.say(f"again.{key}", said=said), "headline")
    rest = (block for block in reply.blocks if not (isinstance(block, Text) and block.role == "headline"))
    return replace(reply, blocks=(first, *rest))


def _nth(turn: Turn) -> str | None:
    numbers, topics = numbers_in(turn.read.text)[:1], turn.session.last_topics
    if len(topics) < 2 or not numbers or not 0 < numbers[0] <= len(topics):
        return None
    return topics[numbers[0] - 1]
