from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.lexicon import Lexicon
from bot.understanding.roster import RosterReader

Facts = Callable[..., dict[str, Any]]
PEOPLE = RosterReader(Lexicon.load())

ZHANG = {
    "name": "张三",
    "degree": "大专",
    "major": "环境工程",
    "auditor_certificate": "national",
    "insurance_months": 14,
    "title": "senior",
}


def test_a_line_for_each_person_gives_the_roster(facts: Facts) -> None:
    read = facts(
        "人员如下：\n1. 张三 大专 环境工程 国家审核师 社保14个月 高级\n"
        "2. 李四，本科，会计，无审核师，社保2年，无职称"
    )
    other = {
        "name": "李四",
        "degree": "本科",
        "major": "会计",
        "auditor_certificate": "none",
        "insurance_months": 24,
        "title": "none",
    }
    assert read == {"roster": [ZHANG, other]}


@given(st.permutations(["大专", "环境工程", "国家审核师", "社保14个月", "高级"]))
def test_the_order_of_the_cells_says_nothing(cells: list[str]) -> None:
    people = PEOPLE.read(" ".join(["张三", *cells]))
    assert people is not None
    assert dict(people.persons[0]) == ZHANG


def test_an_auditor_of_whom_nobody_said_whose_certificate_it_is_counts_without_it(facts: Facts) -> None:
    read = facts("张三 大专 环境工程 审核师 社保14个月 高级\n李四 本科 化工 社保8个月 中级")
    assert read["trained_auditors"] == 1
    assert all("auditor_certificate" not in person for person in read["roster"])


def test_people_told_later_join_those_told_before(facts: Facts) -> None:
    read = facts("李四 本科 化工 社保8个月 中级", facts={"roster": [ZHANG]})
    assert [person["name"] for person in read["roster"]] == ["张三", "李四"]


def test_what_stands_beside_the_lines_is_read_too(facts: Facts) -> None:
    read = facts("张三 大专 环境工程 国家审核师 社保14个月 高级\n检测设备我们有")
    assert read == {"roster": [ZHANG], "testing_equipment": True}


def test_counts_in_a_line_are_no_person() -> None:
    for text in (
        "大专5 审核师4 社保4 高工1",
        "我们 大专 审核师 高级 都有",
        "张三 大专",
        "审核师 国家 高级 中级",
    ):
        assert PEOPLE.read(text) is None


def test_the_same_name_twice_is_left_to_other_readers() -> None:
    line = "张三 大专 环境工程 国家审核师 社保14个月 高级"
    assert PEOPLE.read(f"{line}\n{line}") is None
