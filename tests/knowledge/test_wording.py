"""Questions take one written form before anything is looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.wording import plain, squeezed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第１０條", "第10条"),
        ("第 十 条", "第十条"),
        ("ART. 10", "art. 10"),
        ("（二）", "(二)"),
        ("  a\n b ", "a b"),
        ("審核師", "审核师"),
    ],
)
def test_width_script_case_and_space_are_evened(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(max_size=60))
def test_squeezed_text_has_no_white_space(text: str) -> None:
    assert not any(character.isspace() for character in squeezed(text))
