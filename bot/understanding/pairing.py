"""Which number belongs to which noun within a clause: 5个大专3个审核师 or 大专5个审核师3个."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.understanding.lexicon import Token

HEADS: Final = frozenset({"noun", "decoy", "unfit", "fit", "person", "agency", "topic"})
_OWNERS: Final = frozenset({"person", "agency", "topic"})  # 代理公司5个大专: never the head of what follows
_BETWEEN: Final = frozenset(
    {
        "soft",
        "have",
        "only",
        "all",
        "each",
        "self",
        "duration",
        "hedge",
        "industry",
        "municipal",
        "choice",
        "affirm",
        "correct",
        "fulltime",
        "gain",
        "loss",
        "hypothetical",  # 大专的话有5个 names the topic
    }
)


def pair(tokens: Sequence[Token]) -> dict[int, int]:
    """Index of each count's head by the count's index; counts without a head are left out.

    Both directions are tried; the one that leaves fewer counts alone wins, else the order of the clause.
    """
    counts = [index for index, token in enumerate(tokens) if token.role == "count"]
    if not counts:
        return {}
    forward = _assign(tokens, counts, 1)
    backward = _assign(tokens, counts, -1)
    if len(forward) != len(backward):
        return max(forward, backward, key=len)
    first = next(token for token in tokens if token.role == "count" or token.role in HEADS - _OWNERS)
    return forward if first.role == "count" else backward


def _assign(tokens: Sequence[Token], counts: Sequence[int], direction: int) -> dict[int, int]:
    heads: dict[int, int] = {}
    for index in counts:
        for way in (direction, -direction):
            head = _reach(tokens, index, way)
            if head is not None and head not in heads.values():
                heads[index] = head
                break
    return heads


def _reach(tokens: Sequence[Token], index: int, way: int) -> int | None:
    """The next head that way, if nothing but link words stands between."""
    at = index + way
    while 0 <= at < len(tokens):
        role = tokens[at].role
        if role in HEADS:
            return at if way == 1 or role not in _OWNERS else None
        if (role not in _BETWEEN and not (role == "among" and way == 1)) or (
            role == "soft" and way == 1 and tokens[at].text == "一个"
        ):
            return None
        at += way
    return None


def joined(tokens: Sequence[Token], head: int) -> Iterator[int]:
    """Further nouns that share the count of ``head``: 大专学历和审核师证."""
    at = head + 1
    while at < len(tokens) and tokens[at].role in ("soft", "conj", "have", "all"):
        at += 1
    linked = any(token.role in ("conj", "have", "all") for token in tokens[head + 1 : at])
    if linked and at < len(tokens) and tokens[at].role == "noun":
        yield at
        yield from joined(tokens, at)


def shared(tokens: Sequence[Token], head: int) -> Iterator[int]:
    """Earlier nouns of a list whose last noun has the number: 审核师和高工各2个."""
    at = head - 1
    while at > 0 and tokens[at].role in ("soft", "conj"):
        at -= 1
    if at >= 0 and at < head - 1 and tokens[at].role == "noun":
        yield at
        yield from shared(tokens, at)


def denied(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word of having none stands right before or after the token: 没有高工, 高工还没有."""
    before = _skip(tokens, index - 1, -1)
    if before is not None and tokens[before].role == "not":
        return tokens[before].value == "have" and not doubled(tokens, before) and not _relative(tokens, index)
    after = _skip(tokens, index + 1, 1)
    if after is None or tokens[after].role != "not" or tokens[after].value != "have":
        return False
    beyond = _skip(tokens, after + 1, 1)
    return beyond is None or tokens[beyond].role not in HEADS | {"count", "duration", "gap", "not"}


def _skip(tokens: Sequence[Token], at: int, way: int) -> int | None:
    """The nearest token that way that is more than a link word."""
    while 0 <= at < len(tokens):
        link = tokens[at].role in ("soft", "only", "all", "self", "hedge", "duration")
        if not link and tokens[at].text != "是":
            return at
        at += way
    return None


def doubled(tokens: Sequence[Token], index: int) -> bool:
    """不是没有: a denial of a denial."""
    before = _skip(tokens, index - 1, -1)
    return before is not None and tokens[before].role == "not"


def _relative(tokens: Sequence[Token], index: int) -> bool:
    """没有高级职称的有3个 tells of others."""
    rest = tokens[index + 1 :]
    return any(token.role == "soft" and token.text.startswith("的") for token in rest[:1]) and any(
        token.role == "count" for token in rest
    )
