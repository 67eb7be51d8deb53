"""/unanswered: questions that found no answer or a bad one, page by page; seen to, or taught to a topic.

``unanswered:page:<before>``, ``unanswered:show:<question>``, ``unanswered:done:<question>``,
``unanswered:teach:<question>``, ``unanswered:add:<question>:<topic>``; a question is named by its moment and
the beginning of its id, a topic by a short hash, so that all fit into a button.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.messages import Bullets, Reply, Text
from bot.skills.operators.visit import Visit
from bot.taps import button, offered
from knowledge.aliasing import LONGEST, keep_alias, try_alias
from knowledge.topics import Topic
from storage.records import Feedback

_PAGE: Final = 5
_SHORT: Final = 60  # characters of a question in a list
_ID: Final = 6
_SUGGESTED: Final = 6  # topics
_DISTURBED: Final = 5  # shown
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


async def browse(visit: Visit) -> Reply:
    """The latest open questions."""
    await visit.note("questions.read")
    return await _page(visit, None)


async def turn_page(visit: Visit) -> Reply:
    """What a button under a list or a question wants."""
    if visit.argument(0) == "page":
        return await _page(visit, _moment(visit.argument(1)))
    question = await _find(visit, visit.argument(1), visit.argument(2))
    work = _WORK.get(visit.argument(0))
    if question is None or work is None:
        return visit.reply("stale")
    return await work(visit, question)


async def _page(visit: Visit, before: datetime | None) -> Reply:
    found = await visit.store.feedback(before=before, limit=_PAGE)
    if not found:
        return visit.reply("questions.none" if before is None else "questions.no_more")
    lines = tuple(
        visit.say.say(
            "operators.questions.row",
            n=n,
            kind=visit.say.say(f"operators.questions.{one.kind}"),
            text=_cut(one.text),
        )
        for n, one in enumerate(found, 1)
    )
    older = [button(visit.say.say("operators.questions.older"), "unanswered", "page", _mark(found[-1].at))]
    return visit.reply(
        "questions.headline",
        Bullets(lines),
        buttons=offered(
            *(button(str(n), "unanswered", "show", *_named(one)) for n, one in enumerate(found, 1)),
            *(older if len(found) >= _PAGE else ()),
        ),
    )


async def _show(visit: Visit, question: Feedback) -> Reply:
    say = visit.say.say
    library = visit.library()
    known = [ref for ref in question.refs if ref.partition("#")[0] in library.instruments]
    lines = [
        say(f"operators.questions.{question.kind}"),
        say("operators.questions.at", moment=visit.local(question.at)),
    ]
    if question.reason:
        lines.append(say("operators.questions.reason", reason=say(f"feedback.reason.{question.reason}")))
    if known:
        lines.append(say("operators.questions.refs", labels=[library.short_label(ref) for ref in known]))
    return visit.reply(
        "questions.one",
        Bullets(tuple(lines)),
        buttons=offered(
            button(say("operators.questions.handled"), "unanswered", "done", *_named(question)),
            button(say("operators.questions.teach"), "unanswered", "teach", *_named(question)),
            button(say("operators.questions.back"), "unanswered", "page"),
        ),
        text=question.text,
    )


async def _handle(visit: Visit, question: Feedback) -> Reply:
    if await visit.store.handle(question.id):
        await visit.note("question.handled", f"question {question.id}")
    return await _page(visit, None)


async def _teach(visit: Visit, question: Feedback) -> Reply:
    """Offer the topics that the question is nearest to."""
    topics = await asyncio.to_thread(_nearest, visit, question.text)
    return visit.reply(
        "questions.which_topic",
        buttons=offered(
            *(
                button(visit.say.words(topic.label), "unanswered", "add", *_named(question), _hash(topic.id))
                for topic in topics
            ),
            button(visit.say.say("operators.questions.back"), "unanswered", "show", *_named(question)),
        ),
        text=_cut(question.text),
    )


async def _add(visit: Visit, question: Feedback) -> Reply:
    """Let a topic answer such questions, unless a sample question would then be answered otherwise."""
    library = visit.library()
    topic = next((one for one in library.topics.topics.values() if _hash(one.id) == visit.argument(3)), None)
    words = " ".join(question.text.split())[:LONGEST]
    if topic is None:
        return visit.reply("stale")
    trial = await asyncio.to_thread(try_alias, library, topic.id, words, visit.today)
    back = button(visit.say.say("operators.questions.back"), "unanswered", "show", *_named(question))
    if not trial.sound:
        key = "questions.disturbs" if trial.disturbed else "questions.does_not_find"
        lines = (Bullets(trial.disturbed[:_DISTURBED]),) if trial.disturbed else ()
        return visit.reply(key, *lines, buttons=offered(back), topic=visit.say.words(topic.label))
    if await asyncio.to_thread(keep_alias, visit.own_library, topic.id, words):
        await visit.note("alias.added", topic.id, words)
    if await visit.store.handle(question.id):
        await visit.note("question.handled", f"question {question.id}", f"alias of {topic.id}")
    return visit.reply(
        "questions.taught",
        Text(visit.say.say("operators.questions.soon"), "note"),
        buttons=offered(button(visit.say.say("operators.questions.back"), "unanswered", "page")),
        topic=visit.say.words(topic.label),
    )


_WORK: Mapping[str, Callable[[Visit, Feedback], Awaitable[Reply]]] = {
    "show": _show,
    "done": _handle,
    "teach": _teach,
    "add": _add,
}


def _nearest(visit: Visit, text: str) -> list[Topic]:
    """Topics by how near their sample questions come."""
    from rapidfuzz import fuzz

    topics = visit.library().topics.topics.values()
    scored = [
        (max((fuzz.ratio(text, sample) for sample in (topic.label.zh, *topic.ask)), default=0.0), topic)
        for topic in topics
    ]
    return [topic for _, topic in sorted(scored, key=lambda pair: -pair[0])[:_SUGGESTED]]


async def _find(visit: Visit, mark: str, beginning: str) -> Feedback | None:
    at = _moment(mark)
    if at is None:
        return None
    there = await visit.store.feedback(before=at + _MICROSECOND, limit=1)
    return next((one for one in there if one.id.startswith(beginning) and one.at == at), None)


def _named(question: Feedback) -> tuple[str, str]:
    return _mark(question.at), question.id[:_ID]


def _mark(moment: datetime) -> str:
    return f"{(moment - _EPOCH) // _MICROSECOND:x}"


def _moment(mark: str) -> datetime | None:
    try:
        return _EPOCH + int(mark, 16) * _MICROSECOND
    except (ValueError, OverflowError):
        return None


def _hash(topic: str) -> str:
    return hashlib.sha256(topic.encode()).hexdigest()[:8]


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
