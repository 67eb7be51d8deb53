"""What the machine interface is asked: checked by name and kind, answered by the rulebook."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import load_sources
from bot.channels.jsonl import LineError
from bot.channels.machine import EARLIEST, FARTHEST_LEAD, LATEST, as_now, checked, scheduled

TODAY = date(2026, 2, 10)


def test_today_counts_where_no_day_is_given_and_null_is_none() -> None:
    sources = load_sources()
    for line in (
        {"goal": "consultant-voluntary"},
        {"goal": "consultant-voluntary", "on": None, "facts": None},
    ):
        assert checked(sources, line, TODAY)["on"] == "2026-02-10"
    assert checked(sources, {"goal": "consultant-voluntary", "on": "2018-09-10"}, TODAY)["on"] == "2018-09-10"

    events = {"list_published": "2026-01-31"}
    by_clock = scheduled(sources, {"events": events}, TODAY)
    assert by_clock == scheduled(sources, {"events": events, "today": "2026-02-10"}, date(2030, 1, 1))


@given(st.dates(EARLIEST.date() + timedelta(days=1), LATEST.date() - timedelta(days=1)))
def test_days_can_be_counted_from_every_time_that_is_taken(day: date) -> None:
    assert as_now(f"{day}T00:00:00+08:00").date() == day
    answer = scheduled(load_sources(), {"events": {"list_published": day.isoformat()}, "leads": [30]}, day)

    assert "deadlines" in answer


@pytest.mark.parametrize(
    "text", ["1899-12-31T00:00:00Z", "9000-01-02T00:00:00Z", "2026-01-01T00:00:00", "soon"]
)
def test_a_time_that_cannot_be_counted_from_is_named(text: str) -> None:
    with pytest.raises(LineError, match="now"):
        as_now(text)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"leads": [FARTHEST_LEAD + 1]}, "out_of_range"),
        ({"leads": [True]}, "wrong_type"),
        ({"done": [1]}, "wrong_type"),
        ({"done": ["registration"]}, "unknown_deadline"),
        ({"done": ["round_x"]}, "unknown_deadline"),
        ({"noticed": {"report": "2026-02-30"}}, "no_such_day"),
        ({"noticed": {"report": 5}}, "no_such_day"),
        ({"events": {"nope": 1}}, "unknown_fact"),
        ({"event": {}}, "unknown_key"),
    ],
)
def test_what_cannot_be_scheduled_is_named(line: dict[str, object], code: str) -> None:
    with pytest.raises(LineError) as caught:
        scheduled(load_sources(), line, TODAY)

    assert caught.value.code == code
