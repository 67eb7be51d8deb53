"""Counting aloud is the last number, said once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.aloud import summed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("审核师一个两个三个四个嗯对四个", "审核师嗯对四个"),
        ("审核师一个,两个,三个", "审核师三个"),
        ("高工一个……两个,就两个", "高工,就两个"),
        ("一、二、三、四,四个", ",四个"),
        ("1个 2个 3个 对就3个", " 对就3个"),
    ],
)
def test_only_the_last_number_stays(text: str, left: str) -> None:
    assert summed(text).replace(" ", "") == left.replace(" ", "")
    assert len(summed(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    ["高工一个两个吧", "第一、二、三条", "1、2、3月份", "大专一个审核师两个", "一两个", "十一个两个三个", ""],
)
def test_other_numbers_stay(text: str) -> None:
    assert summed(text) == text


@given(st.text(alphabet="一二三两个名,、 嗯对四4123", max_size=30))
def test_every_place_is_kept(text: str) -> None:
    assert len(summed(text)) == len(text)
