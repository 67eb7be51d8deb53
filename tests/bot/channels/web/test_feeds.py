"""Calendars elsewhere fetch a company's dates by a private address, and nothing by any other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar

from bot.channels.web.feeds import Feeds
from bot.channels.web.problems import serve_problems
from bot.skills.feeds import feed_id
from storage.records import Feed
from tests.bot.talks import LISTED, Desk, open_desk

TOKEN = "a-token"


class Fetcher:
    """A calendar that looks again, and the talk whose dates it shows."""

    def __init__(self, desk: Desk, client: httpx.AsyncClient) -> None:
        self.desk = desk
        self.client = client

    async def get(self, token: str = TOKEN, **headers: str) -> httpx.Response:
        """Look again."""
        return await self.client.get(f"/calendar/{token}.ics", headers=headers)

    async def revoke(self) -> None:
        """Turn the feed off."""
        async with self.desk.store.talk(self.desk.here, at=self.desk.now) as talk:
            feed = talk.feeds[feed_id(TOKEN)]
            talk.feeds[feed.id] = replace(feed, revoked_at=self.desk.now)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """The address of a company with dates."""
    async with open_desk() as desk:
        await desk.says("我们公司叫深圳市甲乙电镀有限公司")
        await desk.says(LISTED)
        async with desk.store.talk(desk.here, at=desk.now) as talk:
            company = str(talk.contact.company_id)
            feed = Feed(feed_id(TOKEN), company, talk.contact.id, desk.now)
            talk.feeds[feed.id] = feed
        app = FastAPI()
        app.include_router(Feeds(desk.store, desk.sources, ZoneInfo("Asia/Shanghai")).router())
        serve_problems(app)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            yield Fetcher(desk, client)


async def test_it_is_the_companys_dates_as_a_calendar(fetcher: Fetcher) -> None:
    response = await fetcher.get()
    calendar = Calendar.from_ical(response.content)
    days = [event["dtstart"].dt for event in calendar.walk("VEVENT")]

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert days == [date(2026, 12, 20), date(2027, 1, 20), date(2027, 11, 20)]
    assert str(calendar["x-wr-calname"]).startswith("深圳市甲乙电镀有限公司")
    assert "第十七条" in str(calendar.walk("VEVENT")[0]["description"])


async def test_calendars_are_told_when_to_look_again_and_nobody_else_may_keep_it(fetcher: Fetcher) -> None:
    response = await fetcher.get()

    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in response.content
    assert b"X-PUBLISHED-TTL:PT6H" in response.content
    assert response.headers["cache-control"].startswith("private")


async def test_the_events_are_those_of_the_calendar_file(fetcher: Fetcher) -> None:
    (file,) = (await fetcher.desk.taps("calendar")).attachments
    feed = Calendar.from_ical((await fetcher.get()).content).walk("VEVENT")
    imported = Calendar.from_ical(file.path.read_bytes()).walk("VEVENT")

    for name in ("uid", "sequence", "summary"):
        assert [event[name] for event in feed] == [event[name] for event in imported]


async def test_what_has_not_changed_is_not_sent_again(fetcher: Fetcher) -> None:
    first = await fetcher.get()
    fetcher.desk.passes(days=3)
    again = await fetcher.get(**{"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]


async def test_a_moved_date_moves_and_its_sequence_grows(fetcher: Fetcher) -> None:
    before = await fetcher.get()
    await fetcher.desk.says("名单其实是2026年11月10日发布的")
    after = await fetcher.get(**{"If-None-Match": before.headers["etag"]})
    old, new = (Calendar.from_ical(found.content).walk("VEVENT") for found in (before, after))

    assert after.status_code == 200
    assert [event["uid"] for event in old] == [event["uid"] for event in new]
    assert all(later["sequence"] > earlier["sequence"] for earlier, later in zip(old, new, strict=True))


async def test_what_is_done_says_so_and_does_not_ring(fetcher: Fetcher) -> None:
    await fetcher.desk.says("平台已经注册好了")
    first = Calendar.from_ical((await fetcher.get()).content).walk("VEVENT")[0]

    assert str(first["summary"]).startswith("已完成")
    assert first.walk("VALARM") == []


async def test_it_speaks_the_language_that_its_address_names(fetcher: Fetcher) -> None:
    english = await fetcher.client.get(f"/calendar/{TOKEN}.ics?lang=en")
    nonsense = await fetcher.client.get(f"/calendar/{TOKEN}.ics?lang=xx")

    assert b"cleaner-production dates" in english.content
    assert nonsense.content == (await fetcher.get()).content


@pytest.mark.parametrize("token", ["nope", "x" * 5000, "%00", "..%2Fetc"])
async def test_an_unknown_address_opens_nothing(fetcher: Fetcher, token: str) -> None:
    assert (await fetcher.get(token)).status_code == 404


async def test_a_revoked_address_answers_as_an_unknown_one_does(fetcher: Fetcher) -> None:
    await fetcher.revoke()
    revoked, unknown = await fetcher.get(), await fetcher.get("nope")

    assert revoked.status_code == unknown.status_code == 404
    assert revoked.content == unknown.content


async def test_the_head_alone_can_be_asked_for(fetcher: Fetcher) -> None:
    response = await fetcher.client.head(f"/calendar/{TOKEN}.ics")

    assert (response.status_code, response.content) == (200, b"")
