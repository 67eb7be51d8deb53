"""Inline mode: ``@bot 第十条`` in any chat gives clauses to drop into it, ranked, page by page. Nothing is
kept of it: a query is answered within seconds or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from markupsafe import escape
from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.reading import Raw, language_of
from bot.channels.telegram.splitting import LIMIT, split, units
from bot.logs import redact
from bot.messages import Clause, Incoming, Language, Reply, Text
from bot.phrases import phrases
from bot.rendering import render
from bot.session import Session
from bot.skills import clauses
from bot.taps import Tap
from bot.turn import Sources, Turn
from bot.understanding.model import Understanding
from knowledge.model import ConversationContext, Wording
from storage.records import Contact
from storage.talk import Talk

log = logging.getLogger(__name__)

PAGE: Final = 20  # results at a time; Telegram takes 50 at most
FOUND: Final = 60  # search hits that are worth paging through
CACHED: Final = 300  # seconds for which Telegram may answer the same query of the same user by itself
AT_ONCE: Final = 4  # queries answered at the same time; the others wait
_TITLE, _LINE = 120, 160  # characters shown of a result


class Inline:
    """Answers inline queries."""

    def __init__(self, bot: Bot, sources: Callable[[], Sources], clock: Callable[[], datetime]) -> None:
        """``sources`` are asked for anew each time: they may have been loaded again meanwhile."""
        self._bot = bot
        self._sources = sources
        self._clock = clock
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def ask(self, query: Raw) -> None:
        """Answer a query soon."""
        task = asyncio.create_task(self._answer(query))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let what was begun come to its end."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, query: Raw) -> None:
        try:
            async with self._places:
                language = language_of((query.get("from") or {}).get("language_code") or "zh")
                offset = _offset(query.get("offset"))
                results, more = page(self._sources(), query.get("query", ""), offset, language, self._clock())
                await self._bot.answer_inline_query(
                    query["id"],
                    results,
                    cache_time=CACHED,
                    is_personal=True,  # the answer follows the language of the user's Telegram
                    next_offset=str(offset + PAGE) if more else "",
                    button=InlineQueryResultsButton(
                        phrases(language).say("telegram.inline.ask"), start_parameter="help"
                    ),
                )
        except TelegramError as error:
            log.info("an inline query could not be answered: %s", redact(str(error)))
        except Exception:
            log.exception("an inline query failed")


def page(
    sources: Sources, query: str, offset: int, language: Language, now: datetime
) -> tuple[list[InlineQueryResultArticle], bool]:
    """A page of results, and whether there are more."""
    turn = _turn(sources, language, now)
    targets = list(_ranked(turn, query.strip()) if query.strip() else _suggested(turn))
    shown = [_article(turn, verb, target) for verb, target in targets[offset : offset + PAGE]]
    return shown, len(targets) > offset + PAGE


def _offset(given: Any) -> int:
    return int(given) if isinstance(given, str) and given.isascii() and given.isdigit() else 0


def _ranked(turn: Turn, query: str) -> Iterator[tuple[str, str]]:
    """What a query leads to, each once: clauses that it names, topics and theirs, what search finds."""
    return iter(dict.fromkeys(_candidates(turn, query)))


def _candidates(turn: Turn, query: str) -> Iterator[tuple[str, str]]:
    library = turn.sources.library
    for found in library.find(query):
        yield from (("clause", ref) for ref in (*found.refs, *found.also) if _is_given(turn, ref))
    finding = library.answer(query, on=turn.today, context=ConversationContext(), language=turn.language)
    yield from (("topic", topic) for topic in finding.topics)
    yield from (("clause", ref) for ref in (*finding.quotes, *finding.nearest) if _is_given(turn, ref))
    yield from (("clause", ref) for ref, _ in library.search(query, FOUND) if _is_given(turn, ref))


def _suggested(turn: Turn) -> Iterator[tuple[str, str]]:
    """Before anything is typed: what most people come for, and the articles that are known."""
    library = turn.sources.library
    for topic in library.topics.lexicon.offered:
        if topic in library.topics.topics:
            yield "topic", topic
    for provision in library.instrument(library.default).provisions.values():
        if provision.kind == "article" and _is_given(turn, provision.ref):
            yield "clause", provision.ref


def _is_given(turn: Turn, ref: str) -> bool:
    provision = turn.sources.library.provision(ref)
    return bool(provision.text) and provision.wording is not Wording.NOT_GIVEN


def _article(turn: Turn, verb: str, target: str) -> InlineQueryResultArticle:
    """A result: a title and a line to choose by, and the message that it becomes."""
    turn.tap, turn.session = Tap(verb, (target,)), Session(limit_said=True)
    reply = clauses.answer(turn)
    title, line = _titled(turn, verb, target, reply)
    return InlineQueryResultArticle(
        id=hashlib.sha256(f"{verb}:{target}".encode()).hexdigest()[:32],
        title=title[:_TITLE],
        description=line[:_LINE],
        input_message_content=InputTextMessageContent(
            _message(turn, reply),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )


def _titled(turn: Turn, verb: str, target: str, reply: Reply) -> tuple[str, str]:
    if verb == "topic":
        said = next((block.text for block in reply.blocks if isinstance(block, Text)), "")
        return turn.say.words(turn.sources.library.topics.topics[target].label), said
    card = next((block for block in reply.blocks if isinstance(block, Clause)), None)
    provision = turn.sources.library.provision(target)
    return turn.clause_label(target), card.text if card is not None and card.ref == target else provision.text


def _message(turn: Turn, reply: Reply) -> str:
    """The whole answer where it fits into one message, else its beginning, which says that it is one."""
    whole = render(reply, "telegram.html")
    first, *rest = split(whole)
    if not rest:
        return first
    sign = escape(turn.say.say("telegram.inline.more"))
    return f"{split(whole, LIMIT - units(sign) - 2)[0]}\n\n{sign}"


def _turn(sources: Sources, language: Language, now: datetime) -> Turn:
    """A desk without a chat: nothing that is done on it is kept."""
    nobody = Contact(id="", chat="", language=language)
    return Turn(
        incoming=Incoming("", now, text=""),
        talk=Talk(nobody),
        session=Session(),
        read=Understanding("", "", language),
        sources=sources,
        language=language,
        new_id=lambda: "",
    )
