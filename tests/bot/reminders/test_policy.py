"""Every ending has its consequence, and an uncertain one its fate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.reminders.policy import backoff, failing_for, fate, repeat, settlement
from bot.reminders.sending import Ending, SendResult
from storage.records import Delivery, DeliveryKind

NOW = datetime(2030, 1, 2, tzinfo=UTC)


def row(kind: DeliveryKind = "lead", *, age: timedelta = timedelta(), **fields: object) -> Delivery:
    """A delivery under way."""
    given = {"payload": {}, **fields}
    return Delivery("k", "web:ann", kind, NOW - age, **given)  # type: ignore[arg-type]


def middle() -> float:
    """No spread."""
    return 0.5


@pytest.mark.parametrize(
    ("ending", "state", "counted"),
    [
        (Ending.SENT, "sent", True),
        (Ending.UNCERTAIN, "uncertain", True),
        (Ending.NOT_SENT, "pending", True),
        (Ending.LIMITED, "pending", False),
        (Ending.MOVED, "pending", False),
        (Ending.MISCONFIGURED, "pending", False),
        (Ending.BLOCKED, "skipped", True),
        (Ending.GONE, "skipped", True),
        (Ending.REFUSED, "skipped", True),
    ],
)
def test_every_ending_is_settled(ending: Ending, state: str, *, counted: bool) -> None:
    settled = settlement(row(), SendResult(ending), NOW, middle)
    assert (settled.state, settled.counted) == (state, counted)


def test_waiting_lasts_at_least_as_long_as_asked() -> None:
    for jitter in (lambda: 0.0, lambda: 1.0):
        settled = settlement(row(), SendResult(Ending.LIMITED, retry_after=30), NOW, jitter)
        assert settled.retry_at is not None
        assert settled.retry_at >= NOW + timedelta(seconds=30)


def test_waits_double_up_to_five_minutes() -> None:
    waits = [backoff(attempts, middle).total_seconds() for attempts in range(12)]
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == 300
    assert backoff(3, lambda: 0.0).total_seconds() == pytest.approx(6.4)
    assert backoff(3, lambda: 1.0).total_seconds() == pytest.approx(9.6)


@pytest.mark.parametrize("waiting", [timedelta(), timedelta(days=3)])
def test_only_failures_over_a_long_time_give_up_however_long_it_was_due(waiting: timedelta) -> None:
    few, many = 8, next(count for count in range(1_000) if failing_for(count) >= timedelta(hours=24))
    for attempts, state in ((few, "pending"), (many - 2, "pending"), (many, "skipped")):
        failed = row(age=waiting, attempts=attempts)
        assert settlement(failed, SendResult(Ending.NOT_SENT), NOW, middle).state == state


@pytest.mark.parametrize(
    ("delivery", "what"),
    [
        (row("lead", lead=30), "held"),
        (row("lead", lead=3), "held"),
        (row("lead", lead=1), "repeat"),
        (row("lead", lead=0), "repeat"),
        (row("overdue", lead=-3), "repeat"),
        (row("escalation"), "repeat"),
        (row("snooze", lead=5), "repeat"),
        (row("notice"), "held"),
        (replace(row("overdue"), reason="restored"), "held"),
        (row("notice", payload={"about": "moved"}), "repeat"),
        (row("reply", age=timedelta(seconds=95)), "repeat"),
        (row("reply", age=timedelta(seconds=130)), "held"),
        (row("lead", lead=0, repeat_of=1), "held"),
        (row("lead", lead=0, not_after=NOW), "held"),
    ],
)
def test_what_becomes_of_an_uncertain_delivery(delivery: Delivery, what: str) -> None:
    assert fate(delivery, NOW) == what


def test_a_repeat_names_what_it_repeats_and_can_only_be_made_once() -> None:
    again = repeat(row("lead", lead=0, id=7, revision=2), NOW)
    assert (again.repeat_of, again.dedupe_key, again.revision, again.lead) == (7, "k:repeat", 2, 0)
