"""Deliveries from the latest backwards, whatever their number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.console import browsing
from bot.console.browsing import latest
from storage.records import NewDelivery
from storage.store import Store
from tests.bot.console.house import NOW, ConsoleHouse


async def fill(store: Store, count: int, *, kind: str = "notice", start: int = 0) -> None:
    rows = [
        NewDelivery(f"n:{start + n}", f"web:{n}", kind, NOW + timedelta(days=1), {})  # type: ignore[arg-type]
        for n in range(count)
    ]
    await store.enqueue(rows)


async def pages(store: Store, state: str = "") -> list[list[int]]:
    found, before = [], None
    while True:
        page = await latest(store, state, before, NOW)
        found.append([delivery.id for delivery, _ in page.entries])
        before = page.older
        if before is None:
            return found


async def test_nothing_sent_is_an_empty_page(house: ConsoleHouse) -> None:
    assert await pages(house.store) == [[]]


@pytest.mark.parametrize("count", [1, 2, 49, 50, 51, 130])
async def test_every_delivery_is_met_once_the_latest_first(house: ConsoleHouse, count: int) -> None:
    await fill(house.store, count)
    met = [number for page in await pages(house.store) for number in page]
    assert met == list(range(count, 0, -1))


async def test_replies_are_not_shown(house: ConsoleHouse) -> None:
    await fill(house.store, 3, kind="reply")
    await fill(house.store, 1, start=10)
    assert await pages(house.store) == [[4]]


async def test_only_those_of_a_state_are_met(house: ConsoleHouse) -> None:
    await fill(house.store, 5)
    await house.store.skip([2, 4], "muted")
    assert await pages(house.store, "skipped") == [[4, 2]]
    assert await pages(house.store, "uncertain") == [[]]


async def test_a_look_that_finds_little_ends_and_can_be_taken_further(
    house: ConsoleHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "_WINDOW", 2)
    monkeypatch.setattr(browsing, "_MOST_WINDOWS", 2)
    await fill(house.store, 12)
    await house.store.skip([1], "muted")
    found = await pages(house.store, "skipped")
    assert [number for page in found for number in page] == [1]
    assert len(found) > 1
