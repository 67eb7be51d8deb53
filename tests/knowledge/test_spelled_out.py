"""Clause numbers spelled out in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.spelled_out import from_english


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("quote me article twenty-one verbatim", "quote me article 21 verbatim"),
        ("article twenty one", "article 21"),
        ("articles ten and sixteen", "articles 10 and 16"),
        ("the tenth article", "the article 10"),
        ("the 21st article", "the article 21"),
        ("item 2 of article 16", "article 16 item 2"),
        ("what is item one in article ten", "what is article 10 item 1"),
        ("twenty-one auditors", "twenty-one auditors"),
        ("part of one company", "part of one company"),
    ],
)
def test_numbers_behind_and_before_their_unit(text: str, signs: str) -> None:
    assert from_english(text) == signs


def test_the_instrument_named_behind_an_item_is_its_own(library: Library) -> None:
    (found,) = library.find(from_english("item 2 of article 16 of order 38"))
    assert found.refs == ("audit-measures-2016#art_16__item_2",)


@given(text=st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(from_english(text), str)
