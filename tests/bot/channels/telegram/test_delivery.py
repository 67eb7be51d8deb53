"""The sender under the real dispatcher: what the fake Telegram does to a delivery, and what becomes of it."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest

from bot.messages import Language
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.notices import Composer, DeadlineWords
from bot.wire import pack
from storage.records import Deadline, NewDelivery
from tests.bot.channels.telegram.house import House, open_house, reply
from tests.fakes.telegram_errors import limited, network


def _describe(deadline: Deadline, on: date, language: Language) -> DeadlineWords:
    raise AssertionError("only replies are sent here")


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house(serve=False) as house:
        yield house


@pytest.fixture
def dispatcher(house: House) -> Dispatcher:
    return Dispatcher(house.store, [house.sender], Composer(_describe), owner="test", jitter=lambda: 0.5)


async def _enqueue(house: House, chat: str, text: str = "至少 4 名。") -> None:
    async with house.store.talk(chat, at=house.now) as talk:
        talk.outbox.append(NewDelivery(f"u:{chat}:{text}", chat, "reply", house.now, pack(reply(text)), 0))


async def _drain(house: House, dispatcher: Dispatcher, after: float = 0) -> None:
    house.now += timedelta(seconds=after)
    await dispatcher.tidy(house.now)
    await dispatcher.drain(lambda: house.now)


async def test_a_limited_chat_is_left_alone_for_as_long_as_asked(
    house: House, dispatcher: Dispatcher
) -> None:
    ann = house.world.user(1)
    await _enqueue(house, "telegram:1")
    house.world.faults.next("sendMessage", limited(30))
    await _drain(house, dispatcher)
    await _drain(house, dispatcher, after=29)
    assert ann.sees() == []
    await _drain(house, dispatcher, after=10)
    assert ann.sees() == ["至少 4 名。"]


async def test_what_certainly_did_not_go_is_sent_again(house: House, dispatcher: Dispatcher) -> None:
    ann = house.world.user(1)
    await _enqueue(house, "telegram:1")
    house.world.faults.next("sendMessage", network(httpx.ConnectError), network(httpx.PoolTimeout))
    for _ in range(4):
        await _drain(house, dispatcher, after=5)
    assert ann.sees() == ["至少 4 名。"]


async def test_a_lost_answer_gives_at_most_one_marked_repeat(house: House, dispatcher: Dispatcher) -> None:
    ann = house.world.user(1)
    await _enqueue(house, "telegram:1")
    house.world.faults.next("sendMessage", network(httpx.ReadTimeout, accepted=True))
    for _ in range(10):
        await _drain(house, dispatcher, after=20)
    first, *repeats = ann.sees()
    assert first == "至少 4 名。"
    assert len(repeats) <= 1
    assert all(text != first and first in text for text in repeats)


async def test_a_blocked_chat_is_tried_once_and_others_are_served(
    house: House, dispatcher: Dispatcher
) -> None:
    ann, ben = house.world.user(1), house.world.user(2)
    ann.blocks()
    for text in ("一", "二", "三"):
        await _enqueue(house, "telegram:1", text)
    await _enqueue(house, "telegram:2")
    await _drain(house, dispatcher, after=1)
    assert [call["chat_id"] for call in house.world.called("sendMessage")].count("1") == 1
    assert ben.sees() == ["至少 4 名。"]
    async with house.store.talk("telegram:1", at=house.now) as talk:
        assert talk.contact.state == "blocked"


async def test_a_group_that_moved_gets_it_once_under_its_new_number(
    house: House, dispatcher: Dispatcher
) -> None:
    group = house.world.group(-5)
    ann = group.member(1)
    await _enqueue(house, "telegram:-5")
    moved = group.migrates(-1005, ann)
    for _ in range(3):
        await _drain(house, dispatcher, after=5)
    assert moved.member(1).sees() == ["至少 4 名。"]
    assert ann.sees() == []


async def test_a_wrong_token_keeps_everything(house: House, dispatcher: Dispatcher) -> None:
    ann = house.world.user(1)
    await _enqueue(house, "telegram:1")
    right, house.world.token = house.world.token, "1:another"
    await _drain(house, dispatcher)
    house.world.token = right
    await _drain(house, dispatcher, after=120)
    assert ann.sees() == ["至少 4 名。"]
