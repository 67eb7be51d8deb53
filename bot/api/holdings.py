"""What the calling key's chats hold: companies, reminders, and what came of itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from bot.api.access import caller, needs
from bot.api.answered import CompaniesAnswer, NewsAnswer, ReplyAnswer
from bot.api.asked import (
    CompaniesAsked,
    DoneAsked,
    NewsAsked,
    ReminderAsked,
    RemindersAsked,
    TapMessage,
)
from bot.api.bodies import Bounded
from bot.api.companies import companies_of
from bot.api.house import House
from bot.api.keys import Key
from bot.api.repeats import IdempotencyKey, Repeats
from bot.api.talking import replied, said
from bot.api.writing import written
from bot.messages import Incoming
from bot.rendering import render
from bot.wire import unpack
from storage.records import TranscriptEntry
from storage.talk import Talk

_PAGE = 100  # lines or chats read at once
_PRIVATE = {"Cache-Control": "no-store"}


class _Left(Exception):
    """A talk was only looked at: nothing of it is saved, and a chat that does not exist is not made."""


class Holdings:
    """Reads and changes what is kept of the caller's own chats."""

    def __init__(self, house: House, repeats: Repeats) -> None:
        self._house = house
        self._repeats = repeats

    def router(self) -> APIRouter:
        """The addresses, for the scope ``converse``."""
        router = APIRouter(dependencies=[needs("converse")], tags=["talks"], route_class=Bounded)
        add = router.add_api_route
        add("/companies", self.companies, response_model=CompaniesAnswer)
        add("/reminders", self.reminders, response_model=ReplyAnswer)
        add("/reminders/news", self.news, response_model=NewsAnswer)
        add("/reminders/subscribe", self.subscribe, methods=["POST"], response_model=ReplyAnswer)
        add("/reminders/unsubscribe", self.unsubscribe, methods=["POST"], response_model=ReplyAnswer)
        add("/reminders/done", self.done, methods=["POST"], response_model=ReplyAnswer)
        return router

    async def companies(self, request: Request, asked: Annotated[CompaniesAsked, Query()]) -> Response:
        """The companies of one chat, or of all the calling key's chats, with what is noted of them."""
        key = caller(request)
        chats, following = [asked.chat], None
        if asked.chat is None:
            found = await self._chats(key, asked.after or "", asked.limit + 1)
            chats = [*found[: asked.limit]]
            following = found[asked.limit - 1] if len(found) > asked.limit else None
        rows: list[Mapping[str, Any]] = []
        for chat in filter(None, chats):
            async with self._look(key, chat) as talk:
                rows += companies_of(chat, talk, self._house.sources.leads)
        return Response(
            written({"companies": rows, "next": following}), headers=_PRIVATE, media_type="application/json"
        )

    async def reminders(self, request: Request, asked: Annotated[RemindersAsked, Query()]) -> Response:
        """What is open, what is done and when reminders come, as the chat would say it. Changes nothing."""
        key = caller(request)
        async with self._look(key, asked.chat) as talk:
            incoming = Incoming(
                key.chat(asked.chat), self._house.clock(), tap="reminders", language=asked.lang
            )
            answer = await replied(asked.chat, self._house.preview(talk, incoming))
        return Response(written(answer), headers=_PRIVATE, media_type="application/json")

    async def news(self, request: Request, asked: Annotated[NewsAsked, Query()]) -> Response:
        """The reminders and notices that came to a chat: ask from time to time, with the last number."""
        lines = await self._house.store.transcript(caller(request).chat(asked.chat), asked.after, _PAGE + 1)
        shown = [_line(entry) for entry in lines[:_PAGE]]
        return Response(
            written({"lines": shown, "more": len(lines) > _PAGE}),
            headers=_PRIVATE,
            media_type="application/json",
        )

    async def subscribe(
        self, request: Request, asked: ReminderAsked, repeat: IdempotencyKey = None
    ) -> Response:
        """Remind this chat of the deadlines of the company in play; the reminders come as news."""
        return await self._tap(request, asked, "subscribe", repeat)

    async def unsubscribe(
        self, request: Request, asked: ReminderAsked, repeat: IdempotencyKey = None
    ) -> Response:
        """End this chat's reminders for the company in play."""
        return await self._tap(request, asked, "unsubscribe", repeat)

    async def done(self, request: Request, asked: DoneAsked, repeat: IdempotencyKey = None) -> Response:
        """Settle a deadline of the company in play: nobody is reminded of it any more."""
        return await self._tap(request, asked, f"finish:{asked.deadline}", repeat)

    async def _tap(self, request: Request, asked: ReminderAsked, tap: str, repeat: str | None) -> Response:
        key = caller(request)
        pressed = TapMessage(chat=asked.chat, lang=asked.lang, now=asked.now, tap=tap)

        async def work(update: str | None) -> Mapping[str, Any]:
            return await said(self._house, key, pressed, update)

        return await self._repeats.once(request, repeat, work)

    @asynccontextmanager
    async def _look(self, key: Key, chat: str) -> AsyncIterator[Talk]:
        try:
            async with self._house.store.talk(key.chat(chat), at=self._house.clock()) as talk:
                yield talk
                raise _Left
        except _Left:
            return

    async def _chats(self, key: Key, after: str, limit: int) -> list[str]:
        """The key's chats after one, by the names that the caller gave them."""
        found = await self._house.store.chats(key.chat(after), limit)
        return [
            contact.chat.removeprefix(key.chats) for contact in found if contact.chat.startswith(key.chats)
        ]


def _line(entry: TranscriptEntry) -> dict[str, Any]:
    reply = unpack(entry.payload)
    return {
        "n": entry.n,
        "at": entry.at.isoformat(),
        "text": render(reply, "plain.txt"),
        "buttons": [{"label": button.label, "tap": button.tap} for button in reply.buttons if button.tap],
    }
