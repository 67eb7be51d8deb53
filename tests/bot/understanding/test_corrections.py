from __future__ import annotations

from tests.bot.understanding.conftest import Read


def test_a_bare_correction_replaces_what_was_said_last(read: Read) -> None:
    (fact,) = read("不对，是5个", last_facts=("trained_auditors",), facts={"trained_auditors": 3}).facts
    assert (fact.name, fact.value, fact.correction) == ("trained_auditors", 5, True)


def test_the_denied_number_tells_which_fact(read: Read) -> None:
    held = {"degree_staff": 5, "trained_auditors": 3}
    (fact,) = read("不是3个，是4个", last_facts=tuple(held), facts=held).facts
    assert (fact.name, fact.value) == ("trained_auditors", 4)


def test_two_possible_facts_are_asked(read: Read) -> None:
    held = {"degree_staff": 4, "trained_auditors": 3}
    understanding = read("不对，是5个", last_facts=tuple(held), facts=held)
    assert not understanding.facts
    assert [doubt.options for doubt in understanding.doubts] == [("degree_staff", "trained_auditors")]


def test_points_are_corrected_as_people_are(read: Read) -> None:
    (fact,) = read("是89", last_facts=("acceptance_score",), facts={"acceptance_score": 79}).facts
    assert (fact.name, fact.value, fact.correction) == ("acceptance_score", 89, True)


def test_a_bare_figure_behind_two_is_no_correction(read: Read) -> None:
    held = {"degree_staff": 4, "trained_auditors": 3}
    assert not read("是5个", last_facts=tuple(held), facts=held).facts


def test_half_a_noun_tells_which_of_several_is_meant(read: Read) -> None:
    held = {"trained_auditors": 5, "post_certified_staff": 4}
    (fact,) = read("更正，持证的6个", last_facts=tuple(held), facts=held).facts
    assert (fact.name, fact.value) == ("trained_auditors", 6)


def test_a_corrected_day_of_several_moves_whether_it_counts(read: Read) -> None:
    held = {"penalty_dates": [{"from": "2024-01-01", "to": "2024-12-31"}], "penalty_within_three_years": True}
    facts = read("不对，是五年前", last_facts=tuple(held), facts=held, asked=("application_on",)).facts
    assert {fact.name: fact.value for fact in facts} == {
        "penalty_dates": [{"from": "2021-01-01", "to": "2021-12-31"}],
        "penalty_within_three_years": False,
    }
