"""👍 and 👎 under answers, why not in one tap, and the questions that found no answer: for the operators.

``liked:<key>``, ``disliked:<key>``, ``disliked:<key>:<reason>``; a key names one of the last answers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.messages import Button, Intent, Reply, Text
from bot.skills import clauses
from bot.skills.help import stale
from bot.taps import RATINGS, button, offered
from bot.turn import Turn
from knowledge.errors import UnknownReference
from knowledge.model import Abstain
from storage.records import Feedback

REASONS: Final = ("wrong", "other", "unclear", "outdated")
_REMEMBERED = 8  # answers of a talk that can still be rated
_KEY = 10  # characters
_LONGEST = 500  # characters of a question that is kept
_REFS = 4
_RATED = frozenset({Intent.LOOKUP, Intent.CHECK, Intent.DEADLINES, Intent.ABSTAIN})
_UNANSWERED = frozenset({Abstain.NOT_IN_SOURCE, Abstain.OUT_OF_SCOPE})


def answer(turn: Turn) -> Reply:
    """Take a rating in; of a 👎 ask why."""
    assert turn.tap is not None  # noqa: S101 - routed here by a tap
    key, reason = (*turn.tap.arguments, "", "")[:2]
    if key not in turn.session.answers:
        return stale(turn)
    if turn.tap.verb == "liked":
        _note(turn, key, "liked")
        return _thanks(turn)
    if reason not in REASONS:
        turn.session.disliked = key
        return Reply(Intent.HELP, (Text(turn.say.say("feedback.why"), "headline"),), _why(turn, key))
    _note(turn, key, "disliked", reason)
    return _thanks(turn)


def overlooked(turn: Turn) -> None:
    """A 👎 whose reason was not given is kept without one as soon as something else is said."""
    key = turn.session.disliked
    if key and not (turn.tap is not None and turn.tap.verb in RATINGS and turn.tap.argument == key):
        _note(turn, key, "disliked")


def followed(turn: Turn, reply: Reply, *, rating: bool) -> Reply:
    """The reply with the thumbs, where it is an answer; a question without one is kept for the operators."""
    question = _question(turn)
    if reply.intent not in _RATED or not question or turn.talk.erase:
        return reply
    if reply.abstain is not None and _is_unanswered(turn, question):
        turn.talk.feedback.append(_feedback(turn, "unanswered", question))
    if not rating or reply.asks:
        return reply
    key = turn.new_id()[:_KEY]
    refs = dict.fromkeys(citation.ref for citation in reply.citations)
    turn.session.answers[key] = [question, *list(refs)[:_REFS]]
    while len(turn.session.answers) > _REMEMBERED:
        del turn.session.answers[next(iter(turn.session.answers))]
    thumbs = (button("👍", "liked", key), button("👎", "disliked", key))
    return replace(reply, buttons=offered(*reply.buttons, *thumbs))


def _question(turn: Turn) -> str:
    """What was asked, as the operators are to read it: the words, or what the button stood for."""
    tap = turn.tap
    if tap is None:
        return turn.read.original.strip()[:_LONGEST]
    try:
        if tap.verb == "clause":
            return turn.sources.library.label(tap.argument).zh
        if tap.verb == "topic":
            return turn.sources.library.topics.topics[tap.argument].label.zh
    except (UnknownReference, KeyError):
        return ""
    return tap.argument if tap.verb == "ask" else ""


def _is_unanswered(turn: Turn, question: str) -> bool:
    """Whether neither a topic nor a clause knows the question: a known gap is no news."""
    finding = clauses.find(turn, question)
    return finding.abstain in _UNANSWERED and not finding.topics and not finding.resolved


def _note(turn: Turn, key: str, kind: str, reason: str = "") -> None:
    if turn.session.disliked == key:
        turn.session.disliked = ""
    question, *refs = turn.session.answers.pop(key, [""])
    if question:
        turn.talk.feedback.append(_feedback(turn, kind, question, reason, tuple(refs)))


def _feedback(turn: Turn, kind: str, question: str, reason: str = "", refs: tuple[str, ...] = ()) -> Feedback:
    return Feedback(
        turn.new_id(),
        turn.talk.contact.id,
        question,
        kind,  # type: ignore[arg-type]
        turn.now,
        reason,
        refs,
    )


def _thanks(turn: Turn) -> Reply:
    return Reply(Intent.HELP, (Text(turn.say.say("feedback.thanks"), "headline"),))


def _why(turn: Turn, key: str) -> tuple[Button, ...]:
    return offered(
        *(button(turn.say.say(f"feedback.reason.{reason}"), "disliked", key, reason) for reason in REASONS)
    )
