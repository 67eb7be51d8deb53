"""Endless numbers are cut, everything that people write stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.bounding import LONGEST_NUMBER, bounded


@pytest.mark.parametrize(
    "text",
    [
        "代理公司 5 个大专、3 个审核师，社保都满一年",
        "统一社会信用代码 91440300MA5EQ1FU7X",
        "电话 0755-12345678，13800138000",
        "一百二十三万四千五百六十七元",
        "2026-11-20, 2026-12-20, 2027-01-20",
        "",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert bounded(text) == text


@pytest.mark.parametrize("digit", ["1", "１", "一", ","])
def test_an_endless_number_is_cut(digit: str) -> None:
    assert bounded(f"有{digit * 20_000}名") == f"有{digit * LONGEST_NUMBER}名"


@given(st.text())
def test_cutting_twice_is_cutting_once(text: str) -> None:
    assert bounded(bounded(text)) == bounded(text)
