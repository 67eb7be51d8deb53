"""Questions that were not answered, and answers that were disliked: seen to, and topics taught them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from starlette.responses import Response

from bot.channels.web.problems import RefusedError
from bot.console.desk import Visit
from knowledge.aliasing import LONGEST, Trial, keep_alias, try_alias
from knowledge.errors import UnknownReference
from knowledge.model import Words

PAGE = 50
KINDS = ("unanswered", "disliked")


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic as the form offers it."""

    id: str
    label: Words


async def browse(visit: Visit) -> Response:
    """Open questions, the latest first, or those already seen to."""
    is_handled = visit.asked("state") == "handled"
    kind = visit.asked("kind")
    found = await visit.desk.store.feedback(
        state="handled" if is_handled else "open",
        kinds=(kind,) if kind in KINDS else KINDS,
        before=_moment(visit.asked("before")),
        limit=PAGE,
    )
    return visit.page(
        "questions",
        questions=found,
        is_handled=is_handled,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        topics=_topics(visit),
        older=found[-1].at.isoformat() if len(found) >= PAGE else None,
        longest=LONGEST,
        named=partial(_named, visit),
    )


def _named(visit: Visit, refs: tuple[str, ...]) -> str:
    """What the answer rested on, as people call it; a reference that is no more, as it was kept."""
    try:
        return visit.say.words(visit.desk.sources.library.labels(refs))
    except UnknownReference:
        return ", ".join(refs)


async def handle(visit: Visit) -> Response:
    """Mark a question as seen to."""
    question = visit.request.path_params["question_id"]
    if not await visit.desk.store.handle(question):
        return visit.go("/questions", "handled_before")
    await visit.note("question.handled", f"question {question}")
    return visit.go("/questions", "handled")


async def add_alias(visit: Visit) -> Response:
    """Let a topic answer questions like this one. Tried on every sample question first; kept only where
    none of them would be answered otherwise."""
    topic, words = visit.given("topic"), " ".join(visit.given("words").split())
    if not words or len(words) > LONGEST:
        raise RefusedError(422, "unreadable", field="words")
    library = visit.desk.sources.library
    try:
        trial = await asyncio.to_thread(try_alias, library, topic, words, visit.desk.today)
    except UnknownReference:
        raise RefusedError(422, "unreadable", field="topic") from None
    if not trial.sound:
        return visit.page(
            "alias_refused", status_code=422, topic=topic, words_given=words, trial=_shown(trial)
        )
    is_new = await asyncio.to_thread(keep_alias, visit.desk.library, topic, words)
    question = visit.request.path_params["question_id"]
    if is_new:
        await visit.note("alias.added", topic)  # not the words: they may be a user's
    if await visit.desk.store.handle(question):
        await visit.note("question.handled", f"question {question}", f"alias of {topic}")
    return visit.go("/questions", "alias_kept" if is_new else "alias_known")


def _topics(visit: Visit) -> list[TopicChoice]:
    topics = visit.desk.sources.library.topics.topics.values()
    return sorted((TopicChoice(one.id, one.label) for one in topics), key=lambda one: one.id)


def _shown(trial: Trial) -> Trial:
    return Trial(trial.finds, trial.disturbed[:20])


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
