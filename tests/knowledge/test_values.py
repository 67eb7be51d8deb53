"""Figures come out of the law's own words or not at all."""

from __future__ import annotations

import pytest

from knowledge.errors import CorpusError
from knowledge.values import extract, fill


@pytest.mark.parametrize(
    ("text", "pattern", "figure"),
    [
        ("提供4名以上", r"(\d+)名以上", "4"),
        ("一个月内", "([一二两]+)个月", "1"),
        ("五十万元以下", "([一二三四五六七八九十]+)万", "50"),
    ],
)
def test_a_figure_is_read_in_either_numerals(text: str, pattern: str, figure: str) -> None:
    assert extract(text, pattern, "figure") == figure


def test_a_figure_that_the_words_do_not_hold_is_an_error() -> None:
    with pytest.raises(CorpusError, match="staff"):
        extract("若干名", r"(\d+)名", "staff")


def test_places_are_filled_by_name() -> None:
    assert fill("至少{staff}名", {"staff": "4"}) == "至少4名"
    assert fill("没有数字", {}) == "没有数字"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(CorpusError, match="no value staff"):
        fill("{staff}名", {})


def test_words_are_taken_as_they_stand() -> None:
    assert extract("分为总则、附则等二章", "分为(.+?)等", "names", "words") == "总则、附则"
