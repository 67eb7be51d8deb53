"""The whole way: a question through the fake Telegram to an answer with buttons."""

import asyncio

import httpx
import pytest

from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.channel import PublicAddress
from bot.errors import ChannelError
from tests.bot.channels.telegram.house import House, open_house, until
from tests.fakes.telegram_errors import gateway, network


async def test_a_question_is_answered_with_buttons() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("第十条讲什么")
        assert await ann.hears() == "回答：第十条讲什么"
        assert ann.buttons() == ["看第十六条", "期限怎么算"]


async def test_a_tapped_button_is_released_and_answered() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("第十条")
        await ann.hears()
        ann.taps("看第十六条")
        assert await ann.hears() == "回答：ref:art_16"
        await house.ready()
        assert not house.world.unanswered_taps


async def test_updates_that_came_while_nobody_served_are_answered() -> None:
    async with open_house(serve=False) as house:
        ann = house.world.user(1)
        for n in range(5):
            ann.writes(f"问题{n}")
        stop = asyncio.Event()
        running = asyncio.create_task(house.channel.run(stop))
        await _settled(house, 5)
        stop.set()
        await running
        await house.deliver()
        assert ann.sees() == [f"回答：问题{n}" for n in range(5)]


async def test_each_effect_happens_once_however_often_updates_come_again() -> None:
    async with open_house() as house:
        people = [house.world.user(n) for n in (1, 2, 3)]
        for person in people:
            person.writes("你好")
            person.writes("第十条")
        copies = house.world.waiting * 5
        copies.reverse()
        house.world.repeat(copies)
        await house.ready()
        await house.deliver()
        for person in people:
            assert sorted(person.sees()) == ["回答：你好", "回答：第十条"]


async def test_a_redelivery_after_a_restart_changes_nothing() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("第十条")
        seen = house.world.waiting
        await ann.hears()
        house.world.repeat(seen)
        await house.ready()
        ann.writes("第十一条")
        assert await ann.hears() == "回答：第十一条"
        assert len(ann.sees()) == 2


async def test_unreachable_telegram_is_tried_until_it_answers() -> None:
    async with open_house(serve=False) as house:
        house.world.faults.next("getMe", network(httpx.ConnectError), gateway())
        house.world.faults.next(
            "getUpdates", network(httpx.ReadTimeout), gateway(), network(httpx.ConnectError)
        )
        ann = house.world.user(1)
        ann.writes("第十条")
        stop = asyncio.Event()
        running = asyncio.create_task(house.channel.run(stop))
        await _settled(house, 1)
        stop.set()
        await running
        assert [item.text for item in house.assistant.heard] == ["第十条"]


async def test_a_stop_while_telegram_is_unreachable_is_heard() -> None:
    async with open_house(serve=False) as house:
        house.world.faults.always("getMe", network(httpx.ConnectError))
        stop = asyncio.Event()
        running = asyncio.create_task(house.channel.run(stop))
        await asyncio.sleep(0.02)
        stop.set()
        assert await running is None


async def test_a_second_poller_is_named_and_nothing_is_answered_twice() -> None:
    async with open_house(serve=False) as house:
        stop = asyncio.Event()
        running = asyncio.create_task(house.channel.run(stop))
        await _arrived(house, "getUpdates")
        other = build_telegram(
            house.world.token, request=house.world.request, updates_request=house.world.request
        )
        await asyncio.gather(other.fetch(0, 0, ()), house.world._wake())
        with pytest.raises(ChannelError, match="another process"):
            await running


async def test_a_refused_token_is_named_without_being_told() -> None:
    async with open_house(serve=False) as house:
        house.world.token = "1:another"
        with pytest.raises(ChannelError, match="XIZE_TELEGRAM_TOKEN") as caught:
            await house.channel.run(asyncio.Event())
        assert "424242:" not in str(caught.value)
        assert caught.value.__cause__ is None


async def test_pushed_updates_are_answered_like_polled_ones() -> None:
    public = PublicAddress("https://xize.example/telegram", "a-secret")
    async with open_house(public) as house:
        ann = house.world.user(1)
        await _arrived(house, "setWebhook")
        ann.writes("第十条")
        assert house.channel.webhook is not None
        webhook = house.channel.webhook

        async def post(url: str, body: bytes, secret: str) -> int:
            assert url == public.url
            return await webhook.handle(body, secret)

        assert await house.world.push(post) == [200]
        assert await ann.hears() == "回答：第十条"
        assert not house.world.called("getUpdates")


@pytest.mark.parametrize(
    "public",
    [PublicAddress("http://xize.example/telegram", "s"), PublicAddress("https://xize.example", "a b")],
)
async def test_a_refused_webhook_is_named_without_its_secret(public: PublicAddress) -> None:
    async with open_house(public, serve=False) as house:
        with pytest.raises(ChannelError, match="XIZE_PUBLIC_URL") as caught:
            await house.channel.run(asyncio.Event())
        assert "a b" not in str(caught.value)


async def test_the_username_is_known_once_telegram_has_answered() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("你好")
        await ann.hears()
        assert house.channel.username == "XizeTestBot"


async def _settled(house: House, answers: int) -> None:
    async def heard() -> bool:
        return len(house.assistant.heard) >= answers

    await until(heard)


async def _arrived(house: House, method: str) -> None:
    async def called() -> bool:
        return bool(house.world.called(method))

    await until(called)
