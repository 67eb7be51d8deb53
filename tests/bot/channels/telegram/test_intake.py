from bot.channels.telegram.intake import NOWHERE, Intake
from bot.channels.telegram.reading import Identity
from tests.bot.channels.telegram.house import House, open_house


def _intake(house: House, rung: list[int]) -> Intake:
    intake = Intake(house.store, clock=lambda: house.now, notice=lambda: rung.append(1))
    intake.me = Identity(424242, "XizeTestBot")
    return intake


async def test_what_is_kept_rings_the_bell() -> None:
    async with open_house(serve=False) as house:
        rung: list[int] = []
        house.world.user(1).writes("第十条")
        assert await _intake(house, rung).keep(house.world.waiting) == 1
        assert rung == [1]


async def test_what_is_none_of_our_business_leaves_no_trace() -> None:
    async with open_house(serve=False) as house:
        rung: list[int] = []
        house.world.group(-5).member(1).writes("今天中午吃什么")
        assert await _intake(house, rung).keep(house.world.waiting) == 0
        assert await house.store.waiting() == []
        assert rung == []


async def test_before_the_bot_knows_its_name_everything_is_kept() -> None:
    async with open_house(serve=False) as house:
        intake = _intake(house, [])
        intake.me = None
        house.world.group(-5).member(1).writes("@XizeTestBot 第十条")
        assert await intake.keep(house.world.waiting) == 1


async def test_what_cannot_be_read_is_kept_for_an_operator_to_see() -> None:
    async with open_house(serve=False) as house:
        assert await _intake(house, []).keep([{"update_id": 5, "message": {"chat": 7}}]) == 1
        assert [item.chat for item in await house.store.waiting()] == [NOWHERE]


async def test_what_has_no_number_cannot_be_kept() -> None:
    async with open_house(serve=False) as house:
        assert await _intake(house, []).keep([{"message": {}}]) == 0
