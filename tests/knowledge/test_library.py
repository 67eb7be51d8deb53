"""The way into the room: loading, citing, labels, standing, the operator's own texts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import CorpusError, UnknownReference
from knowledge.library import BUILT_IN, Library

DRAFT = "sz-rules-2018-draft"
ITEM = f"{DRAFT}#art_10__consultant__item_3"
KITES = """+++
id = "{id}"
title = "风筝管理办法"
+++
风筝管理办法

第一条　放风筝应当避开高压线路和机场净空区。
"""


def test_the_built_in_law_has_no_problems(library: Library) -> None:
    assert library.check() == ()


def test_what_answers_need_can_be_built_before_anybody_asks() -> None:
    law = Library.load((BUILT_IN,))
    law.prepare()
    built = set(vars(law))

    law.answer("第十条讲什么", on=date(2018, 9, 10))
    law.search("审核师")
    assert set(vars(law)) == built


def test_a_citation_carries_words_and_standing_of_the_day(library: Library) -> None:
    citation = library.cite(ITEM, date(2018, 9, 10))
    assert citation.ref == ITEM
    assert citation.label == "《深圳市清洁生产审核实施细则（征求意见稿）》第十条（委托咨询服务机构）第3项"
    assert (citation.wording, citation.status) == ("partly_quoted", "draft")
    assert citation.quote == "3.提供4名以上载有社保部门公章的1年以上社保缴交证明材料；"


def test_a_described_provision_has_no_quotation(library: Library) -> None:
    assert library.cite(f"{DRAFT}#art_18", date(2018, 9, 10)).quote is None


@pytest.mark.parametrize("ref", [f"{DRAFT}#art_99", "no-such", "no-such#art_1"])
def test_an_unknown_reference_is_refused(library: Library, ref: str) -> None:
    with pytest.raises(UnknownReference):
        library.provision(ref)


def test_short_labels_keep_the_number_and_shorten_the_title(library: Library) -> None:
    assert library.short_label(ITEM) == "细则（征求意见稿）第十条（委托咨询服务机构）第3项"
    assert library.short_label("key-enterprises-2010") == "环发〔2010〕54号"


def test_the_line_of_standing_changes_with_the_law(library: Library) -> None:
    before, after = (library.standing("promotion-law", day) for day in (date(2020, 1, 1), date(2026, 8, 15)))
    assert before is not None
    assert after is not None
    assert "废止" not in before.zh
    assert "废止" in after.zh


def test_search_finds_the_words_of_a_provision(library: Library) -> None:
    best, score = library.search("社保部门公章", 3)[0]
    assert "item_3" in best or "art_10" in best or "sec_3_1" in best
    assert score > 0


def test_an_imported_text_stands_beside_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "kites.txt").write_text(KITES.format(id="kites"), encoding="utf-8")
    both = Library.load((BUILT_IN, tmp_path))
    assert not both.instrument("kites").built_in
    assert both.instrument(DRAFT).built_in
    assert both.find("第十条")[0].instrument == DRAFT
    finding = both.answer("避开高压线路和机场净空区", on=date(2026, 11, 23))
    assert finding.statements[0].refs == ("kites#art_1",)


def test_an_id_that_is_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text(KITES.format(id=DRAFT), encoding="utf-8")
    with pytest.raises(CorpusError, match="already taken"):
        Library.load((BUILT_IN, tmp_path))


@pytest.mark.parametrize(
    ("file", "words", "others", "question", "said"),
    [
        (DRAFT, "2.提供4名以上经国家", "2.提供7名以上经国家", "自己做审核要几个审核师", "至少7名"),
        (DRAFT, "近三年污染物", "近五年污染物", "三年内被处罚过怎么办", "近5年"),
        (DRAFT, "一个月内登陆", "三个月内登陆", "名单发布后多久要注册", "3个月内登录"),
        ("sz-drafting-notes-2018", "共三十四条", "共四十四条", "细则有几章多少条", "共44条"),
        ("sz-drafting-notes-2018", "2016年底，我市", "2015年底，我市", "起草过程", "2015年底"),
        ("key-enterprises-2010", "每三年完成", "每四年完成", "水泥厂多久做一次", "每4年"),
        ("key-enterprises-2010", "钢铁、水泥", "钢铁、陶土", "七个产能过剩行业有哪些", "钢铁、陶土"),
        ("gd-workflow-2017", "一式五份", "一式六份", "材料交几份", "一式6份"),
        ("eco-code-2026", "处五万元以上", "处八万元以上", "现在的罚款金额是多少", "8万元以上"),
        ("review-law", "六十日内", "九十日内", "对罚款不服怎么办", "90日内"),
    ],
)
def test_a_number_changed_in_the_corpus_changes_the_answers(
    tmp_path: Path, file: str, words: str, others: str, question: str, said: str
) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(BUILT_IN, corpus)
    path = corpus / f"{file}.txt"
    text = path.read_text(encoding="utf-8")
    assert words in text
    path.write_text(text.replace(words, others), encoding="utf-8")
    finding = Library.load((corpus,)).answer(question, on=date(2026, 11, 23))
    assert said in "".join(one.words.zh for one in finding.statements)


def test_a_changed_quotation_is_noticed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(BUILT_IN, corpus)
    draft = corpus / f"{DRAFT}.txt"
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("2.提供4名以上经国家", "2.提供7名以上经国家", 1), encoding="utf-8")
    assert any("art_10__self__item_2" in problem for problem in Library.load((corpus,)).check())


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        (ITEM, "第十条·委托 3"),
        (f"{DRAFT}#art_21", "第二十一条"),
        ("audit-measures-2016#art_16__item_2", "办法第十六条（二）"),
        ("gd-workflow-2017#point_4", "3号文第四点"),
        ("eco-code-2026#art_1221", "法典第一千二百二十一条"),
        ("key-enterprises-2010", "54号文"),
    ],
)
def test_brief_labels_fit_a_button(library: Library, ref: str, label: str) -> None:
    assert library.brief_label(ref) == label


def _names_a_place(library: Library, question: str) -> bool:
    """A clause or an instrument named goes before any topic."""
    return bool(library.find(question))


def test_every_topic_is_reachable_by_its_own_sample_questions(library: Library) -> None:
    missed = [
        (topic.id, sample)
        for topic in library.topics.topics.values()
        for sample in topic.ask
        if not _names_a_place(library, sample)
        and topic.id not in library.answer(sample, on=date(2026, 11, 23)).topics
    ]
    assert missed == []
