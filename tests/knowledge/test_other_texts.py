"""Answers to questions that name a text which is not held."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.model import Abstain, Finding
from knowledge.other_texts import without


def ask(library: Library, question: str) -> Finding:
    return library.answer(question, on=date(2026, 11, 23))


@pytest.mark.parametrize(
    "question", ["循环经济促进法第五条", "水污染防治法要求几个审核师", "就业促进法哪年施行的"]
)
def test_what_another_text_says_is_not_ours(library: Library, question: str) -> None:
    finding = ask(library, question)
    assert finding.abstain is Abstain.OUT_OF_SCOPE
    assert "手头没有《" in finding.statements[0].words.zh
    assert not [ref for statement in finding.statements for ref in statement.refs]
    assert finding.steps, "what we do know is offered"


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        ("安全生产法第三十九条和细则第十条", "sz-rules-2018-draft#art_10"),
        ("我们是大气法重点排污单位，自己做审核要几个人", "sz-rules-2018-draft#art_10__self"),
    ],
)
def test_what_is_asked_of_ours_beside_it_is_answered(library: Library, question: str, ref: str) -> None:
    finding = ask(library, question)
    refs = [ref for statement in finding.statements for ref in statement.refs]
    assert finding.abstain is None
    assert any(one.startswith(ref) for one in refs)


def test_that_the_other_is_not_held_is_said_behind_the_answer(library: Library) -> None:
    finding = ask(library, "安全生产法第三十九条和细则第十条")
    assert "安全生产法" in finding.statements[-1].words.zh


def test_blanked_titles_leave_everything_else_in_its_place(library: Library) -> None:
    text = "按循环经济促进法和细则第十条"
    left = without(text, library.aliens(text))
    assert len(left) == len(text)
    assert left.endswith("和细则第十条")
    assert "循环" not in left
