"""Records come back from their rows as they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Delivery, Fact, Subscription
from storage.sql.tables import DELIVERY, FACT, PLAIN, SUBSCRIPTION, Shape, from_ticks, to_ticks

MOMENTS = st.datetimes(timezones=st.just(UTC))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(MOMENTS)
def test_moments_keep_every_microsecond(moment: datetime) -> None:
    assert from_ticks(to_ticks(moment)) == moment


def test_moments_of_any_zone_are_kept_as_utc() -> None:
    local = datetime(2030, 1, 1, 9, tzinfo=timezone(timedelta(hours=8)))
    assert from_ticks(to_ticks(local)) == local
    assert from_ticks(to_ticks(local)).tzinfo is UTC


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(TypeError):
        to_ticks(datetime(2030, 1, 1))  # noqa: DTZ001


@given(JSON, st.text(), MOMENTS)
def test_facts_round_trip(value: object, words: str, said_at: datetime) -> None:
    fact = Fact("c", "staff", value, words, said_at, "ann")
    assert Shape(FACT, PLAIN).load(Shape(FACT, PLAIN).dump(fact)) == fact


@given(st.none() | st.lists(st.integers(0, 400), max_size=5).map(tuple))
def test_leads_stay_a_tuple_or_none(leads: tuple[int, ...] | None) -> None:
    wish = Subscription("s", "ann", "c", leads=leads)
    assert Shape(SUBSCRIPTION, PLAIN).load(Shape(SUBSCRIPTION, PLAIN).dump(wish)) == wish


@given(
    st.builds(
        Delivery,
        due_at=MOMENTS,
        payload=st.dictionaries(st.text(), JSON, max_size=3),
        not_after=st.none() | MOMENTS,
        lease_until=st.none() | MOMENTS,
        next_try_at=st.none() | MOMENTS,
        sent_at=st.none() | MOMENTS,
    )
)
def test_deliveries_round_trip(delivery: Delivery) -> None:
    assert Shape(DELIVERY, PLAIN).load(Shape(DELIVERY, PLAIN).dump(delivery)) == delivery
