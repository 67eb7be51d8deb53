"""Which topics a question is answered from, by what it says and in which of its parts."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.model import Abstain, Finding


def ask(library: Library, question: str) -> Finding:
    return library.answer(question, on=date(2026, 11, 23))


@pytest.mark.parametrize(
    "question",
    [
        "2025年那个自愿性细则里，自己做审核要几个审核师",
        "按2025年的细则，咨询公司要几个高工",
        "现在自愿的新细则里面，材料交几份，专家几个",
    ],
)
def test_an_instrument_that_sets_the_scene_is_what_the_rest_is_asked_of(
    library: Library, question: str
) -> None:
    finding = ask(library, question)
    assert finding.abstain is Abstain.NOT_IN_SOURCE
    assert finding.statements[0].refs == ("sz-voluntary-2025",)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("38号令里，自己做审核要什么条件", "national-self"),
        ("3号文的话，报告多久要交", "three-deadlines"),
        ("38号令怎么说的，深圳自己做要几个审核师", "self-people"),
    ],
)
def test_a_scene_that_knows_the_answer_gives_it(library: Library, question: str, topic: str) -> None:
    finding = ask(library, question)
    assert finding.abstain is None
    assert topic in finding.topics


def test_a_choice_of_answers_is_no_question_of_its_own(library: Library) -> None:
    finding = ask(library, "审核报告最后要谁签字盖章，法人还是项目负责人？")
    assert (finding.abstain, finding.topics) == (Abstain.NOT_IN_SOURCE, ("report-details",))
