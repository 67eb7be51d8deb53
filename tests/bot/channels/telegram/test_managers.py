"""Who decides for a group: asked of Telegram, remembered for a minute, refused where nobody can vouch."""

from datetime import datetime, timedelta

import httpx
import pytest

from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.managers import REMEMBERED, Managers
from bot.channels.telegram.reading import Origin
from tests.bot.channels.telegram.house import NOW
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_errors import network

GROUP = "telegram:-5"


class Square:
    """A group, its administrator 1 and a clock."""

    def __init__(self) -> None:
        self.now: datetime = NOW
        self.world = FakeTelegram()
        self.group = self.world.group(-5)
        self.group.appoints(1)
        bot = build_telegram(self.world.token, request=self.world.request, updates_request=self.world.request)
        self.managers = Managers(bot, lambda: self.now)

    async def manages(self, sender: str | None, **more: bool) -> bool:
        return await self.managers.may_manage(GROUP, Origin(sender, in_group=True, **more))

    @property
    def asked(self) -> int:
        return len(self.world.called("getChatMember"))


@pytest.fixture
def square() -> Square:
    return Square()


async def test_administrators_do_and_members_do_not(square: Square) -> None:
    assert await square.manages("1")
    assert not await square.manages("2")


async def test_everybody_decides_for_their_own_chat(square: Square) -> None:
    assert await square.managers.may_manage("telegram:9", Origin("9"))
    assert square.asked == 0


async def test_who_speaks_as_the_group_is_an_administrator(square: Square) -> None:
    assert await square.manages("1087968824", is_chat=True)


async def test_an_unknown_sender_decides_nothing(square: Square) -> None:
    assert not await square.manages(None)


async def test_the_answer_is_remembered_for_a_moment_only(square: Square) -> None:
    for _ in range(5):
        assert await square.manages("1")
    assert square.asked == 1
    square.group.chat.administrators.clear()
    square.now += REMEMBERED - timedelta(seconds=1)
    assert await square.manages("1")
    square.now += timedelta(seconds=1)
    assert not await square.manages("1")


async def test_when_telegram_cannot_be_asked_nobody_decides(
    square: Square, caplog: pytest.LogCaptureFixture
) -> None:
    square.world.faults.next("getChatMember", network(httpx.ReadTimeout))
    assert not await square.manages("1")
    assert "could not be asked" in caplog.text
    square.now += REMEMBERED
    assert await square.manages("1")
