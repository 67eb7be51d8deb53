"""A clock that is set while reminders run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.reminders.clock import ClockGuard

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


class Hands:
    """A wall clock and the time that truly passes."""

    def __init__(self) -> None:
        self.wall = NOON
        self.steady = 0.0
        self.guard = ClockGuard(lambda: self.wall, lambda: self.steady)

    def after(self, seconds: float, *, jump: timedelta = timedelta()) -> datetime | None:
        """The reading after some true seconds and a jump."""
        self.steady += seconds
        self.wall += timedelta(seconds=seconds) + jump
        return self.guard.read()


def test_time_that_passes_is_believed() -> None:
    hands = Hands()
    assert hands.after(5) == NOON + timedelta(seconds=5)
    assert hands.after(86_400) == NOON + timedelta(seconds=86_405)


def test_a_day_ahead_for_a_minute_changes_nothing() -> None:
    hands = Hands()
    assert hands.after(1, jump=timedelta(days=1)) is None
    assert hands.after(59) is None
    assert hands.after(1, jump=-timedelta(days=1)) == NOON + timedelta(seconds=61)
    assert hands.after(1) == NOON + timedelta(seconds=62)


def test_a_step_ahead_that_lasts_is_believed() -> None:
    hands = Hands()
    assert hands.after(1, jump=timedelta(hours=8)) is None
    later = NOON + timedelta(hours=8, seconds=122)
    assert hands.after(121) == later
    assert hands.after(1) == later + timedelta(seconds=1)


def test_a_small_correction_ahead_is_believed_at_once() -> None:
    assert Hands().after(1, jump=timedelta(minutes=5)) == NOON + timedelta(minutes=5, seconds=1)


def test_time_stands_still_while_the_clock_is_behind_then_goes_on_from_there() -> None:
    hands = Hands()
    assert hands.after(1, jump=-timedelta(hours=2)) == NOON
    assert hands.after(200) == NOON
    assert hands.after(110) == NOON - timedelta(hours=2) + timedelta(seconds=311)


def test_a_clock_that_comes_back_soon_is_as_if_nothing_had_been() -> None:
    hands = Hands()
    assert hands.after(1, jump=-timedelta(hours=2)) == NOON
    assert hands.after(1, jump=timedelta(hours=2)) == NOON + timedelta(seconds=2)


def test_a_tiny_step_back_never_shows() -> None:
    hands = Hands()
    assert hands.after(0, jump=-timedelta(seconds=2)) == NOON
