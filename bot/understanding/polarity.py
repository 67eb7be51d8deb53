"""What the words around a token say of it: that it is so, that it is not, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.understanding.lexicon import Token

_DONE_NOT: Final = ("没", "未", "还没", "尚未", "也没", "都没")
_BEING: Final = ("是", "也是", "is", "are", "it's", "it is")
_FENCES: Final = frozenset(
    {"noun", "decoy", "topic", "claim", "denial", "history", "count", "person", "event"}
)
_WHERE: Final = "在"


def polarity(tokens: Sequence[Token], index: int, stop_at: tuple[str, ...] = ()) -> bool | None:
    """What the words around a token say of it: True, False, or None where they say nothing."""
    fences = frozenset(stop_at) or _FENCES
    around: list[Token] = []
    for way in (-1, 1):
        side: list[Token] = []
        at = index + way
        while 0 <= at < len(tokens) and tokens[at].role not in fences:
            if way == -1 and tokens[at].role == "duration" and any(token.role == "not" for token in side):
                break  # 验收还没做三年没被罚过: what is denied before the time is another thing
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


def of_having(tokens: Sequence[Token], telling: str) -> Sequence[Token]:
    """检测仪器过期没校准 denies what was done, not that it is there, but for what is ``telling`` of it:
    没报给局里. Every place is kept."""
    kept = list(tokens)
    for at, (token, after) in enumerate(pairwise(tokens)):
        done = (
            (after.role == "gap" or after.text == _WHERE)
            and after.start == token.end
            and not re.match(telling, after.text)
        )
        if done and token.text in _DONE_NOT:
            kept[at] = replace(token, role="soft")
    return kept


def without_one(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """懂审核方法的一个没有: the 一个 behind what is denied counts nobody."""
    return [
        token
        for at, token in enumerate(tokens)
        if at <= index
        or token.role != "count"
        or token.value.exact != 1
        or tokens[at + 1 : at + 2] == ()
        or tokens[at + 1].role != "not"
    ]


def without_being(tokens: Sequence[Token]) -> Sequence[Token]:
    """检测设备是租的 does not say that they have it; every place is kept."""
    return [replace(t, role="soft") if t.role == "have" and t.text in _BEING else t for t in tokens]


def until_gap(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """What stands behind a claim with words of its own denies those, not the claim: 有特殊原因做不完."""
    behind = range(index + 1, len(tokens))
    gap = next((at for at in behind if tokens[at].role in ("gap", "finished")), None)
    return tokens if gap is None else tokens[: index + 1]


def from_gap(tokens: Sequence[Token], index: int) -> tuple[Sequence[Token], int]:
    """What is parted from a denial by other words is of another thing: 还没报给局里也还没批; and so is what
    follows it: 能耗在限额以内就不用…"""
    gaps = [at for at in range(index) if tokens[at].role == "gap"]
    cut = gaps[-1] + 1 if gaps else 0
    return tokens[cut:], index - cut
