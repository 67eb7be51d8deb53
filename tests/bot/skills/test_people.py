"""People in words: counted, nearly, open, out, each with what stands in the cell."""

from __future__ import annotations

from bot.skills.people import (
    blank_fields,
    expiry_lines,
    judged,
    missing_columns,
    people_lines,
    reasons,
    short,
)
from tests.bot.rosters.house import FEW, FULL, HEADER, NEARLY, roster
from tests.bot.talks import turn

GOAL = ("consultant-voluntary",)


def test_a_line_names_what_a_person_counts_for() -> None:
    assert people_lines(turn(), roster(FULL), GOAL) == ["张三：算相关专业大专、审核师、社保满1年、高级职称"]


def test_what_is_short_is_told_in_numbers() -> None:
    desk = turn()
    (one,) = judged(desk, roster(NEARLY), GOAL)

    assert short(desk, one.standings["insured_staff"]) == ("社保月数", 11, 12)


def test_what_keeps_somebody_out_is_told_in_the_files_words() -> None:
    desk = turn()
    (one,) = judged(desk, roster(FEW), GOAL)

    assert reasons(desk, one.person, one.standings["degree_staff"]) == ["学历写的“中专”", "专业写的“会计”"]


def test_who_counts_for_nothing_has_a_line_too() -> None:
    assert people_lines(turn(), roster(("王五", "无", "", "无", "", "无", "")), GOAL)[0].startswith("王五：")


def test_in_english_the_labels_are_english() -> None:
    (line,) = people_lines(turn("en"), roster(FULL), GOAL)

    assert line.startswith("张三: counts as graduates")


def test_no_line_where_no_certificate_ends() -> None:
    assert expiry_lines(turn(), roster(FULL)) == []


def test_columns_that_the_demands_need_are_missed() -> None:
    people = roster(("张三", "本科", "高级工程师"), header=("姓名", "学历", "职称"))

    assert missing_columns(turn(), people, GOAL) == ["专业", "审核师培训合格证书", "社保月数", "职称专业"]
    assert missing_columns(turn(), roster(FULL), GOAL) == []


def test_empty_cells_are_counted_by_column() -> None:
    people = roster(
        FULL, ("甲", *FULL[1:3], "", *FULL[4:]), ("乙", *FULL[1:3], "-", *FULL[4:]), header=HEADER
    )

    assert blank_fields(turn(), people, GOAL) == ["审核师培训合格证书 2 人"]
