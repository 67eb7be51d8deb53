"""Which check a talk is about, from the strongest sign to the weakest; none is guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.skills import goals
from bot.subjects import subjects
from bot.taps import parse_tap
from bot.turn import Turn
from tests.bot.talks import turn

CONSULTANT = ("consultant-voluntary", "consultant-mandatory")


def _read(desk: Turn, **fields: object) -> Turn:
    desk.read = replace(desk.read, **fields)  # type: ignore[arg-type]
    return desk


def test_nothing_said_is_no_check() -> None:
    assert goals.in_play(turn()) == ()


def test_a_tap_names_its_goal_whatever_else_is_in_play() -> None:
    desk = turn(route="consultant")
    desk.tap = parse_tap("goal:municipal-acceptance")

    assert goals.in_play(desk) == ("municipal-acceptance",)


def test_a_tap_for_a_goal_that_does_not_exist_is_no_check() -> None:
    desk = turn()
    desk.tap = parse_tap("goal:nope")

    assert goals.in_play(desk) == ()


def test_the_goal_that_the_message_names_wins_over_the_one_in_play() -> None:
    desk = _read(turn(), goals=("municipal-acceptance",))
    desk.session.goals = CONSULTANT

    assert goals.in_play(desk) == ("municipal-acceptance",)


def test_a_name_that_is_no_goal_is_passed_over() -> None:
    assert goals.in_play(_read(turn(), goals=("nope", "municipal-acceptance"))) == ("municipal-acceptance",)


def test_a_route_alone_leaves_both_kinds_open_and_a_kind_closes_them() -> None:
    assert goals.in_play(turn(route="consultant")) == CONSULTANT
    assert goals.in_play(turn(route="consultant", audit_kind="mandatory")) == CONSULTANT[1:]


def test_the_kind_that_the_question_is_about_wins_over_the_kind_noted() -> None:
    desk = _read(turn(route="consultant", audit_kind="voluntary"), audit_kind="mandatory")

    assert goals.in_play(desk) == CONSULTANT[1:]


def test_the_check_in_play_goes_on() -> None:
    desk = turn()
    desk.session.goals = CONSULTANT[1:]

    assert goals.in_play(desk) == CONSULTANT[1:]


def test_the_kind_stays_when_the_route_changes() -> None:
    desk = turn(route="self")
    desk.session.goals = CONSULTANT[1:]

    assert goals.in_play(desk) == ("self-audit-mandatory",)


def test_facts_that_belong_to_one_subject_alone_choose_it() -> None:
    assert goals.in_play(turn(testing_equipment=True)) == ("self-audit-voluntary", "self-audit-mandatory")


def test_facts_that_several_subjects_share_choose_none() -> None:
    assert goals.in_play(turn(trained_auditors=4)) == ()


@pytest.mark.parametrize("goal", sorted({goal for subject in subjects() for goal in subject.goals}))
def test_other_checks_are_other_and_exist(goal: str) -> None:
    desk = turn()
    offered = goals.others(goal)

    assert goal not in offered
    assert set(offered) <= set(desk.sources.rulebook.goals)
    assert len(offered) == len(set(offered))


def test_a_goal_of_no_subject_leads_nowhere_else() -> None:
    assert goals.others("nope") == ()


def test_kinds_differ_when_verdict_or_open_facts_do() -> None:
    desk = turn(trained_auditors=3)
    book = desk.sources.rulebook
    same = [book.check(goal, desk.facts, desk.today) for goal in CONSULTANT]
    other = book.check("municipal-acceptance", desk.facts, desk.today)

    assert not goals.differ(same)
    assert not goals.differ(same[:1])
    assert goals.differ([same[0], other])
