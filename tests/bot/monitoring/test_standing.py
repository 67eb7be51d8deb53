"""The store's numbers are read before a scrape, seldom, and a store in trouble is a number too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import CollectorRegistry

from bot.app import load_sources
from bot.monitoring.standing import KEEP, Standing, rest_days_known_until
from storage.records import NewDelivery
from storage.store import Store
from tests.bot.talks import NOW


class Watch:
    """A standing with a clock that the test moves."""

    def __init__(self, store: Store) -> None:
        self.now: datetime = NOW
        self.registry = CollectorRegistry()
        self.standing = Standing(
            store, load_sources(), lambda: self.now, ZoneInfo("Asia/Shanghai"), self.registry
        )

    def value(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, labels)


async def _due(store: Store, key: str = "a") -> None:
    await store.enqueue([NewDelivery(key, "web:1", "reply", NOW - timedelta(minutes=2), {})])


async def test_the_queue_is_told_by_state_and_age(store: Store) -> None:
    await _due(store)
    watch = Watch(store)
    await watch.standing.refresh()

    assert watch.value("xize_store_up") == 1
    assert watch.value("xize_deliveries", state="pending") == 1
    assert watch.value("xize_deliveries", state="uncertain") == 0
    assert watch.value("xize_oldest_due_seconds") == 120


async def test_a_second_look_soon_after_does_not_ask_the_store(store: Store) -> None:
    watch = Watch(store)
    await watch.standing.refresh()
    await _due(store)
    await watch.standing.refresh()
    assert watch.value("xize_due_deliveries") == 0

    watch.now += KEEP
    await watch.standing.refresh()
    assert watch.value("xize_due_deliveries") == 1


async def test_a_store_that_is_away_is_told_as_such(store: Store) -> None:
    watch = Watch(store)
    await store.close()
    await watch.standing.refresh()

    assert watch.value("xize_store_up") == 0
    assert watch.value("xize_due_deliveries") is None


async def test_holiday_data_running_out_are_told_in_days(store: Store) -> None:
    watch = Watch(store)

    left = watch.value("xize_holiday_days_left")
    assert left is not None
    assert left >= 0


@pytest.mark.parametrize(
    ("known", "until"),
    [
        ({2026}, date(2026, 12, 31)),
        ({2026, 2027}, date(2027, 12, 31)),
        ({2026, 2028}, date(2026, 12, 31)),
        ({2025, 2027}, None),
        (set(), None),
    ],
)
def test_rest_days_are_known_up_to_the_first_gap(known: set[int], until: date | None) -> None:
    assert rest_days_known_until(known.__contains__, date(2026, 11, 23)) == until
