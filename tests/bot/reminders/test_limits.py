"""Budgets: never more than the rate, bursts as allowed, waits as asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.limits import Budget, Limits, Rate, is_group

NOW = datetime(2030, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def sends(limits: Limits, chats: list[str], seconds: int, *, is_reply: bool = False) -> list[tuple[int, str]]:
    """What goes out of a queue of chats, by hundredths of a second."""
    gone = []
    queue = list(chats)
    for tick in range(seconds * 100):
        now = NOW + tick * SECOND / 100
        ready = [chat for chat in queue if limits.ready_at(chat, now, is_reply=is_reply) <= now]
        if ready:
            limits.take(ready[0], now, is_reply=is_reply)
            queue.remove(ready[0])
            gone.append((tick, ready[0]))
    return gone


def peak(gone: list[tuple[int, str]], window: int) -> int:
    """The most sends in any window of so many hundredths."""
    ticks = [tick for tick, _ in gone]
    return max(sum(start <= tick < start + window for tick in ticks) for start in ticks)


def test_overall_no_second_holds_more_than_telegram_allows() -> None:
    gone = sends(Limits(), [f"telegram:{n}" for n in range(200)], 5, is_reply=True)
    assert peak(gone, 100) <= 30
    assert len(gone) >= 5 * 24


def test_reminders_leave_room_for_replies() -> None:
    limits = Limits()
    gone = sends(limits, [f"telegram:{n}" for n in range(200)], 3)
    assert peak(gone[10:], 100) <= 21
    at = NOW + 3 * SECOND
    assert limits.ready_at("telegram:new", at, is_reply=True) <= at


def test_one_chat_gets_a_small_burst_then_one_a_second() -> None:
    gone = sends(Limits(), ["telegram:1"] * 20, 6)
    assert [tick for tick, _ in gone][:4] == [0, 1, 2, 100]
    assert len(gone) == 8


def test_a_group_gets_no_more_than_its_minute_allows() -> None:
    gone = sends(Limits(), ["telegram:-1"] * 60, 61)
    assert peak(gone, 6000) <= 20


def test_a_chat_that_asked_to_wait_waits_and_the_others_do_not() -> None:
    limits = Limits()
    limits.asked_to_wait("telegram:1", NOW, NOW + 30 * SECOND)
    assert limits.ready_at("telegram:1", NOW, is_reply=True) == NOW + 30 * SECOND
    assert limits.ready_at("telegram:2", NOW, is_reply=True) <= NOW


def test_when_several_chats_are_told_to_wait_everybody_does() -> None:
    limits = Limits()
    for n in range(3):
        limits.asked_to_wait(f"telegram:{n}", NOW + n * SECOND, NOW + 40 * SECOND)
    assert limits.channel_ready_at(NOW + 3 * SECOND) == NOW + 40 * SECOND


def test_the_same_chat_told_thrice_stops_nobody_else() -> None:
    limits = Limits()
    for n in range(3):
        limits.asked_to_wait("telegram:1", NOW + n * SECOND, NOW + 40 * SECOND)
    assert limits.channel_ready_at(NOW + 3 * SECOND) <= NOW + 3 * SECOND


@given(st.lists(st.floats(0, 5), min_size=2, max_size=60), st.integers(1, 5))
def test_a_budget_holds_in_every_window(waits: list[float], burst: int) -> None:
    budget = Budget(Rate(10, SECOND, burst))
    now, gone = NOW, []
    for wait in waits:
        now = max(now + wait * SECOND / 10, budget.ready_at("", now))
        budget.take("", now)
        gone.append(now)
    for start in gone:
        within = sum(start <= moment < start + SECOND for moment in gone)
        assert within <= 10 + burst


def test_a_clock_set_back_blocks_nobody_for_long() -> None:
    budget = Budget(Rate(1, SECOND))
    budget.take("a", NOW + timedelta(hours=2))
    assert budget.ready_at("a", NOW) <= NOW + SECOND


def test_a_budget_forgets_chats_that_are_full_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reminders.limits._FORGET_ABOVE", 10)
    budget = Budget(Rate(1, SECOND))
    for n in range(100):
        budget.take(str(n), NOW + n * SECOND)
    assert len(budget._empty_until) < 15


@pytest.mark.parametrize(("chat", "group"), [("telegram:-100", True), ("telegram:1", False), ("web:-", True)])
def test_groups_have_negative_numbers(chat: str, *, group: bool) -> None:
    assert is_group(chat) is group
