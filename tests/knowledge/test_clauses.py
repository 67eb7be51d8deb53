"""What is said to a clause reference: words, that they are missing, or how far the numbering goes."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.clauses import ClauseSpeaker
from knowledge.library import Library
from knowledge.model import Abstain

DRAFT = "sz-rules-2018-draft"


def part(library: Library, text: str):  # type: ignore[no-untyped-def]
    return ClauseSpeaker(library).part(library.find(text)[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第二十一条", "讲自行组织审核的企业应有的能力"),
        ("第十一条", "资料只转述"),
        ("法典第九百七十一条", "（概述）"),
        ("38号令第十六条第一项", "原文如下"),
        ("54号文", "可能不全"),
    ],
)
def test_the_sentence_says_how_near_the_words_are(library: Library, text: str, words: str) -> None:
    assert words in "".join(one.words.zh for one in part(library, text).statements)


def test_a_missing_article_points_at_its_given_neighbours(library: Library) -> None:
    missing = part(library, "第十九条")
    assert missing.abstain is Abstain.NOT_IN_SOURCE
    assert missing.nearest == (f"{DRAFT}#art_18", f"{DRAFT}#art_17")
    assert "第十七条" in missing.statements[1].words.zh


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第四十条", "没有第40条：细则（征求意见稿）共34条。"),
        ("第零条", "没有第零条，条文从第一条起。"),
        ("第八章", "没有第8章：细则（征求意见稿）共7章。"),
        ("第十条第五项", "细则（征求意见稿）第十条没有第5项，只有4项。"),
        ("第二十一条第一项", "细则（征求意见稿）第二十一条不分项。"),
        ("第十条第三款", "细则（征求意见稿）第十条没有第3款，只有2款。"),
    ],
)
def test_beyond_the_numbering_the_true_extent_is_said(library: Library, text: str, words: str) -> None:
    beyond = part(library, text)
    assert beyond.abstain is Abstain.OUT_OF_RANGE
    assert beyond.statements[0].words.zh == words


def test_reasons_are_offered_as_next_steps(library: Library) -> None:
    targets = [step.target for step in part(library, "第十八条").steps]
    assert targets[0] == "sz-drafting-notes-2018#sec_3_4__reasons"


def test_a_reason_asked_for_is_given_in_its_makers_words(library: Library) -> None:
    reasons = ClauseSpeaker(library).reasons(library.find("第十八条")[0])
    assert reasons.quotes[0] == "sz-drafting-notes-2018#sec_3_4__reasons"
    silent = ClauseSpeaker(library).reasons(library.find("54号文")[0])
    assert silent.abstain is Abstain.NOT_IN_SOURCE


def test_a_clause_shown_whole_leads_to_its_links_and_neighbours(library: Library) -> None:
    targets = {step.target for step in library.show(f"{DRAFT}#art_17", on=date(2026, 11, 23)).steps}
    assert {f"{DRAFT}#art_16", f"{DRAFT}#art_18", "gd-workflow-2017", "today"} <= targets


def test_beyond_the_last_article_the_nearest_given_ones_are_offered(library: Library) -> None:
    assert part(library, "第四十条").nearest == (f"{DRAFT}#art_21", f"{DRAFT}#art_18")
