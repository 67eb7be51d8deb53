"""Headers as they are written in companies: found in any order, and asked about where they may mean it."""

from __future__ import annotations

import random

import pytest

from bot.rosters.columns import Decision, Header, find_header, lists_companies
from bot.rosters.words import table
from tests.bot.rosters.house import HEADER


def header(line: str, *decided: Decision) -> Header:
    """The header of a row written with strokes."""
    return find_header([(1, tuple(line.split("|")))], decided)


def named(line: str) -> dict[str, str]:
    """What each field's column is called."""
    cells = line.split("|")
    return {field: cells[column] for field, column in header(line).columns.items()}


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "姓 名|学历|所学专业|审核师证书（国家/省）|社保缴纳月数|职称|职称专业",
            {"auditor_certificate", "title_field", "major"},
        ),
        (
            "序号|姓名|性别|最高学历|专业|是否取得清洁生产审核师证书|社保缴费月数（截至2026年10月）",
            {"degree", "insurance_months"},
        ),
        ("姓名|學歷|專業|審核師證書|社保月數|職稱", {"degree", "major", "auditor_certificate", "title"}),
        (
            "Name|Degree|Major|Auditor cert.|Months insured|Title|Title field|Valid until",
            {"certificate_expiry", "title"},
        ),
        ("员工姓名|学历/专业|社保起缴|职称名称", {"insurance_since", "title"}),
    ],
)
def test_usual_headers_are_recognised(line: str, fields: set[str]) -> None:
    found = header(line)

    assert {"name", *fields} <= set(found.columns)
    assert found.doubts == ()


def test_titles_and_notes_may_stand_above_the_header() -> None:
    rows = [(1, ("某某公司人员名册", "", "")), (3, ("2026年11月",)), (4, HEADER), (5, ("张三", "本科"))]

    assert find_header(rows).place == 2


def test_titles_may_be_divided_over_two_rows() -> None:
    rows = [
        (1, ("序号", "姓名", "学历", "社保情况", "", "职称")),
        (2, ("", "", "", "起缴", "月数", "")),
        (3, ("1", "张三", "本科", "2025-01", "22", "高级")),
    ]
    found = find_header(rows)

    assert found.place == 1
    assert found.columns == {"name": 1, "degree": 2, "insurance_since": 3, "insurance_months": 4, "title": 5}


def test_a_person_below_is_no_part_of_the_header() -> None:
    rows = [(1, ("姓名", "学历", "社保")), (2, ("张三", "本科", "月数"))]

    assert find_header(rows).place == 0


def test_the_order_of_the_columns_does_not_matter() -> None:
    mixed = list(HEADER)
    random.Random(7).shuffle(mixed)

    assert named("|".join(mixed)) == named("|".join(HEADER))


def test_a_header_that_may_mean_something_is_asked_about() -> None:
    found = header("姓名|文化程度|所学专业|证书|社保|级别")

    assert [(doubt.header, doubt.field) for doubt in found.doubts] == [
        ("证书", "auditor_certificate"),
        ("社保", "insurance_months"),
        ("级别", "title"),
    ]


def test_what_was_answered_holds() -> None:
    line = "姓名|学历|证书|级别"

    assert header(line, (2, "auditor_certificate", True)).columns["auditor_certificate"] == 2
    assert [doubt.field for doubt in header(line, (2, "auditor_certificate", False)).doubts] == ["title"]


def test_a_sure_column_leaves_nothing_to_ask() -> None:
    assert header("姓名|证书|审核师证书").doubts == ()


def test_one_column_is_one_field() -> None:
    columns = header("姓名|职称证书专业|学历专业|审核师证书有效期").columns

    assert len(set(columns.values())) == len(columns)
    assert columns["certificate_expiry"] == 3


@pytest.mark.parametrize("place", [0, -1])
def test_a_columns_first_and_last_names_are_recognised_for_sure(place: int) -> None:
    fields = table("template")["columns"]
    found = header("|".join(table("columns")[field][place] for field in fields))

    assert dict(found.columns) == {field: column for column, field in enumerate(fields)}


def test_a_published_list_is_told_from_a_roster() -> None:
    assert lists_companies([(1, ("企业名称", "统一社会信用代码", "审核类型"))])
    assert not lists_companies([(1, HEADER)])


def test_further_columns_that_say_the_same_are_known() -> None:
    found = header("姓名|清洁生产审核师（国家）|清洁生产审核师（省）|审核师证书编号|最高学历|最高学历专业")

    assert found.columns["auditor_certificate"] == 1
    assert found.more == {"auditor_certificate": (2,)}
    assert found.columns["major"] == 5


@pytest.mark.parametrize("useless", ["职称证书编号", "社保缴纳单位", "审核师资格取得时间", "Certificate No."])
def test_numbers_of_papers_and_offices_are_not_asked_about(useless: str) -> None:
    found = header(f"姓名|学历|职称|审核师证书|{useless}")

    assert found.doubts == ()
    assert found.more == {}
