"""Cells as spreadsheets hold them: what they mean; what does not tell is unknown rather than wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.rosters import reading
from bot.rosters.reading import refused
from tests.bot.rosters.house import FULL, HEADER, RULES, person, roster


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("学历", "博士研究生", "degree", "doctor"),
        ("学历", "大專", "degree", "college"),
        ("学历", "中专", "degree", "secondary"),
        ("审核师证书", "国家级", "auditor_certificate", "national"),
        ("审核师证书", "广东省清洁生产审核师", "auditor_certificate", "guangdong"),
        ("审核师证书", "湖南", "auditor_certificate", "other"),
        ("审核师证书", "×", "auditor_certificate", "none"),
        ("审核师证书", "/", "auditor_certificate", "none"),
        ("职称", "高工", "title", "senior"),
        ("职称", "教授级高级工程师", "title", "senior"),
        ("职称", "助理工程师", "title", "junior"),
        ("高级职称", "√", "title", "senior"),
        ("高级职称", "否", "title", "none"),
        ("社保年限", "2", "insurance_months", 24),
        ("社保起缴", "2025-09", "insurance_months", 14),
        ("社保起缴", "13个月", "insurance_months", 13),
        ("社保盖章", "是", "insurance_stamped", True),
        ("社保盖章", "没有", "insurance_stamped", False),
        ("专业", " 给排水 ", "major", " 给排水 "),
    ],
)
def test_cells_mean_what_people_mean(column: str, cell: str, field: str, value: Any) -> None:
    assert person("张三", cell, header=("姓名", column)).record[field] == value


@pytest.mark.parametrize(
    ("column", "cell", "field"),
    [
        ("审核师证书", "有", "auditor_certificate"),
        ("学历", "在读", "degree"),
        ("社保月数", "很久", "insurance_months"),
        ("社保盖章", "也许", "insurance_stamped"),
    ],
)
def test_what_does_not_tell_is_unknown_rather_than_wrong(column: str, cell: str, field: str) -> None:
    read = person("张三", cell, header=("姓名", column))

    assert field not in read.record
    assert field in read.unclear
    assert refused(RULES, roster(("张三", cell), header=("姓名", column))) is None


@pytest.mark.parametrize("cell", ["", "-", "——", "待定", "不详"])
def test_an_empty_cell_is_unknown_and_nothing_unclear(cell: str) -> None:
    read = person("张三", cell, header=("姓名", "审核师证书"))

    assert "auditor_certificate" not in read.record
    assert read.unclear == ()


def test_a_neighbours_words_are_taken_where_they_say_it_clearly() -> None:
    header = ("姓名", "职称", "学历/专业")
    senior = person("张三", "环境保护高级工程师", "本科/环境工程", header=header).record
    plain = person("李四", "高级工程师", "", header=header).record

    assert (senior["title"], senior["title_field"]) == ("senior", "环境保护高级工程师")
    assert (senior["degree"], senior["major"]) == ("bachelor", "本科/环境工程")
    assert "title_field" not in plain


def test_a_yes_under_a_length_of_time_is_that_length() -> None:
    header = ("姓名", "社保满一年")
    read = roster(("张三", "是"), header=header, decided=((1, "insurance_months", True),))

    assert read.people[0].record["insurance_months"] == 12


@pytest.mark.parametrize("name", ["合计", "备注", "示例：张三（请删掉这一行）", "填表人：李四", "Total"])
def test_rows_that_are_no_person_are_left_out(name: str) -> None:
    assert [one.name for one in roster(FULL, (name, "3", "", "", "", "", "")).people] == ["张三"]


@pytest.mark.parametrize(
    ("national", "provincial", "value"),
    [
        ("有", "无", "national"),
        ("无", "广东省", "guangdong"),
        ("×", "×", None),  # no national one; whether there is one of Guangdong is not said
        ("国家", "", "national"),
        ("", "", None),
    ],
)
def test_what_several_columns_say_of_one_thing_is_taken_together(
    national: str, provincial: str, value: str | None
) -> None:
    header = ("姓名", "清洁生产审核师（国家）", "清洁生产审核师证书")
    read = person("张三", national, provincial, header=header)

    assert read.record.get("auditor_certificate") == value


def test_a_no_to_one_choice_of_several_that_would_do_is_no_no() -> None:
    national = person("张三", "无", header=("姓名", "国家级审核师证书"))
    senior = person("张三", "无", header=("姓名", "高级职称"))

    assert "auditor_certificate" not in national.record
    assert senior.record["title"] == "none"


def test_no_insurance_is_none_and_less_than_a_length_is_unknown() -> None:
    assert person("张三", "无", header=("姓名", "社保月数")).record["insurance_months"] == 0
    read = roster(("张三", "否"), header=("姓名", "社保满一年"), decided=((1, "insurance_months", True),))
    assert "insurance_months" not in read.people[0].record


def test_an_empty_cell_can_be_said_to_mean_none() -> None:
    lines = [(1, HEADER), (2, ("张三", "", "", "", "", "", ""))]
    (read,) = reading.read_people(lines, RULES, date(2026, 11, 23), blank_is_none=True).people

    assert (read.record["degree"], read.record["auditor_certificate"]) == ("none", "none")
    assert "insurance_months" not in read.record
