from __future__ import annotations

import pytest

from bot.understanding.dialect import mandarin


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("唔使再提我喇", "不用再提醒我了"),
        ("搞掂咗", "搞定了"),
        ("仲有咩未做", "还有什么未做"),
        ("提醒我", "提醒我"),
        ("remind me", "remind me"),
    ],
)
def test_words_of_cantonese_become_those_of_mandarin(said: str, meant: str) -> None:
    assert mandarin(said) == meant
