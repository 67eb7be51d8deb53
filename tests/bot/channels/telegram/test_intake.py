import asyncio
from collections.abc import Sequence

import pytest

from bot.channels.telegram.intake import NOWHERE, Intake
from bot.channels.telegram.reading import Identity, Raw
from storage.errors import StoreError
from storage.records import Update
from tests.bot.channels.telegram.house import House, open_house


def _intake(house: House, rung: list[int]) -> Intake:
    intake = Intake(house.store, clock=lambda: house.now, notice=lambda kept: rung.append(len(kept)))
    intake.me = Identity(424242, "XizeTestBot")
    return intake


async def test_what_is_kept_rings_the_bell() -> None:
    async with open_house(serve=False) as house:
        rung: list[int] = []
        house.world.user(1).writes("第十条")
        await _intake(house, rung).keep(house.world.waiting)
        assert rung == [1]


async def test_what_is_none_of_our_business_leaves_no_trace() -> None:
    async with open_house(serve=False) as house:
        rung: list[int] = []
        house.world.group(-5).member(1).writes("今天中午吃什么")
        await _intake(house, rung).keep(house.world.waiting)
        assert await house.store.waiting() == []
        assert rung == []


async def test_before_the_bot_knows_its_name_everything_is_kept() -> None:
    async with open_house(serve=False) as house:
        intake = _intake(house, [])
        intake.me = None
        house.world.group(-5).member(1).writes("@XizeTestBot 第十条")
        await intake.keep(house.world.waiting)
        assert len(await house.store.waiting()) == 1


async def test_what_cannot_be_read_is_kept_for_an_operator_to_see() -> None:
    async with open_house(serve=False) as house:
        await _intake(house, []).keep([{"update_id": 5, "message": {"chat": 7}}])
        assert [item.chat for item in await house.store.waiting()] == [NOWHERE]


async def test_what_has_no_number_cannot_be_kept() -> None:
    async with open_house(serve=False) as house:
        rung: list[int] = []
        await _intake(house, rung).keep([{"message": {}}])
        assert rung == []


async def test_what_arrives_in_the_same_moment_is_kept_in_one_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_house(serve=False) as house:
        rung: list[int] = []
        intake = _intake(house, rung)
        for n in range(20):
            house.world.user(n + 1).writes("第十条")
        await asyncio.gather(*(intake.keep([raw]) for raw in house.world.waiting))
        assert rung == [20]
        assert len(await house.store.waiting()) == 20


async def test_one_that_cannot_be_kept_does_not_take_others_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_house(serve=False) as house:
        keep = house.store.receive

        async def refuse(updates: Sequence[Update]) -> int:
            if any(update.chat == "telegram:2" for update in updates):
                raise StoreError("no")
            return await keep(updates)

        monkeypatch.setattr(house.store, "receive", refuse)
        intake = _intake(house, [])
        for n in (1, 2, 3):
            house.world.user(n).writes("第十条")
        ended = await asyncio.gather(
            *(intake.keep([raw]) for raw in house.world.waiting), return_exceptions=True
        )
        assert [type(one) for one in ended] == [type(None), StoreError, type(None)]
        assert {item.chat for item in await house.store.waiting()} == {"telegram:1", "telegram:3"}


async def test_an_inline_query_is_asked_at_once_and_not_kept() -> None:
    async with open_house(serve=False) as house:
        asked: list[Raw] = []
        intake = Intake(house.store, clock=lambda: house.now, notice=lambda kept: None, ask=asked.append)
        house.world.user(1).asks_inline("第十条")
        await intake.keep(house.world.waiting)
        assert [query["query"] for query in asked] == ["第十条"]
        assert await house.store.waiting() == []
