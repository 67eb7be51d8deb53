"""How much one chat, and one person in it, may say and send. Over the limit one sentence says so and when to
go on; what comes until then is taken note of and not answered, so that a flood makes no flood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages import Incoming, Intent, Reply, Text
from bot.phrases import language_of, phrases
from bot.reminders.limits import Budget, Rate
from bot.wire import pack
from storage.records import Contact, NewDelivery
from storage.store import Store

_FORGET_ABOVE = 10_000  # chats that were told, before the list is emptied


class Answering(Protocol):
    """Who answers: the assistant."""

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one chat may send."""

    messages: int  # a minute
    files: int  # an hour


class PacedAssistant:
    """An assistant that people cannot flood: with files on any channel, with messages on those that do not
    slow people down themselves."""

    def __init__(
        self,
        assistant: Answering,
        store: Store,
        allowance: Allowance,
        channels: tuple[str, ...],
        tell: Callable[[str], None] = lambda limit: None,
    ) -> None:
        """``channels`` are those whose messages are paced; ``tell`` is told which limit one was over."""
        self._assistant = assistant
        self._store = store
        self._channels = channels
        self._tell = tell
        self._messages = _budget(allowance.messages, timedelta(minutes=1))
        self._files = _budget(allowance.files, timedelta(hours=1))
        self._told: dict[str, datetime] = {}  # chats that know, and until when

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message, or say that it is too much. Raises what the assistant raises."""
        limit = "files" if incoming.file is not None else "messages"
        if limit == "messages" and incoming.chat.partition(":")[0] not in self._channels:
            return await self._assistant.respond(incoming)
        budget = self._files if limit == "files" else self._messages
        who = [incoming.chat, *([f"{limit} of {incoming.sender}"] if incoming.sender else [])]
        ready = max(budget.ready_at(key, incoming.at) for key in who)
        if ready > incoming.at:
            self._tell(limit)
            return await self._refuse(incoming, limit, ready)
        for key in who:
            budget.take(key, incoming.at)
        return await self._assistant.respond(incoming)

    async def _refuse(self, incoming: Incoming, limit: str, ready: datetime) -> Reply:
        knows = self._told.get(incoming.chat, incoming.at) > incoming.at
        async with self._store.talk(incoming.chat, at=incoming.at, update=incoming.update) as talk:
            reply = _sentence(talk.contact, limit, ready - incoming.at)
            if not knows and not incoming.quiet:
                talk.outbox.append(_delivery(talk.contact, incoming, reply))
        if len(self._told) > _FORGET_ABOVE:
            self._told.clear()
        if not knows:
            self._told[incoming.chat] = ready
        return reply


def _budget(count: int, period: timedelta) -> Budget:
    """All of a period's share may come at once: people send in bursts."""
    return Budget(Rate(count, period, burst=count))


def _sentence(contact: Contact, limit: str, wait: timedelta) -> Reply:
    language = language_of(contact.language)
    minutes, seconds = -(-wait // timedelta(minutes=1)), -(-wait // timedelta(seconds=1))
    text = phrases(language).say(f"pacing.{limit}", seconds=seconds, minutes=minutes)
    return Reply(Intent.HELP, (Text(text, "headline"),), language=language)


def _delivery(contact: Contact, incoming: Incoming, reply: Reply) -> NewDelivery:
    return NewDelivery(
        dedupe_key=f"u{incoming.update}:paced",
        chat=incoming.chat,
        kind="reply",
        due_at=incoming.at,
        payload=pack(reply),
        priority=0,
        contact_id=contact.id,
    )
