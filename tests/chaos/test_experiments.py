"""The experiments, small: the same promises as in a full run."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chaos import experiments
from tests.chaos.burst import burst
from tests.chaos.outage import outage
from tests.chaos.sharing import sharing
from tests.chaos.week import live_through
from tests.fakes.telegram_errors import Faults, gateway, limited


async def test_killed_at_random_nothing_is_lost_silently_or_doubled_unmarked(tmp_path: Path) -> None:
    outcome = await experiments.kills(tmp_path, messages=40, times=3)
    assert outcome.kills > 0
    assert outcome.count.is_kept
    assert outcome.count.flagged <= 2 * outcome.kills  # a kill, and the marked repeat's
    assert outcome.count.still_waiting == 0


async def test_a_telegram_that_fails_at_random_loses_and_doubles_nothing(tmp_path: Path) -> None:
    outcome = await experiments.faults(tmp_path, messages=40)
    assert outcome.count.is_kept
    assert outcome.count.still_waiting == 0


async def test_stopped_under_load_it_ends_soon_and_leaves_nothing_uncertain(tmp_path: Path) -> None:
    outcome = await experiments.stop(tmp_path, messages=60)
    assert outcome.count.flagged == 0
    assert outcome.count.seen == 60


async def test_a_sender_held_past_its_lease_doubles_nothing(tmp_path: Path) -> None:
    outcome = await experiments.pause(tmp_path, messages=40)
    assert outcome.count.is_kept
    assert outcome.count.flagged <= 1


async def test_a_backup_put_back_sends_nothing_again_unmarked(tmp_path: Path) -> None:
    outcome = await experiments.restore(tmp_path, messages=12)
    assert outcome.is_kept
    assert (outcome.count.seen, outcome.count.marked_repeats, outcome.count.flagged) == (12, 0, 12)


async def test_an_outage_loses_nothing_and_ends_without_a_flood() -> None:
    outcome = await outage(chats=12)
    assert outcome.is_kept
    assert outcome.seen > 0


@pytest.mark.parametrize("pushed", [False, True])
async def test_killed_in_a_burst_the_service_answers_each_message_once(tmp_path: Path, pushed: bool) -> None:
    outcome = await burst(tmp_path, messages=10, times=1, pushed=pushed)
    assert outcome.is_kept, outcome
    assert outcome.kills == 1


async def test_senders_that_share_a_database_lose_and_double_nothing(tmp_path: Path) -> None:
    outcome = await sharing(tmp_path, messages=30, times=1, workers=2)
    assert outcome.is_kept
    assert outcome.kills == 2
    assert outcome.count.still_waiting == 0


async def test_a_week_brings_every_reminder_at_its_hour_once() -> None:
    week = await live_through(24)
    assert week.sent == week.expected > 24
    assert week.is_kept
    assert week.lived == timedelta(days=7)


async def test_a_week_broken_off_is_judged_by_what_was_lived() -> None:
    def interrupt(what: str, done: int, total: int) -> None:
        if what == "quarters of an hour" and done > total / 2:
            raise KeyboardInterrupt

    week = await live_through(24, progress=interrupt)
    assert timedelta(days=3) < week.lived < timedelta(days=4)
    assert 0 < week.expected < week.sent + 24
    assert week.is_kept


@pytest.mark.parametrize("seed", [1, 2])
def test_faults_come_with_their_probability(seed: int) -> None:
    faults = Faults()
    first, second = limited(1), gateway()
    faults.likely("sendMessage", random.Random(seed), (0.1, first), (0.2, second))
    drawn = [faults.take("sendMessage") for _ in range(5000)]
    assert 400 < drawn.count(first) < 600
    assert 850 < drawn.count(second) < 1150
    assert faults.take("getMe") is None
