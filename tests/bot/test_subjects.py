"""What can be checked, by route and by kind of audit, as the lexicon's table says."""

from __future__ import annotations

import pytest

from bot.app import load_sources
from bot.subjects import KINDS, Subject, subject_for_route, subject_of, subjects

EITHER = Subject("either", "self", True, {"voluntary": "a", "mandatory": "b"})
SAME = Subject("same", None, True, {"voluntary": "c", "mandatory": "c"})


@pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.name)
def test_every_subject_names_goals_that_the_rulebook_knows(subject: Subject) -> None:
    assert set(subject.by_kind) == set(KINDS)
    assert set(subject.goals) <= set(load_sources().rulebook.goals)


def test_every_goal_of_the_rulebook_belongs_to_a_subject() -> None:
    for goal in load_sources().rulebook.goals:
        found = subject_of(goal)
        assert found is not None, goal
        assert goal in found.goals


def test_a_kind_narrows_a_subject_to_its_goal_and_an_open_kind_leaves_all() -> None:
    assert EITHER.narrowed("mandatory") == ("b",)
    assert EITHER.narrowed(None) == ("a", "b")
    assert EITHER.narrowed("sometimes") == ("a", "b")


def test_a_goal_that_both_kinds_share_is_named_once() -> None:
    assert SAME.goals == ("c",)
    assert SAME.narrowed(None) == ("c",)


@pytest.mark.parametrize("route", ["self", "consultant"])
def test_a_bare_route_means_its_principal_subject(route: str) -> None:
    found = subject_for_route(route)

    assert found is not None
    assert (found.route, found.principal) == (route, True)


def test_no_subject_for_a_route_or_goal_that_is_none() -> None:
    assert subject_for_route("by-air") is None
    assert subject_of("no-such-goal") is None
