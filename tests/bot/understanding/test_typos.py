from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.typos import TypoMender

Facts = Callable[..., dict[str, Any]]


def test_one_wrong_sign_in_a_long_noun_is_mended(lexicon: Lexicon) -> None:
    (mended,) = TypoMender(lexicon).mend([Token("gap", "", 0, 7, "清洁生产审合师")])
    assert (mended.role, mended.value) == ("noun", "trained_auditors")


@pytest.mark.parametrize("said", ["4个审合师", "审和师4个", "审何师证4本"])
def test_a_short_noun_is_mended_beside_its_number(facts: Facts, said: str) -> None:
    assert facts(said) == {"trained_auditors": 4}


@pytest.mark.parametrize("said", ["4个审计师", "4个清洁生产设备", "4个清洁生产项目组"])
def test_short_or_distant_words_are_left(facts: Facts, said: str) -> None:
    assert facts(said) == {}
