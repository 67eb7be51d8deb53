"""``xize serve`` told to stop in the middle of its work, and with a disk that is full or read-only."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.channels.web.guard import HEADER
from storage.opening import open_store
from tests.bot.commands.test_serve import Served, serving
from tests.security.house import WEBHOOK_SECRET, House, settings
from tests.waiting import PATIENCE

STOPS_WITHIN = 10  # seconds: what is promised
PEOPLE = 12


class Crowd:
    """What many people said and had taken in, each with the cookies of who said it."""

    def __init__(self) -> None:
        self.said: dict[str, httpx.Cookies] = {}
        self.talks = asyncio.Event()

    def taken(self, name: str, cookies: httpx.Cookies) -> None:
        """A message was taken in."""
        self.said[name] = cookies
        if len(self.said) >= 2 * PEOPLE:
            self.talks.set()


async def _person(site: str, number: int, crowd: Crowd) -> None:
    """Opens the page, listens to its stream, and talks for as long as it is let."""
    async with httpx.AsyncClient(base_url=site, headers={HEADER: "1"}, timeout=PATIENCE) as browser:
        await browser.get("/")
        try:
            async with browser.stream("GET", "/chat/events"):
                for count in range(1000):
                    name = f"p{number:03}m{count:05}"
                    answer = await browser.post("/chat/messages", json={"id": name, "text": "第十条讲什么"})
                    if answer.status_code == 200:
                        crowd.taken(name, browser.cookies)
        except httpx.HTTPError:
            return  # the service is gone


async def _stopped_among(served: Served, crowd: Crowd) -> int:
    """Let many people talk, tell the service to stop in the middle of it, and give its exit code."""
    people = [asyncio.create_task(_person(served.address, number, crowd)) for number in range(PEOPLE)]
    await asyncio.wait_for(crowd.talks.wait(), PATIENCE)
    served.process.send_signal(signal.SIGTERM)
    code = await asyncio.to_thread(served.process.wait, STOPS_WITHIN)
    await asyncio.gather(*people)
    return code


async def _answers(site: str, said: dict[str, httpx.Cookies]) -> dict[str, int]:
    """How often each message that was taken in stands in its chat, answered or not."""
    found = dict.fromkeys(said, 0)
    for cookies in {str(jar): jar for jar in said.values()}.values():
        async with httpx.AsyncClient(base_url=site, headers={HEADER: "1"}, cookies=cookies) as browser:
            lines = (await browser.get("/chat/messages")).json()["lines"]
        mine = [line["id"] for line in lines if line["author"] == "user"]
        ours = [line for line in lines if line["author"] == "xize"]
        assert len(ours) == len(mine)
        for name in mine:
            found[name] = found.get(name, 0) + 1
    return found


async def test_told_to_stop_among_many_it_ends_in_time_and_loses_nothing_it_took(tmp_path: Path) -> None:
    crowd = Crowd()
    with serving(tmp_path) as served:
        served.ready()
        assert await _stopped_among(served, crowd) == 0
        assert "Traceback" not in served.told()
    with serving(tmp_path) as again:
        again.ready()
        found: dict[str, int] = {}
        for _ in range(50):
            try:
                found = await _answers(again.address, crowd.said)
                break
            except AssertionError:
                await asyncio.sleep(0.1)  # answers that were on their way go out now
    assert found
    assert set(found.values()) == {1}


# --- no room, no right to write ------------------------------------------------------------------


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A service over a file."""
    monkeypatch.chdir(tmp_path)
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    await store.open()
    yield House(store, settings())
    await store.close()


def _pragma(house: House, words: str) -> int:
    row = house.store._connection.execute(f"pragma {words}").fetchone()  # type: ignore[attr-defined]
    return int(row[0]) if row else 0


FULL = ("max_page_count = 1", "max_page_count = 1000000")
READ_ONLY = ("query_only = on", "query_only = off")


@pytest.mark.parametrize("trouble", [FULL, READ_ONLY], ids=["full", "read-only"])
async def test_in_the_web_chat_one_sentence_says_so_and_the_same_message_is_answered_later(
    house: House, trouble: tuple[str, str]
) -> None:
    browser = await house.browser()
    begin, end = trouble
    _pragma(house, begin)
    text = "第十条讲什么" * 1500  # more than the pages that are there hold
    refused = await browser.post("/chat/messages", json={"id": "m1234567", "text": text})
    _pragma(house, end)
    taken = await browser.post("/chat/messages", json={"id": "m1234567", "text": text})
    await house.answered()
    lines = (await browser.get("/chat/messages")).json()["lines"]

    assert refused.status_code == 503
    assert refused.json()["detail"]
    assert taken.status_code == 200
    assert [line["author"] for line in lines] == ["user", "xize"]


@pytest.mark.parametrize("trouble", [FULL, READ_ONLY], ids=["full", "read-only"])
async def test_telegram_is_told_to_send_it_again(house: House, trouble: tuple[str, str]) -> None:
    update = {
        "update_id": 7,
        "message": {
            "message_id": 1,
            "date": 1,
            "text": "第十条讲什么" * 600,
            "chat": {"id": 7, "type": "private", "first_name": "A"},
            "from": {"id": 7, "is_bot": False, "first_name": "A"},
        },
    }
    header = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
    begin, end = trouble
    _pragma(house, begin)
    refused = await house.caller().post("/telegram/webhook", json=update, headers=header)
    _pragma(house, end)
    taken = await house.caller().post("/telegram/webhook", json=update, headers=header)

    assert (refused.status_code, taken.status_code) == (503, 200)
    assert [waiting.id for waiting in await house.store.waiting()] == ["telegram:7"]


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are posix's")
async def test_a_file_that_may_not_grow_is_a_sentence_too(house: House) -> None:
    import resource

    browser = await house.browser()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        refused = await browser.post("/chat/messages", json={"id": "m1234567", "text": "第十条"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    taken = await browser.post("/chat/messages", json={"id": "m1234567", "text": "第十条"})

    assert (refused.status_code, taken.status_code) == (503, 200)
