"""Facts are completed, held against each other and bounded."""

from datetime import date

from rules_engine.loader import load
from rules_engine.model import Interval
from rules_engine.situation import Situation, settle

RULES = load().rules
ON = date(2026, 11, 23)


def settled(**facts: object) -> Situation:
    return settle(RULES, facts, ON)


def test_both_sides_of_a_contradiction_are_refused() -> None:
    found = settled(trained_auditors=5, total_staff=4, degree_staff=3)
    assert set(found.rejected) == {"trained_auditors", "total_staff"}
    assert found.stated == {"degree_staff": 3}


def test_a_computed_side_is_told_by_what_it_was_computed_from() -> None:
    found = settled(insurance_months=[13, 14, 15], total_staff=2)
    assert set(found.rejected) == {"insurance_months", "total_staff"}


def test_loose_values_contradict_only_when_they_surely_do() -> None:
    assert not settled(trained_auditors={"min": 3}, total_staff=4).rejected
    assert set(settled(trained_auditors={"min": 5}, total_staff=4).rejected) == {
        "trained_auditors",
        "total_staff",
    }


def test_a_new_application_cannot_come_before_the_failure() -> None:
    found = settled(acceptance_failed_on="2026-05-01", reapply_on="2026-04-30")
    assert set(found.rejected) == {"acceptance_failed_on", "reapply_on"}
    assert not settled(acceptance_failed_on="2026-05-01", reapply_on="2026-05-01").rejected


def test_staff_bounds_every_count() -> None:
    found = settled(total_staff=3)
    assert found.values["trained_auditors"] == Interval(None, 3)
    assert found.values["senior_title_auditors"] == Interval(None, 3)
    assert "trained_auditors" in found.bounded


def test_an_experts_title_means_that_there_is_an_expert() -> None:
    assert settled(external_expert_senior_title=True).values["external_expert"] is True
    assert settled(external_expert=False).values["external_expert_senior_title"] is False
    assert "external_expert" not in settled(external_expert_senior_title=False).values


def test_what_was_stated_outright_stands_beside_its_details() -> None:
    assert settled(insured_staff=5, insurance_months=[24]).values["insured_staff"] == 5


def test_without_a_stamp_no_proof_counts() -> None:
    assert settled(insured_staff=5, insurance_stamped=False).values["insured_staff"] == 0


def test_months_that_are_only_roughly_known_leave_the_count_open() -> None:
    assert settled(insurance_months=[12, {"min": 10}, 3]).values["insured_staff"] == Interval(1, 2)


def test_details_whose_figure_is_not_in_force_give_nothing() -> None:
    assert "insured_staff" not in settle(RULES, {"insurance_months": [24]}, date(2012, 1, 1)).values


def test_an_empty_cell_is_unknown_and_not_no() -> None:
    people = [{"name": "甲", "degree": "本科", "major": "环境工程"}, {"name": "乙", "degree": "本科"}]
    found = settled(roster=people)
    assert found.values["degree_staff"] == Interval(1, 2)
    assert found.values["trained_auditors"] == Interval(0, 2)


def test_a_roster_is_read_in_the_words_of_a_spreadsheet() -> None:
    def counted(column: str, words: str) -> object:
        person = {"name": "甲", "auditor_certificate": "国家", column: words}
        return settled(roster=[person]).values.get(
            "senior_title_auditors" if column == "title" else "trained_auditors"
        )

    assert counted("title", "高级工程师（环保）") == 1
    assert counted("title", "高级技工") == 0
    assert counted("title", "中级工程师") == 0
    assert counted("title", "无高级职称") == Interval(0, 1)
    assert counted("auditor_certificate", "国家清洁生产审核师") == 1
    assert counted("auditor_certificate", "湖南省清洁生产审核师") == 0
    assert counted("auditor_certificate", "广东省") == 1
    assert counted("auditor_certificate", "國家級") == 1
    assert counted("title", "高級工程師") == 1


def test_a_major_is_read_in_either_script() -> None:
    person = {"name": "甲", "degree": "本科", "major": "環境工程"}
    assert settled(roster=[person]).values["degree_staff"] == 1
