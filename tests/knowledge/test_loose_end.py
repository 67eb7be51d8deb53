"""Where nothing fits: nearest provisions for what is ours, a plain no for what is not."""

from __future__ import annotations

from datetime import date

from knowledge.library import Library
from knowledge.model import Abstain

TODAY = date(2026, 11, 23)


def test_a_question_of_ours_without_answer_points_at_what_is_near(library: Library) -> None:
    finding = library.answer("清洁生产审核小组的会议纪要保存期限", on=TODAY)
    assert finding.abstain is Abstain.NOT_IN_SOURCE
    assert finding.nearest
    assert finding.confidence < 0.5


def test_the_words_of_a_provision_are_found_in_it(library: Library) -> None:
    finding = library.answer("扰乱了第三方服务市场", on=TODAY)
    assert any("sec_1_2" in ref for ref in finding.quotes)


def test_what_is_not_ours_is_refused_without_citing(library: Library) -> None:
    finding = library.answer("给我讲个笑话", on=TODAY)
    assert finding.abstain is Abstain.OUT_OF_SCOPE
    assert finding.statements[0].refs == ()
