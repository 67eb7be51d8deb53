from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.understanding.lexicon import Token
from bot.understanding.pairing import denied, joined, pair, shared


def tokens(*roles: str) -> list[Token]:
    return [Token(role, "have" if role == "not" else "", at, at + 1, role) for at, role in enumerate(roles)]


def test_number_before_noun() -> None:
    assert pair(tokens("count", "noun", "count", "noun")) == {0: 1, 2: 3}


def test_noun_before_number() -> None:
    assert pair(tokens("noun", "count", "noun", "count")) == {1: 0, 3: 2}


def test_a_number_does_not_reach_over_unknown_words() -> None:
    assert pair(tokens("count", "gap", "noun")) == {}


def test_an_owner_is_no_head_of_what_follows() -> None:
    assert pair(tokens("agency", "count", "noun")) == {1: 2}


def test_nouns_share_a_number() -> None:
    assert list(joined(tokens("count", "noun", "conj", "noun"), 1)) == [3]
    assert list(shared(tokens("noun", "conj", "noun", "each", "count"), 2)) == [0]


def test_denial_stands_beside_the_noun() -> None:
    assert denied(tokens("not", "noun"), 1)
    assert denied(tokens("noun", "only", "not"), 0)
    assert not denied(tokens("not", "not", "noun"), 2)
    assert not denied(tokens("not", "gap", "noun"), 2)


def test_the_whole_leaves_the_noun_to_its_part(facts: Callable[..., dict[str, Any]]) -> None:
    assert facts("15个人里大专以上的占了9个") == {"degree_staff": 9}
