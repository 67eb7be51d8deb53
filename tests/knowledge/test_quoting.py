"""Words that a message repeats are found where they stand."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.model import ConversationContext, Finding

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def refs(finding: Finding) -> set[str]:
    return {ref for one in finding.statements for ref in one.refs}


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        ("拥有4名以上经国家或广东省培训合格的清洁生产审核人员，这是第几条的话", "sz-rules-2018-draft#art_21"),
        ("逾期不开展审核的企业，滚动纳入下一轮审核名单，这句出自哪里", "gd-workflow-2017#point_4__para_1"),
    ],
)
def test_where_the_words_stand(library: Library, question: str, ref: str) -> None:
    assert ref in library.answer(question, on=TODAY).resolved


def test_a_question_that_repeats_nothing_is_left_to_topics(library: Library) -> None:
    assert library.answer("咨询机构要几个审核师，哪一条说的", on=TODAY).topics


@pytest.mark.parametrize(
    ("question", "ref"),
    [("2015年那会儿用的是哪个细则", "sz-rules-2007"), ("2020年适用哪个规定", "sz-rules-2019")],
)
def test_the_rules_of_a_day(library: Library, question: str, ref: str) -> None:
    assert ref in refs(library.answer(question, on=TODAY))


def test_why_after_a_clause(library: Library) -> None:
    context = ConversationContext(("sz-rules-2018-draft#art_10__consultant",))
    finding = library.answer("为啥", on=TODAY, context=context)
    assert "sz-drafting-notes-2018#sec_3_1__reasons" in refs(finding)


def test_each_instrument_that_is_compared(library: Library) -> None:
    finding = library.answer("54号文的行业和27号文的13个行业差别大吗", on=TODAY)
    assert {"key-enterprises-2010", "key-industries-2020"} <= refs(finding)
