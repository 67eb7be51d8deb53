"""A provision answers what its own words hold; small talk and question words count for nothing."""

from __future__ import annotations

import pytest

from knowledge.library import Library
from knowledge.own_words import OwnWords
from knowledge.wording import plain

TEXTS = (
    ("meter", "企业应当安装用水计量器具，并每两年检定一次。"),
    ("balance", "企业应当每三年开展一次水平衡测试。"),
    ("board", "企业可以登录服务平台完成注册。"),
)


@pytest.fixture(scope="module")
def words() -> OwnWords:
    return OwnWords((text for _, text in TEXTS), Library.load().topics.lexicon)


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        ("请问计量器具多久检定一次啊", "meter"),
        ("水平衡测试几年做一次", "balance"),
        ("注册平台", "board"),  # what joins the two words is none
    ],
)
def test_all_that_is_asked_for_is_held(words: OwnWords, question: str, ref: str) -> None:
    likely = words.likely(plain(question), TEXTS)
    assert likely is not None
    assert (likely.ref, likely.share) == (ref, 1.0)


def test_a_word_that_stands_nowhere_counts_as_missing(words: OwnWords) -> None:
    likely = words.likely(plain("计量器具的发票"), TEXTS)
    assert likely is not None
    assert likely.ref == "meter"
    assert likely.share < 1


def test_nothing_asked_is_nothing_held(words: OwnWords) -> None:
    likely = words.likely(plain("那要怎么做呢"), TEXTS)
    assert likely is not None
    assert likely.share == 0


def test_the_sentence_that_answers(words: OwnWords) -> None:
    text = "台账保存三年。计量器具每两年检定一次。其他另行规定。"
    assert words.sentence(plain("器具检定几年一次"), text) == "计量器具每两年检定一次。"


@pytest.mark.parametrize(("question", "counts"), [("要几名", True), ("多久一次", True), ("谁来批", False)])
def test_whether_a_number_is_asked_for(words: OwnWords, question: str, counts: bool) -> None:
    assert words.counts(question) is counts
