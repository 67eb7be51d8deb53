"""A draft beside the imported text of the same name, article by article."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.importing import Particulars, import_instrument
from knowledge.library import BUILT_IN, Library
from knowledge.model import Abstain, Finding

DRAFT = "sz-rules-2018-draft"
TODAY = date(2026, 11, 23)
FINAL = """+++
id = "final"
title = "深圳市清洁生产审核实施细则"
number = "深工信规〔2027〕9号"
aliases = ["深圳市清洁生产审核实施细则", "深工信规〔2027〕9号"]
+++
深圳市清洁生产审核实施细则

第二条　企业应当节能。

第二十一条　自行组织开展清洁生产审核的企业，应具备开展清洁生产审核物料平衡测试、能量和水平衡测试的\
基本检测分析器具、设备或手段，拥有6名以上经国家或广东省培训合格的清洁生产审核人员，并具有相应的工作经验，\
其中至少1名人员具备高级职称。
""".replace("\\\n", "")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Library:
    directory: Path = tmp_path_factory.mktemp("imported")
    (directory / "final.txt").write_text(FINAL, encoding="utf-8")
    return Library.load((BUILT_IN, directory))


def said(finding: Finding) -> str:
    return "".join(statement.words.zh for statement in finding.statements)


def test_a_changed_article_shows_what_went_and_what_came(both: Library) -> None:
    finding = both.answer("新旧对照第二十一条", on=TODAY)
    assert "〔-4-〕〔+6+〕" in said(finding)
    assert {ref for one in finding.statements for ref in one.refs} == {f"{DRAFT}#art_21", "final#art_21"}


def test_where_the_drafts_words_are_not_given_that_is_said(both: Library) -> None:
    finding = both.answer("新旧对照第二条", on=TODAY)
    assert "正文资料没有给出" in said(finding)
    assert "企业应当节能" in said(finding)


def test_a_reported_article_is_not_held_against_words(both: Library) -> None:
    assert "正文资料没有给出" in said(both.answer("新旧对照第十八条", on=TODAY))


def test_without_a_number_the_changes_are_counted(both: Library) -> None:
    assert "1条有变化" in said(both.answer("新旧对照", on=TODAY))


def test_nothing_imported_is_said_and_the_article_shown(library: Library) -> None:
    finding = library.answer("新旧对照第十条", on=TODAY)
    assert finding.abstain is Abstain.NOT_IN_SOURCE
    assert "还没有导入" in said(finding)
    assert finding.quotes == (f"{DRAFT}#art_10",)


@pytest.mark.parametrize(
    ("question", "meant", "named"),
    [
        ("第二十一条", DRAFT, "深圳市清洁生产审核实施细则第二十一条"),
        ("深圳市清洁生产审核实施细则第二十一条", DRAFT, "深圳市清洁生产审核实施细则第二十一条"),
        ("深工信规(2027)9号第二十一条", "final", "第二十一条"),
        ("第二条", DRAFT, "深圳市清洁生产审核实施细则第二条"),
    ],
)
def test_a_shared_name_means_the_draft_and_the_other_is_named(
    both: Library, question: str, meant: str, named: str
) -> None:
    finding = both.answer(question, on=TODAY)
    assert finding.resolved[0].partition("#")[0] == meant
    assert any("同一个条号" in one.words.zh and named in one.words.zh for one in finding.statements)


OLD = """某市灯光设置管理办法（2019年）
第一条　新建道路应当设置灯光。
第二条　灯光每晚七点开启。
第三条　本办法自公布之日起施行。
"""
NEW = """某市灯光设置管理办法（2024年修订）
第一条　新建、改建道路应当设置灯光。
第二条　（删去）
第二条之一　广告灯箱的亮度由城管部门规定。
第三条　本办法自公布之日起施行。
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Library:
    directory = tmp_path_factory.mktemp("versions")
    for name, text in (("old.txt", OLD), ("new.txt", NEW)):
        file = directory / name
        file.write_text(text, encoding="utf-8")
        import_instrument(file, directory / "own", Particulars(id=name[:3]))
    return Library.load((BUILT_IN, directory / "own"))


@pytest.mark.parametrize(
    "question",
    ["某市灯光设置管理办法新旧对照", "灯光设置管理办法改了什么", "灯光设置管理办法2019年和2024年的区别"],
)
def test_two_imported_versions_are_compared(two: Library, question: str) -> None:
    told = said(two.answer(question, on=TODAY))
    assert "改动2条，新增1条，删除0条" in told
    assert "新建〔+、改建+〕道路" in told


def test_one_article_of_two_imported_versions(two: Library) -> None:
    finding = two.answer("灯光设置管理办法新旧对照第一条", on=TODAY)
    assert {ref for one in finding.statements for ref in one.refs} == {"old#art_1", "new#art_1"}


def test_without_another_version_that_is_said(two: Library) -> None:
    alone = Library({key: one for key, one in two.instruments.items() if key != "old"})
    finding = alone.answer("某市灯光设置管理办法新旧对照", on=TODAY)
    assert finding.abstain is Abstain.NOT_IN_SOURCE
    assert "没有可以对照的另一版" in said(finding)
