"""How the queue stands."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.reminders.sending import Ending, SendResult
from bot.reminders.status import read_status
from tests.bot.reminders.house import START, House, at
from tests.bot.reminders.test_dispatcher import reply


async def test_what_waits_what_is_due_and_what_comes(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    found = await read_status(house.store, at(14, 9, 1))
    assert (found.pending, found.due, found.oldest_due, found.next_24_hours) == (8, 1, at(14), 0)
    assert not found.is_late


async def test_uncertain_and_unreachable_are_counted(house: House) -> None:
    await house.found()
    house.sender.endings = [SendResult(Ending.UNCERTAIN)]
    await house.run(at(7))
    await house.store.contact_state("web:ann", "blocked")
    found = await read_status(house.store, at(7))
    assert (found.uncertain, found.unreachable) == (1, 1)


@pytest.mark.parametrize(("minutes", "late"), [(10, False), (45, True)])
async def test_what_waits_longer_than_a_storm_explains_is_late(
    house: House, minutes: int, late: bool
) -> None:
    await house.store.enqueue([reply()])
    found = await read_status(house.store, START + timedelta(minutes=minutes))
    assert found.is_late is late
    assert json.loads(json.dumps(found.as_json()))["late"] is late


async def test_a_storm_says_when_it_will_be_over(house: House) -> None:
    await house.store.enqueue([reply(f"r{n}", f"u{n}:0", f"web:{n}") for n in range(41)])
    assert (await read_status(house.store, START)).eta_seconds == 3
