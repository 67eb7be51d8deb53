from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.normalise import LIMIT, normalise


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("４名", "4名"),
        ("審核師", "审核师"),
        ("4️⃣个", "4个"),
        ("**4** 个 <b>审核师</b>", "4个 审核师"),
        ("审 核 师", "审核师"),
        ("2026 年 1 月", "2026年1月"),
        ("  a\u200bb  ", "ab"),
        ("不是 5个", "不是,5个"),
        ("已经入职了 1个", "已经入职了,1个"),
        ("评估验收没通过 今年还能再报吗", "评估验收没通过,今年还能再报吗"),
        ("咨询公司 强制 审核师 3", "咨询公司 强制 审核师3"),
        ("@小细 名单11月6日出的", "名单11月6日出的"),
    ],
)
def test_makes_one_spelling_of_many(written: str, plain: str) -> None:
    assert normalise(written).text == plain


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("我們有審核師", "zh-Hant"),
        ("我们有审核师", "zh-Hans"),
        ("we have four auditors", "en"),
        ("有4名 auditors", "zh-Hans"),
    ],
)
def test_tells_the_language(written: str, language: str) -> None:
    assert normalise(written).language == language


def test_keeps_the_known_language_where_words_do_not_tell() -> None:
    assert normalise("4", "en").language == "en"
    assert normalise("/check", "zh-Hant").language == "zh-Hant"
    assert normalise("有4名", "zh-Hant").language == "zh-Hant"


def test_cuts_and_says_so() -> None:
    assert normalise("字" * (LIMIT + 1)).cut
    assert not normalise("字" * LIMIT).cut


@given(st.text(max_size=200))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    once = normalise(text).text
    assert once == once.strip()
    assert "\u200b" not in once


@pytest.mark.parametrize(
    ("struck", "language"), [("asdfgh", "zh-Hans"), ("zzzz", "zh-Hans"), ("continue", "en")]
)
def test_struck_keys_are_no_language(struck: str, language: str) -> None:
    assert normalise(struck, "zh-Hans").language == language
