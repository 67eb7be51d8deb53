"""The calendar address: shown once, kept as a hash, renewed and revoked by its maker alone."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import load_reader
from bot.assistant import Assistant
from bot.messages import Bullets, Reply
from bot.skills.feeds import feed_id
from tests.bot.talks import LISTED, Desk, headline, open_desk

ADDRESS = "https://dates.example"


@pytest.fixture(autouse=True)
def _files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.fixture
async def public() -> AsyncIterator[Desk]:
    """A desk of a server with an address."""
    async with open_desk() as desk:
        desk.assistant = Assistant(
            desk.sources, load_reader(), desk.store, new_id=lambda: uuid.uuid4().hex, public_url=f"{ADDRESS}/"
        )
        await desk.says(LISTED)
        yield desk


def token(reply: Reply) -> str:
    """What the address that was made holds."""
    ((address,),) = (block.items for block in reply.blocks if isinstance(block, Bullets))
    assert address.startswith(f"{ADDRESS}/calendar/")
    return address.removeprefix(f"{ADDRESS}/calendar/").partition(".ics")[0]


async def test_the_address_opens_the_companys_feed_and_is_not_kept(public: Desk) -> None:
    secret = token(await public.taps("feed"))
    found = await public.store.feed(feed_id(secret))

    assert found is not None
    assert [item.key for item in found[2]] == ["register", "start_audit", "report"]
    assert secret not in str(await public.talk())


async def test_it_is_shown_once(public: Desk) -> None:
    await public.taps("feed")
    again = await public.taps("feed")

    assert [button.tap for button in again.buttons] == ["feed:renew", "feed:revoke"]
    assert not any(isinstance(block, Bullets) for block in again.blocks)


async def test_a_new_address_ends_the_old_one(public: Desk) -> None:
    old, new = token(await public.taps("feed")), token(await public.taps("feed:renew"))

    assert await public.store.feed(feed_id(old)) is None
    assert await public.store.feed(feed_id(new)) is not None


async def test_revoked_it_opens_nothing(public: Desk) -> None:
    secret = token(await public.taps("feed"))
    await public.taps("feed:revoke")

    assert await public.store.feed(feed_id(secret)) is None
    assert "没有" in headline(await public.taps("feed:revoke"))


async def test_nobody_else_revokes_it(public: Desk) -> None:
    secret = token(await public.taps("feed"))
    await public.taps("feed:revoke", chat="jsonl:b")

    assert await public.store.feed(feed_id(secret)) is not None


async def test_without_dates_they_are_asked_for_first(public: Desk) -> None:
    assert (await public.taps("feed", chat="jsonl:new")).asks == ("list_published",)


async def test_a_server_without_an_address_says_so_and_offers_the_file(desk: Desk) -> None:
    await desk.says(LISTED)
    reply = await desk.taps("feed")

    assert [button.tap for button in reply.buttons] == ["calendar"]
    assert (await desk.talk()).feeds == {}


async def test_an_english_talk_gets_an_english_calendar(public: Desk) -> None:
    await public.taps("lang:en")
    reply = await public.taps("feed")

    assert any(isinstance(block, Bullets) and block.items[0].endswith("?lang=en") for block in reply.blocks)


async def test_one_is_offered_beside_the_calendar_file(public: Desk) -> None:
    assert "feed" in {button.tap for button in (await public.taps("calendar")).buttons}
