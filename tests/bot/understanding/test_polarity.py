"""What words around a token say of it."""

from __future__ import annotations

import pytest

from bot.understanding.lexicon import Token
from bot.understanding.polarity import polarity


def around(*roles: str) -> list[Token]:
    return [Token(role, "", at, at + 1, role) for at, role in enumerate(roles)]


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (("have", "topic"), True),
        (("not", "topic"), False),
        (("not", "not", "topic"), True),
        (("topic", "not"), False),
        (("topic",), None),
        (("not", "noun", "topic"), None),
    ],
)
def test_denials_are_counted_up_to_the_next_thing(roles: tuple[str, ...], said: bool | None) -> None:
    assert polarity(around(*roles), roles.index("topic")) is said
