from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.language import LANGUAGES, chosen, negotiated


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-HK,zh;q=0.9", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("en;q=0.3, zh-CN;q=0.8", "zh-Hans"),
        ("fr, zh;q=0.5, en;q=0.4", "zh-Hans"),
        ("fr", "en"),
        ("zh;q=0, en", "en"),
        ("en;q=x, zh", "zh-Hans"),
        ("*", "zh-Hans"),
    ],
)
def test_the_first_language_that_we_speak_is_taken(accept: str, language: str) -> None:
    assert negotiated(accept) == language


def test_a_choice_now_goes_before_an_earlier_one() -> None:
    assert chosen({"lang": "en"}, {"xize_lang": "zh-Hant"}) == "en"
    assert chosen({}, {"xize_lang": "zh-Hant"}) == "zh-Hant"
    assert chosen({"lang": "../etc"}, {}) is None


@given(st.text(max_size=200))
def test_any_header_gives_a_language(accept: str) -> None:
    assert negotiated(accept) in LANGUAGES
