"""What is not to be kept tells nothing; what is said to be sure beside it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = Callable[[str], dict[str, Any]]


def test_what_stands_in_one_sentence_with_such_words_is_not_taken(facts: Facts) -> None:
    assert facts("审核师5个、高工2个，先别记") == {}
    assert facts("瞎猜的，可能两三个高工吧") == {}


def test_words_alone_in_their_sentence_are_of_the_one_before(facts: Facts) -> None:
    assert facts("审核师5个。还没核实过") == {}


def test_words_before_a_colon_are_of_what_follows(facts: Facts) -> None:
    assert facts("这份数据请勿采用：审核师5个，高工2个") == {}


def test_what_is_sure_and_other_sentences_are_told(facts: Facts) -> None:
    assert facts("高工1个是确定的，审核师好像4个先别记") == {"senior_title_staff": 1}
    assert facts("高工的数先别记。审核师4个") == {"trained_auditors": 4}


def test_our_own_number_behind_a_guess_is_told(facts: Facts) -> None:
    assert facts("听说的先别当真，我们审核师4个") == {"trained_auditors": 4}


def test_not_to_forget_or_to_be_wrong_is_no_disclaimer(facts: Facts) -> None:
    assert facts("别忘记了，审核师4个") == {"trained_auditors": 4}
    assert facts("审核师4个，别记错了") == {"trained_auditors": 4}
