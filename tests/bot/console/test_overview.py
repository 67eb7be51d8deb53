"""The first page tells what waits, what is stuck and what runs out."""

from __future__ import annotations

from datetime import timedelta

from bot.console.overview import versions
from tests.bot.console.house import (
    ConsoleHouse,
    Visitor,
    company_with_reminder,
    law_and_rules,
    lose_the_answer,
)


async def test_a_house_without_work_is_well(operator: Visitor) -> None:
    page = (await operator.get("/")).text
    assert "Sending works" in page
    assert "known until 2026-12-31" in page
    assert law_and_rules().rulebook.stamp.version in page


async def test_a_reminder_that_waits_too_long_is_told(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    house.now += timedelta(hours=2)
    page = (await operator.get("/")).text
    assert "has waited too long" in page
    assert "2026-11-23 08:55" in page  # since when, in the operators' time


async def test_uncertain_ones_are_counted_and_linked(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    await lose_the_answer(house.store)
    assert '<a href="/console/deliveries?state=uncertain">1</a>' in (await operator.get("/")).text


async def test_rest_days_that_run_out_are_told(house: ConsoleHouse, operator: Visitor) -> None:
    assert "running out" in (await operator.get("/")).text
    house.now -= timedelta(days=120)
    later = await house.operator()
    assert "running out" not in (await later.get("/")).text


def test_versions_name_the_rules_and_count_the_law() -> None:
    found = versions(law_and_rules())
    assert "@" in found.rulebook
    assert found.instruments > found.imported == 0
