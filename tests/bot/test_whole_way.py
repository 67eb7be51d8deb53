"""From a published list to a reminder that arrives once, on the web page and in Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

import pytest

from bot.messages import Reply
from tests.bot.whole_house import WholeHouse, open_whole_house

LISTED = "我们上了强制审核名单，2026年11月20日发布的"
REMIND = "到期前提醒我"
FIRST_DUE = "登录服务平台注册"  # what the reminders in these tests are about


@pytest.fixture
async def house() -> AsyncIterator[WholeHouse]:
    async with open_whole_house() as house:
        yield house


class Person(Protocol):
    """Somebody who talks to us, on either channel."""

    async def writes(self, text: str) -> None: ...

    async def taps(self, label: str) -> None: ...

    async def sees(self) -> list[str]: ...


class WebVisitor:
    """A person at the web page."""

    def __init__(self, house: WholeHouse) -> None:
        self._house = house
        self.reply: Reply | None = None

    async def writes(self, text: str) -> None:
        self.reply = await self._house.says("web:a", text)

    async def taps(self, label: str) -> None:
        buttons = await self._house.buttons("web:a")
        tap = next(item.tap for item in buttons if item.label == label)
        self.reply = await self._house.says("web:a", tap=tap)

    async def sees(self) -> list[str]:
        return await self._house.page("web:a")


class TelegramUser:
    """A person in Telegram."""

    def __init__(self, house: WholeHouse) -> None:
        self._house = house
        self._user = house.world.user(1)

    async def writes(self, text: str) -> None:
        self._user.writes(text)
        await self._house.answered()

    async def taps(self, label: str) -> None:
        self._user.taps(label)
        await self._house.answered()

    async def sees(self) -> list[str]:
        return self._user.sees()


@pytest.fixture(params=[WebVisitor, TelegramUser])
async def person(request: pytest.FixtureRequest, house: WholeHouse) -> Person:
    person: Person = request.param(house)
    await person.writes(LISTED)
    await person.writes(REMIND)
    return person


async def _reminders(person: Person) -> list[str]:
    first_lines = [text.splitlines()[0] for text in await person.sees()]
    return [line for line in first_lines if FIRST_DUE in line and line.startswith(("还有", "今天", "已过"))]


async def test_a_reminder_arrives_exactly_once_on_its_day(house: WholeHouse, person: Person) -> None:
    await house.passes(days=12)
    assert await _reminders(person) == []

    await house.passes(days=1)  # 6 December, 14 days before
    assert len(await _reminders(person)) == 1
    await house.passes(hours=20)
    assert len(await _reminders(person)) == 1


async def test_the_reminder_says_what_is_due_when_and_by_which_clause(
    house: WholeHouse, person: Person
) -> None:
    await house.passes(days=13)

    reminder = (await person.sees())[-1]
    assert "14 天" in reminder.splitlines()[0]
    assert "2026年12月20日" in reminder
    assert "第十七条" in reminder


async def test_done_under_the_reminder_stops_it(house: WholeHouse, person: Person) -> None:
    await house.passes(days=13)
    await person.taps("已完成")
    await house.passes(days=15)

    assert len(await _reminders(person)) == 1


async def test_snooze_brings_the_reminder_back_tomorrow(house: WholeHouse, person: Person) -> None:
    await house.passes(days=13)
    await person.taps("明天再提醒")

    await house.passes(hours=22)
    assert len(await _reminders(person)) == 1
    await house.passes(hours=4)
    assert len(await _reminders(person)) == 2


async def test_a_second_press_changes_nothing(house: WholeHouse, person: Person) -> None:
    await house.passes(days=13)
    await person.taps("明天再提醒")
    await person.taps("明天再提醒")

    await house.passes(days=2)
    assert len(await _reminders(person)) == 2


async def test_a_company_without_dates_is_asked_for_one_and_then_subscribed(house: WholeHouse) -> None:
    asked = await house.says("web:a", REMIND)
    assert asked.asks == ("list_published",)

    subscribed = await house.says("web:a", "2026年11月20日")

    assert subscribed.reminders.active == ("register", "start_audit", "report")
    assert subscribed.reminders.leads == (30, 14, 7, 3, 1, 0)


async def test_two_chats_know_nothing_of_each_other(house: WholeHouse, person: Person) -> None:
    other = await house.says("web:b", "我的提醒")

    assert other.schedule is None
    assert other.facts == {}
    assert other.reminders.active == ()
