"""The rulebook as other rooms call it."""

from datetime import date
from pathlib import Path

import pytest

from rules_engine.errors import NotInForce, UnknownFact, UnknownGoal
from rules_engine.loader import load
from rules_engine.model import ScheduleRequest, Verdict
from rules_engine.rulebook import Rulebook
from tests.rules_engine.toy import DAY, write


@pytest.fixture
def pool(tmp_path: Path) -> Rulebook:
    return load(write(tmp_path))


def test_the_day_picks_the_figure(pool: Rulebook) -> None:
    assert pool.parameter("lifeguards_needed", date(2009, 12, 31)) == 1
    assert pool.parameter("lifeguards_needed", date(2010, 1, 1)) == 2
    row = pool.check("open-pool", {"lifeguards": 1}, date(2010, 1, 1)).requirements[0]
    assert (row.required, row.given, row.since) == (2, 1, date(2010, 1, 1))


def test_a_day_without_rules_is_not_judged_by_the_nearest(pool: Rulebook) -> None:
    result = pool.check("open-pool", {"lifeguards": 9, "first_aid": True}, date(1999, 12, 31))
    assert (result.verdict, result.requirements, result.missing, result.fixes) == (
        Verdict.UNKNOWN,
        (),
        (),
        (),
    )
    assert "No rule in force" in result.notes[0].en
    assert not pool.in_force("open-pool", date(1999, 12, 31))
    with pytest.raises(NotInForce):
        pool.parameter("lifeguards_needed", date(1999, 12, 31))


def test_unknown_names_are_told_with_near_ones(pool: Rulebook) -> None:
    with pytest.raises(UnknownGoal, match="open-pool"):
        pool.check("open-pol", {}, DAY)
    with pytest.raises(UnknownFact, match="lifeguards"):
        pool.check("open-pool", {"lifeguard": 1}, DAY)
    with pytest.raises(UnknownFact):
        pool.schedule(ScheduleRequest({"nothing": 1}, DAY))
    with pytest.raises(KeyError):
        pool.parameter("nothing", DAY)


def test_what_if_changes_nothing(pool: Rulebook) -> None:
    facts = {"lifeguards": 1, "first_aid": True}
    now, then = pool.what_if("open-pool", facts, {"lifeguards": 2}, DAY)
    assert (now.verdict, then.verdict) == (Verdict.FAIL, Verdict.PASS)
    assert facts == {"lifeguards": 1, "first_aid": True}


def test_what_if_can_take_a_fact_away(pool: Rulebook) -> None:
    _, then = pool.what_if("open-pool", {"lifeguards": 2, "first_aid": True}, {"first_aid": None}, DAY)
    assert then.missing == ("first_aid",)


def test_diff_shows_two_days_side_by_side(pool: Rulebook) -> None:
    sides = [("open-pool", date(2005, 1, 1)), ("open-pool", DAY)]
    found = pool.diff(sides, {"lifeguards": 1, "first_aid": True})
    assert [side.verdict for side in found.sides] == [Verdict.PASS, Verdict.FAIL]
    assert found.demands == {"lifeguards": (1, 2), "first_aid": (True, True)}


def test_accept_tells_what_may_be_kept(pool: Rulebook) -> None:
    accepted = pool.accept({"lifeguards": {"min": 1}, "staff": -2, "opened": "2020-02-30"})
    assert set(accepted.values) == {"lifeguards"}
    assert set(accepted.rejected) == {"staff", "opened"}


def test_something_rejected_that_the_goal_can_use_leaves_the_verdict_open(pool: Rulebook) -> None:
    result = pool.check("open-pool", {"lifeguards": 2, "first_aid": True, "staff": -1}, DAY)
    assert (result.verdict, result.missing) == (Verdict.UNKNOWN, ("staff",))
    other = pool.check("open-pool", {"lifeguards": 2, "first_aid": True, "opened": "x"}, DAY)
    assert (other.verdict, set(other.rejected)) == (Verdict.PASS, {"opened"})


def test_every_result_names_its_rulebook(pool: Rulebook) -> None:
    stamp = pool.check("open-pool", {}, DAY).as_json()["rulebook"]
    assert stamp == {"id": "pool", "version": "1", "sha256": pool.stamp.sha256}


def test_workdays_fall_back_on_the_week_where_no_arrangement_is_known(pool: Rulebook) -> None:
    assert pool.is_workday(date(2026, 2, 28))
    assert not pool.is_workday(date(2026, 2, 16))
    assert pool.is_workday(date(2031, 1, 6))
    assert not pool.is_workday(date(2031, 1, 5))


def test_outcomes_alone_are_had_fast(pool: Rulebook) -> None:
    assert pool.decide("open-pool", {"lifeguards": 3}, DAY) == (True, None)


def test_a_provision_names_the_goals_that_rest_on_it_or_on_a_part_of_it(pool: Rulebook) -> None:
    goal, (ref, *_) = next((name, goal.citations) for name, goal in pool.goals.items() if goal.citations)

    assert goal in pool.applying(ref)
    assert goal in pool.applying(ref.partition("#")[0])
    assert pool.applying("no-such-instrument#art_1") == ()
