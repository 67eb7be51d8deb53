import asyncio
import logging

import pytest

from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.reading import Identity
from bot.roles import LEASE, Role
from storage.errors import StoreUnavailable
from storage.store import Store
from tests.bot.channels.telegram.house import House, open_house, until
from tests.fakes.telegram_errors import answers, garbage, gateway, limited


def _poller(house: House, store: Store) -> Poller:
    intake = Intake(store, clock=lambda: house.now, notice=lambda kept: None)
    intake.me = Identity(424242, "XizeTestBot")
    return Poller(house.bot, store, intake, clock=lambda: house.now, wait=1, steps=(0.001,))


async def _poll(house: House, poller: Poller, kept: int) -> None:
    """Poll until so many updates are kept."""
    await house.bot.initialize()
    stop = asyncio.Event()
    running = asyncio.create_task(poller.run(stop))

    async def all_kept() -> bool:
        return len(await house.store.waiting()) >= kept and not house.world.waiting

    await until(all_kept)
    stop.set()
    await running


async def test_a_batch_is_acknowledged_only_after_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_house(serve=False) as house:
        receive, failures = house.store.receive, iter([StoreUnavailable("disk full")] * 3)
        kept_before: list[int] = []

        async def shaky(updates: object) -> int:
            kept_before.append(len(house.world.waiting))
            for failure in failures:
                raise failure
            return await receive(updates)  # type: ignore[arg-type]

        monkeypatch.setattr(house.store, "receive", shaky)
        for n in range(3):
            house.world.user(1).writes(f"{n}")
        await _poll(house, _poller(house, house.store), kept=3)
        assert kept_before == [3, 3, 3, 3]
        offsets = [call.get("offset") for call in house.world.called("getUpdates")]
        assert offsets[:4] == [None] * 4
        assert offsets[4] == "1004"


async def test_after_a_restart_polling_goes_on_behind_the_last_kept_update() -> None:
    async with open_house(serve=False) as house:
        house.world.user(1).writes("一")
        await _poll(house, _poller(house, house.store), kept=1)
        house.world.calls.clear()
        house.world.user(1).writes("二")
        await _poll(house, _poller(house, house.store), kept=2)
        assert house.world.called("getUpdates")[0]["offset"] == "1002"


async def test_more_than_a_batch_comes_in_order() -> None:
    async with open_house(serve=False) as house:
        for n in range(250):
            house.world.user(1).writes(f"{n}")
        await _poll(house, _poller(house, house.store), kept=100)
        kept = await house.store.waiting(1000)
        assert [update.raw["message"]["text"] for update in kept] == [f"{n}" for n in range(250)]


async def test_trouble_on_the_way_is_outlived_and_told_without_the_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with open_house(serve=False) as house:
        logging.getLogger("telegram").setLevel(logging.CRITICAL)
        house.world.faults.next("getUpdates", gateway(502), garbage(), garbage(b"{}"), limited(0))
        house.world.user(1).writes("一")
        with caplog.at_level(logging.WARNING, logger="bot"):
            await _poll(house, _poller(house, house.store), kept=1)
        assert caplog.text.count("fetching updates failed") == 4
        assert house.world.token not in caplog.text


async def test_only_the_kinds_we_read_are_asked_for() -> None:
    async with open_house(serve=False) as house:
        house.world.happen("poll", {"id": "1"})
        house.world.user(1).writes("一")
        await _poll(house, _poller(house, house.store), kept=1)
        assert "poll" not in house.world.called("getUpdates")[0]["allowed_updates"]


def _elected(house: House, role: Role) -> Poller:
    intake = Intake(house.store, clock=lambda: house.now, notice=lambda kept: None)
    intake.me = Identity(424242, "XizeTestBot")
    role.wait = 0.01
    return Poller(house.bot, house.store, intake, clock=lambda: house.now, role=role, steps=(0.001,))


async def test_of_two_processes_one_polls_and_the_other_takes_over(caplog: pytest.LogCaptureFixture) -> None:
    async with open_house(serve=False) as house:
        await house.bot.initialize()
        first, second = (Role(house.store, "poller", name) for name in "ab")
        stops = asyncio.Event(), asyncio.Event()
        pollers = [
            asyncio.create_task(_elected(house, role).run(stop))
            for role, stop in zip((first, second), stops, strict=True)
        ]
        house.world.user(1).writes("一")

        async def kept(count: int) -> bool:
            return len(await house.store.waiting()) == count

        await until(lambda: kept(1))
        assert await first.held(house.now) != await second.held(house.now)
        leader = 0 if await first.held(house.now) else 1
        stops[leader].set()
        await pollers[leader]
        house.now += LEASE
        house.world.user(1).writes("二")
        await until(lambda: kept(2))
        stops[1 - leader].set()
        await pollers[1 - leader]


async def test_a_poller_that_met_another_waits_for_its_turn(caplog: pytest.LogCaptureFixture) -> None:
    async with open_house(serve=False) as house:
        await house.bot.initialize()
        house.world.faults.next(
            "getUpdates", answers(409, "Conflict: terminated by other getUpdates request")
        )
        stop = asyncio.Event()
        running = asyncio.create_task(_elected(house, Role(house.store, "poller", "a")).run(stop))
        house.world.user(1).writes("一")

        async def kept() -> bool:
            return bool(await house.store.waiting())

        await until(kept)
        stop.set()
        await running
