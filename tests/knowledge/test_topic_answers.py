"""A topic says what it holds, corrects a claim first, and names what it does not hold."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.model import Abstain

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("检测报告要不要CMA章", "cma"),
        ("高级职称证书要不要镀金", "镀金"),
        ("平台系统几点维护", "维护"),
    ],
)
def test_a_word_that_nothing_speaks_of_is_named_and_the_nearest_given(
    library: Library, question: str, words: str
) -> None:
    finding = library.answer(question, on=TODAY)
    assert finding.abstain is Abstain.NOT_IN_SOURCE
    assert words in finding.statements[0].words.zh
    assert finding.statements[0].words.zh.endswith("写到的相近内容是：")
    assert finding.statements[1].refs
    assert finding.steps


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("草案一共40条对吗", "不是40条，是34条。"),
        ("细则分为六章是吧", "不是6章，是7章。"),
        ("材料是一式三份吗", "不是3份，是5份。"),
        ("重金属行业有七个对吧", "不是7个，是5个。"),
    ],
)
def test_a_wrong_figure_is_corrected_in_the_first_line(library: Library, claim: str, words: str) -> None:
    assert library.answer(claim, on=TODAY).statements[0].words.zh == words


def test_a_figure_of_ones_own_is_no_claim(library: Library) -> None:
    first = library.answer("我们有5个审核师够吗", on=TODAY).statements[0].words.zh
    assert not first.startswith("不是")
