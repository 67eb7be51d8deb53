"""What the words around a token say of it: that it is there, or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.understanding.lexicon import Token

_FENCES: Final = frozenset(
    {"noun", "decoy", "topic", "claim", "denial", "history", "count", "person", "event"}
)


def polarity(tokens: Sequence[Token], index: int, stop_at: tuple[str, ...] = ()) -> bool | None:
    """What the words around a token say of it: True, False, or None where they say nothing."""
    fences = frozenset(stop_at) or _FENCES
    around: list[Token] = []
    for way in (-1, 1):
        side, at = [], index + way
        while 0 <= at < len(tokens) and tokens[at].role not in fences:
            side.append(tokens[at])
            at += way
        if way == 1 and at < len(tokens):
            side = _settled(side)
        telling = any(token.role in ("not", "have", "affirm") for token in around)
        if not (telling and at < len(tokens) and way == 1):  # else it speaks of the next thing
            around += side
    denials = sum(token.role == "not" for token in around)
    if denials:
        return denials % 2 == 0
    return True if any(token.role in ("have", "affirm") or token.text == "还有" for token in around) else None


def _settled(side: Sequence[Token]) -> list[Token]:
    """材料交上去了这三年也没有被处罚过: a time or a person behind what affirms begins the next thing."""
    affirmed = False
    for at, token in enumerate(side):
        if affirmed and token.role in ("duration", "date", "self", "agency"):
            return list(side[:at])
        affirmed = affirmed or token.role == "affirm"
    return list(side)
