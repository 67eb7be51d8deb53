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
        ("自己做定系请人做好", "自己做还是请人做好"),
        ("边啲公司要做", "哪些公司要做"),
        ("强制定自愿", "强制还是自愿"),
        ("制定自愿审核的计划", "制定自愿审核的计划"),
        ("早上7点行吗", "早上7点行吗"),
        ("车间厂房", "车间厂房"),
    ],
)
def test_words_of_cantonese_become_those_of_mandarin(said: str, meant: str) -> None:
    assert mandarin(said) == meant
