from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.limits import Buckets, Rate
from tests.bot.channels.web.house import NOW


def test_a_burst_passes_then_one_at_a_time() -> None:
    buckets = Buckets(Rate(burst=3, per_second=0.5))
    assert [buckets.take("a", NOW) for _ in range(4)] == [0.0, 0.0, 0.0, 2.0]
    assert buckets.take("b", NOW) == 0.0
    assert buckets.take("a", NOW + timedelta(seconds=2)) == 0.0
    assert buckets.take("a", NOW + timedelta(seconds=2)) > 0


@given(st.lists(st.integers(-5, 20), max_size=60))
def test_no_more_pass_than_the_rate_allows_even_when_the_clock_steps_back(steps: list[int]) -> None:
    buckets = Buckets(Rate(burst=5, per_second=1))
    moment, forward, passed = NOW, 0, 0
    for step in steps:
        moment += timedelta(seconds=step)
        forward += max(0, step)
        passed += buckets.take("a", moment) == 0.0
    assert passed <= 5 + forward


def test_memory_is_bounded() -> None:
    buckets = Buckets(Rate(1, 0.1), keep=2)
    for key in ("a", "b", "c"):
        buckets.take(key, NOW)
    assert buckets.take("c", NOW) > 0
    assert buckets.take("a", NOW) == 0.0  # forgotten, so it starts anew
