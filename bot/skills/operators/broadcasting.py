"""/broadcast: a text is shown as everybody would read it and to how many it goes; after a confirmation each
chat gets it once, behind replies and reminders, and the report counts what became of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from secrets import token_hex

from bot.messages import Bullets, Intent, Language, Reply, Text
from bot.phrases import language_of, phrases
from bot.skills.operators.visit import Visit
from bot.taps import button, offered
from bot.wire import pack
from storage.records import Contact, NewDelivery

LONGEST = 3500  # characters: with its heading the notice stays one message
PRIORITY = 9  # replies and reminders go first
_KEY = "broadcast:{id}:"
_SENT_ON = ("telegram", "web")  # channels that have a sender
_ENDED = frozenset({"sent", "skipped", "closed", "uncertain"})


async def begin(visit: Visit) -> Reply:
    """Take the text that follows the command, or ask for it."""
    if not visit.argument(0):
        await visit.keep_draft(awaits="broadcast")
        return visit.reply("broadcast.write")
    return await take_text(visit)


async def take_text(visit: Visit) -> Reply:
    """Show the notice as it would be read, and how many chats would get it."""
    text = visit.argument(0).strip()
    if len(text) > LONGEST:
        await visit.keep_draft(awaits="broadcast")
        return visit.reply("broadcast.too_long", longest=LONGEST, length=len(text))
    key, count = token_hex(4), 0
    async for page in _pages(visit):
        count += len(page)
    await visit.keep_draft(id=key, text=text)
    shown = _notice(text, visit.language)
    return visit.reply(
        "broadcast.preview",
        *shown.blocks,
        buttons=offered(
            button(visit.say.say("operators.broadcast.send", count=count), "broadcast", "send", key),
            button(visit.say.say("operators.broadcast.drop"), "broadcast", "drop", key),
        ),
        count=count,
    )


async def decide(visit: Visit) -> Reply:
    """``broadcast:send:<draft>``, ``broadcast:drop:<draft>``, ``broadcast:report:<id>``."""
    wanted, key = visit.argument(0), visit.argument(1)
    if wanted == "report":
        return await _report(visit, key)
    draft = await visit.draft()
    if draft.get("id") != key or "text" not in draft:
        return visit.reply("stale")
    if wanted != "send":
        await visit.keep_draft()
        return visit.reply("broadcast.dropped")
    count = 0
    async for page in _pages(visit):
        # Those that a crash let through before keep their key, so nobody gets it twice.
        await visit.store.enqueue([_delivery(visit, key, draft["text"], contact) for contact in page])
        count += len(page)
    await visit.keep_draft()
    await visit.note("broadcast.sent", key, f"{count} chats, {len(draft['text'])} characters")
    return await _report(visit, key)


async def _report(visit: Visit, key: str) -> Reply:
    """How far it got, or once it is over, what became of it."""
    tally = await visit.store.tally(_KEY.format(id=key))
    total, ended = sum(tally.values()), sum(n for state, n in tally.items() if state in _ENDED)
    is_over = total == ended
    lines = tuple(
        visit.say.say(f"operators.broadcast.state.{state}", count=count)
        for state in ("sent", "skipped", "uncertain", "closed")
        if (count := tally.get(state, 0))
    )
    again = button(visit.say.say("operators.broadcast.refresh"), "broadcast", "report", key)
    return visit.reply(
        "broadcast.over" if is_over else "broadcast.under_way",
        *((Bullets(lines),) if lines else ()),
        buttons=() if is_over else offered(again),
        total=total,
        ended=ended,
    )


async def _pages(visit: Visit) -> AsyncIterator[list[Contact]]:
    """The chats that a notice reaches, page by page."""
    after = ""
    while page := await visit.store.chats(after):
        yield [contact for contact in page if contact.chat.partition(":")[0] in _SENT_ON]
        after = page[-1].chat


def _delivery(visit: Visit, key: str, text: str, contact: Contact) -> NewDelivery:
    return NewDelivery(
        dedupe_key=_KEY.format(id=key) + contact.chat,
        chat=contact.chat,
        kind="notice",
        due_at=visit.now,
        payload=pack(_notice(text, language_of(contact.language))),
        priority=PRIORITY,
        contact_id=contact.id,
    )


def _notice(text: str, language: Language) -> Reply:
    head = phrases(language).say("operators.broadcast.head")
    return Reply(Intent.HELP, (Text(head, "headline"), Text(text)), language=language)
