"""Everybody before each demand, by the rulebook's own conditions; the counts are the rulebook's too."""

from __future__ import annotations

from datetime import date

import pytest

from bot.rosters.judging import Mark, Standing, counts, expiring, items, judge
from bot.rosters.reading import Roster
from bot.rosters.rows import ROSTER
from tests.bot.rosters.house import FEW, FULL, HEADER, NEARLY, RULES, TODAY, roster
from tests.bot.talks import turn

GOAL = "consultant-voluntary"


def standings(people: Roster) -> list[dict[str, Standing]]:
    """Everybody's standings before the goal's demands."""
    return [dict(one.standings) for one in judge(RULES, people, items(RULES, TODAY, (GOAL,)), TODAY)]


def test_who_has_everything_counts_for_everything() -> None:
    (one,) = standings(roster(FULL))

    assert {standing.mark for standing in one.values()} == {Mark.COUNTS}


def test_who_lacks_a_month_nearly_counts_and_the_months_are_told() -> None:
    (one,) = standings(roster(NEARLY))
    needed = turn().sources.rulebook.parameter("insurance_months_needed", TODAY)

    assert one["insured_staff"] == Standing(Mark.NEARLY, ("insurance_months",), 11, needed)


def test_an_empty_cell_leaves_it_open_and_is_named() -> None:
    (one,) = standings(roster(("张三", "本科", "", "", "", "", "")))

    assert one["degree_staff"] == Standing(Mark.UNCLEAR, ("major",))
    assert one["trained_auditors"].fields == ("auditor_certificate",)


def test_what_stands_in_the_way_is_named() -> None:
    (one,) = standings(roster(FEW))

    assert one["degree_staff"] == Standing(Mark.OUT, ("degree", "major"))
    assert one["trained_auditors"].mark is Mark.OUT


def test_the_demands_are_those_of_the_goals() -> None:
    self_audit = {item.fact for item in items(RULES, TODAY, ("self-audit-capability",))}

    assert {item.fact for item in items(RULES, TODAY, (GOAL,))} == {
        "degree_staff", "trained_auditors", "insured_staff", "senior_title_staff",
    }  # fmt: skip
    assert self_audit == {"trained_auditors", "senior_title_auditors"}
    assert {*self_audit, "degree_staff"} < {item.fact for item in items(RULES, TODAY)}


def test_before_the_figures_hold_nothing_turns_on_them() -> None:
    assert "insured_staff" not in {item.fact for item in items(RULES, date(2001, 1, 1))}


@pytest.mark.parametrize(
    "rows", [(FULL,), (FULL, NEARLY), (FULL, NEARLY, FEW), (("张三", "", "", "", "", "", ""), FULL)]
)
def test_the_counts_give_the_same_verdict_as_the_people_themselves(rows: tuple[tuple[str, ...], ...]) -> None:
    book, people = turn().sources.rulebook, roster(*rows)
    by_counts = book.check(GOAL, counts(RULES, people, {}, TODAY), TODAY)
    by_people = book.check(GOAL, {ROSTER: people.records}, TODAY)

    assert by_counts.verdict == by_people.verdict
    assert by_counts.failing == by_people.failing


def test_what_the_roster_says_nothing_about_is_left_out() -> None:
    people = roster(("张三", "本科"), ("李四", "大专"), header=("姓名", "学历"))

    assert counts(RULES, people, {}, TODAY) == {}


def test_open_cells_give_a_range() -> None:
    people = roster(FULL, ("李四", "", "", "有", "", "", ""))

    assert counts(RULES, people, {}, TODAY)["trained_auditors"] == {"min": 1, "max": 2}


def test_proofs_without_a_stamp_count_for_nobody() -> None:
    assert counts(RULES, roster(FULL), {"insurance_stamped": False}, TODAY)["insured_staff"] == 0


def test_certificates_that_end_come_the_first_to_end_first() -> None:
    header = (*HEADER, "证书有效期至")
    people = roster(
        (*FULL, "2027-03-01"),
        ("甲", *FULL[1:], "2026-10-01"),
        ("乙", *FULL[1:], "2030-01-01"),
        ("丙", *FULL[1:], ""),
        header=header,
    )

    assert [one.name for one in expiring(people, TODAY)] == ["甲", "张三"]
