"""An operator's text is spoken of at once, by its own numbering and words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.importing import Particulars, import_instrument
from knowledge.library import BUILT_IN, Library
from knowledge.model import Abstain, Finding

TODAY = date(2026, 11, 23)
LAW = """某市户外灯箱管理办法
第一章　总则
第一条　为规范灯箱管理，制定本办法。
第二章　设置
第二条　设置人应当在开工前三十日内备案，提交：
（一）备案表；
（二）图纸：
1.总图；
2.详图：
（1）正面；
（2）侧面。
逾期备案的，不予受理。
第三条　灯箱亮度不得超过标准。
第三条　重复编号的条文。
"""
NOTICE = """关于加强灯箱巡查的通知
某城管〔2024〕3号
一、总体要求
坚持安全第一。
二、主要任务
（一）开展巡查
每月巡查一次。
（二）建立台账
保存两年。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    directory = tmp_path_factory.mktemp("imported")
    for name, text in (("law.txt", LAW), ("notice.txt", NOTICE)):
        file = directory / name
        file.write_text(text, encoding="utf-8")
        import_instrument(file, directory / "own", Particulars(id=file.stem))
    return Library.load((BUILT_IN, directory / "own"))


def said(finding: Finding) -> str:
    return "".join(statement.words.zh for statement in finding.statements)


@pytest.mark.parametrize(
    ("question", "refs"),
    [
        ("某市户外灯箱管理办法第三条", ("law#art_3", "law#art_3~2")),
        ("户外灯箱管理办法第二条第一款第（二）项", ("law#art_2__item_2",)),
        ("户外灯箱管理办法第二条第二款", ("law#art_2__para_2",)),
        ("户外灯箱管理办法第二条第（二）项第2目", ("law#art_2__item_2__indent_2",)),
        ("户外灯箱管理办法第二章", ("law#chp_2",)),
        ("某城管〔2024〕3号第二部分", ("notice#sec_2",)),
    ],
)
def test_every_part_can_be_named(library: Library, question: str, refs: tuple[str, ...]) -> None:
    assert library.answer(question, on=TODAY).resolved == refs


@pytest.mark.parametrize("question", ["户外灯箱管理办法第四十条", "户外灯箱管理办法第一条第二款"])
def test_what_lies_beyond_is_said_to_be_beyond(library: Library, question: str) -> None:
    assert library.answer(question, on=TODAY).abstain is Abstain.OUT_OF_RANGE


def test_a_chapter_tells_its_articles(library: Library) -> None:
    assert "“设置”：第二条至第三条" in said(library.answer("户外灯箱管理办法第二章讲什么", on=TODAY))


def test_nothing_below_an_item_is_lost(library: Library) -> None:
    text = library.provision("law#art_2").text
    assert "（二）图纸：1.总图；2.详图：（1）正面；（2）侧面。" in text


def test_a_section_holds_the_sections_in_it(library: Library) -> None:
    assert library.provision("notice#sec_2").text.endswith("（二）建立台账\n保存两年。")
    assert library.provision("notice#sec_2_1").text == "（一）开展巡查\n每月巡查一次。"


@pytest.mark.parametrize("question", ["户外灯箱管理办法", "户外灯箱管理办法有几条"])
def test_the_text_as_such_is_told_by_its_build(library: Library, question: str) -> None:
    finding = library.answer(question, on=TODAY)
    assert "共3条" in said(finding)
    assert finding.abstain is None


def test_a_question_that_names_the_text_gets_its_nearest_words(library: Library) -> None:
    finding = library.answer("户外灯箱管理办法规定备案要提前多少天", on=TODAY)
    assert finding.quotes[0] == "law#art_2"
    assert finding.abstain is None


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        ("灯箱备案要不要图纸", "law#art_2"),
        ("灯箱亮度有没有标准", "law#art_3"),
        ("台账要保存几年", "notice#sec_2_2"),
    ],
)
def test_a_question_that_names_no_text_is_answered_by_its_own_words(
    library: Library, question: str, ref: str
) -> None:
    finding = library.answer(question, on=TODAY)
    assert finding.abstain is None
    assert finding.statements[0].refs == (ref,)
    assert "“" in finding.statements[0].words.zh


def test_an_import_stands_beside_what_ships_and_never_before_it(tmp_path: Path) -> None:
    library = importing(tmp_path, "某市审核规定\n第一条　咨询机构应当有六名以上清洁生产审核师。\n")
    finding = library.answer("咨询机构要几个审核师", on=TODAY)
    assert finding.statements[0].refs[0].startswith("sz-rules-2018-draft#")
    assert [one.words.zh for one in finding.statements if "own#art_1" in one.refs] == [
        "运营者导入的某市审核规定第一条（效力未核实）也写到：“咨询机构应当有六名以上清洁生产审核师。”"
    ]


@pytest.mark.parametrize(
    "question",
    [
        "自己做审核要几个审核师",  # the import speaks of consultancies alone
        "咨询机构的报告写多少页",  # and of no report
        "上海的咨询机构要几个审核师",
        "38号令对咨询机构的审核师有什么要求",
    ],
)
def test_an_import_is_silent_where_its_words_do_not_answer(tmp_path: Path, question: str) -> None:
    library = importing(tmp_path, "某市审核规定\n第一条　咨询机构应当有六名以上清洁生产审核师。\n")
    finding = library.answer(question, on=TODAY)
    assert not any("own#art_1" in one.refs for one in finding.statements)


def test_what_only_comes_near_abstains(tmp_path: Path) -> None:
    library = importing(tmp_path, "某市审核规定\n第一条　咨询机构弄虚作假的，三年内不得从事审核。\n")
    finding = library.answer("咨询机构弄虚作假细则罚几万", on=TODAY)
    assert finding.abstain is Abstain.NOT_IN_SOURCE


def importing(directory: Path, text: str) -> Library:
    file = directory / "own.txt"
    file.write_text(text, encoding="utf-8")
    import_instrument(file, directory / "texts", Particulars(id="own"))
    return Library.load((BUILT_IN, directory / "texts"))
