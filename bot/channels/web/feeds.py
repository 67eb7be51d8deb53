"""Private calendar addresses: a company's dates for calendars that look again by themselves.

Who has the address may read. An unknown and a revoked one get the same answer after the same look-up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.channels.web.language import chosen
from bot.channels.web.problems import RefusedError
from bot.documents.calendar import Entry, calendar
from bot.messages import Language
from bot.phrases import phrases
from bot.skills.calendars import MEDIA_TYPE
from bot.skills.describing import describe
from bot.skills.feeds import feed_id
from bot.turn import Sources
from storage.records import Company, Deadline, Feed
from storage.store import Store

REFRESH = timedelta(hours=6)  # how often calendars are asked to look again
FRESH = timedelta(minutes=15)  # for how long what they got may be shown without asking


class Feeds:
    """Answers calendars."""

    def __init__(self, store: Store, sources: Sources, zone: ZoneInfo) -> None:
        self._store = store
        self._sources = sources
        self._zone = zone

    def router(self) -> APIRouter:
        """The addresses under /calendar."""
        router = APIRouter()
        router.add_api_route("/calendar/{token}.ics", self.serve, methods=["GET", "HEAD"])
        return router

    async def serve(self, request: Request, token: str, lang: str = "") -> Response:
        """The feed that the token opens; 404 where it opens none, 304 where nothing changed."""
        found = await self._store.feed(feed_id(token))
        if found is None:
            raise RefusedError(404, "not_found")
        language: Language = chosen({"lang": lang}, {}) or "zh-Hans"
        body = self._body(*found, language)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {
            "ETag": etag,
            "Cache-Control": f"private, max-age={FRESH // timedelta(seconds=1)}",
            "X-Robots-Tag": "noindex",
        }
        if etag in _known_tags(request):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)

    def _body(self, feed: Feed, company: Company, deadlines: Sequence[Deadline], language: Language) -> bytes:
        name = phrases(language).say("feed.name", company=company.name)
        return calendar([self._entry(feed, item, language) for item in deadlines], name, REFRESH)

    def _entry(self, feed: Feed, deadline: Deadline, language: Language) -> Entry:
        # As of the day on which the deadline last changed: the same dates give the same bytes.
        changed = deadline.since or feed.created_at
        say = phrases(language)
        words = describe(self._sources, deadline, changed.astimezone(self._zone).date(), language)
        is_done = deadline.state == "done"
        return Entry(
            uid=deadline.id,
            sequence=deadline.revision,
            stamp=deadline.settled_at or changed,
            day=deadline.due,
            title=say.say("feed.done", title=words.title) if is_done else words.title,
            description=say.say(
                "calendar.description", labels=[words.clause] if words.clause else [], note=words.rest_day
            ),
            leads=self._sources.leads,
            state="done" if is_done else "open",
        )


def _known_tags(request: Request) -> list[str]:
    """What the calendar has already (If-None-Match)."""
    given = request.headers.get("if-none-match", "")
    return [tag.strip().removeprefix("W/") for tag in given.split(",")]
