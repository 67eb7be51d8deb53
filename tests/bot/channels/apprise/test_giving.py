"""A company gets a configured address as a further contact."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.apprise.giving import give_channel, take_channel
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.notices import Composer
from storage.opening import MEMORY, open_store
from tests.bot.reminders.house import START, FakeSender, House, at, describe


@pytest.fixture
async def house() -> AsyncIterator[House]:
    store = open_store(MEMORY)
    await store.open()
    house = House(store)
    await house.found()
    yield house
    await store.close()


async def reminded(house: House) -> list[str]:
    """The chats that are reminded seven days before."""
    sender = FakeSender("notify")
    dispatcher = Dispatcher(house.store, [sender], Composer(describe), owner="notify")
    await house.planner.run(at(7))
    await dispatcher.drain(lambda: at(7))
    return [chat for chat, _, _ in sender.seen]


async def test_reminders_go_there_too(house: House) -> None:
    assert await give_channel(house.store, "boss", "acme", START, rank=2)
    assert await reminded(house) == ["notify:boss"]
    assert [contact.chat for contact in await house.store.contacts("acme")] == ["web:ann", "notify:boss"]


async def test_it_can_be_taken_back(house: House) -> None:
    await give_channel(house.store, "boss", "acme", START)
    assert await take_channel(house.store, "boss", "acme", START)
    assert not await take_channel(house.store, "boss", "acme", START)
    assert await reminded(house) == []


async def test_a_company_that_nobody_speaks_for_gets_none(house: House) -> None:
    assert not await give_channel(house.store, "boss", "nobody", START)
