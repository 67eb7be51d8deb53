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
    assert finding.quotes[0] == "kites#art_1"


def test_an_id_that_is_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text(KITES.format(id=DRAFT), encoding="utf-8")
    with pytest.raises(CorpusError, match="already taken"):
        Library.load((BUILT_IN, tmp_path))


def test_a_number_changed_in_the_corpus_changes_the_answers(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(BUILT_IN, corpus)
    draft = corpus / f"{DRAFT}.txt"
    text = draft.read_text(encoding="utf-8")
    changed = text.replace("2.提供4名以上经国家", "2.提供7名以上经国家", 1)
    draft.write_text(changed, encoding="utf-8")
    library = Library.load((corpus,))
    finding = library.answer("自己做审核要几个审核师", on=date(2026, 11, 23))
    assert finding.statements[0].words.zh.startswith("至少7名")
    assert any("art_10__self__item_2" in problem for problem in library.check())


def test_every_topic_is_reachable_by_its_own_sample_questions(library: Library) -> None:
    missed = [
        (topic.id, sample)
        for topic in library.topics.topics.values()
        for sample in topic.ask
        if topic.id not in library.answer(sample, on=date(2026, 11, 23)).topics
    ]
    assert missed == []
