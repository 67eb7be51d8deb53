"""Terms by ear: pinyin, initials, homophones, one wrong character; and what only sounds like a part."""

from __future__ import annotations

import pytest

from knowledge.hearing import Hearing

HEARING = Hearing(
    [("守灯人", "guard"), ("灯会名单", "list"), ("名单", "list"), ("登人", "climb"), ("期限", "deadline")]
)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("shou deng ren", {"guard"}),
        ("shoudengren de mingdan", {"guard", "list"}),
        ("sdr", {"guard"}),
        ("dengren", {"climb"}),
        ("tianqi", set()),
    ],
)
def test_pinyin_is_read_whole_or_by_initials(text: str, concepts: set[str]) -> None:
    assert HEARING.pinyin(text)[0] == concepts


def test_a_text_is_pinyin_only_where_enough_of_it_is_explained() -> None:
    assert HEARING.pinyin("shoudengren")[1]
    assert not HEARING.pinyin("sdr is what they said yesterday")[1]


def test_homophones_and_single_wrong_characters_are_heard() -> None:
    assert HEARING.terms_over("找守登人", "登") == ({"guard"}, True)
    assert HEARING.terms_over("找守登人", "守登人")[0]
    assert HEARING.terms_over("找天气", "天气") == (frozenset(), False)
    assert HEARING.meaning("看灯绘名单", "绘") == {"list"}
    assert HEARING.meaning("问七限", "七限") == {"deadline"}
    assert HEARING.meaning("问天气", "天气") == frozenset()


def test_a_wrong_word_beside_a_term_is_no_misspelling_of_it() -> None:
    assert HEARING.meaning("灯会名离职", "离职") == frozenset()
