"""Which number belongs to which noun within a clause: 5个大专3个审核师 or 大专5个审核师3个."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from bot.understanding.lexicon import BRIDGE, Token
from bot.understanding.numbers import Quantity, of_people

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
        "wonder",  # 审核师呢有六个
        "other",  # of an agency told of before: 大专他们有十个
        "hypothetical",  # 大专的话有5个 names the topic
        "name",
    }
)


_ROW: Final = 2  # from three numbers on
_THAT_ONE: Final = ("那个", "这个")
_OF_KIND: Final = ("soft", "industry", "fit")
_BEING: Final = ("是", "也是", "属于", "is", "are", "the")
_DENIED_INSTEAD: Final = HEADS | {"count", "duration", "gap", "not", "affirm", "claim", "history", "finished"}


def pair(tokens: Sequence[Token]) -> dict[int, int]:
    """Index of each count's head by the count's index; counts without a head are left out.

    Both directions are tried; the one that leaves fewer counts alone wins, else the order of the clause.
    """
    counts = [index for index, token in enumerate(tokens) if token.role == "count"]
    if not counts:
        return {}
    if unknown := _unknown_first(tokens, counts):
        return _assign(tokens, counts[unknown:], -1)
    if _in_order(tokens, counts):
        found = ((index, _reach(tokens, index, -1)) for index in counts)
        return {index: head for index, head in found if head is not None}
    forward = _assign(tokens, counts, 1)
    backward = _assign(tokens, counts, -1)
    if len(forward) != len(backward):
        return max(forward, backward, key=len)
    first = next(token for token in tokens if token.role == "count" or token.role in HEADS - _OWNERS)
    return forward if first.role == "count" else backward


def _in_order(tokens: Sequence[Token], counts: Sequence[int]) -> bool:
    """学历6证4社保5高工2: a row of words with their bare numbers, of which some are not known."""
    row = tokens[0].role in HEADS and tokens[-1].role == "count" and len(counts) > _ROW
    heads = sum(token.role in HEADS for token in tokens)
    return row and heads < len(counts) and not any(tokens[index].value.unit for index in counts)


def _unknown_first(tokens: Sequence[Token], counts: Sequence[int]) -> int:
    """仪表工3审核师4高工1: how many numbers at the head count what nobody knows, where each other one has a
    head of its own before it."""
    if tokens[-1].role != "count":
        return 0
    first = next((at for at, token in enumerate(tokens) if token.role in HEADS), 0)
    unknown = [index for index in counts if index < first]
    known = sum(token.role in HEADS for token in tokens)
    named = all(_behind_unknown(tokens, index) for index in unknown)
    return len(unknown) if named and known == len(counts) - len(unknown) > 0 else 0


def _behind_unknown(tokens: Sequence[Token], index: int) -> bool:
    at = index - 1
    while at >= 0 and tokens[at].role in ("have", "only"):
        at -= 1
    return at >= 0 and tokens[at].role == "gap"


def _assign(tokens: Sequence[Token], counts: Sequence[int], direction: int) -> dict[int, int]:
    heads: dict[int, int] = {}
    wholes = [at for at in counts if at + 1 < len(tokens) and tokens[at + 1].role == "among"]
    for index in (*(at for at in counts if at not in wholes), *wholes):  # 15个人里大专占了9个
        if _counts_things(tokens, index):
            heads[index] = index + 1
            continue
        for way in (direction, -direction):
            head = _reach(tokens, index, way)
            if head is not None and head not in heads.values():
                heads[index] = head
                break
    return dict(sorted(heads.items()))


def _counts_things(tokens: Sequence[Token], index: int) -> bool:
    """审核师做过3个项目: the number counts what stands right behind it, and that is nobody."""
    behind = tokens[index + 1 : index + 2]
    if tokens[index].text.startswith("一") and any(token.role == "denial" for token in behind):
        return True  # 一个项目都没跟过
    return any(token.value == "thing" and token.start - tokens[index].end <= 1 for token in behind)  # 4 parts


def _reach(tokens: Sequence[Token], index: int, way: int) -> int | None:
    """The next head that way, if nothing but link words stands between."""
    at = index + way
    while 0 <= at < len(tokens):
        passed = _passed(tokens[at], tokens[index], way)
        if tokens[at].role in HEADS and not passed:
            return at if way == 1 or tokens[at].role not in _OWNERS else None
        if not passed:
            return None
        at += way
    return None


def _passed(token: Token, count: Token, way: int) -> bool:
    """Whether a token between a number and its noun only links the two."""
    quantity: Quantity = count.value
    if token.role in HEADS:
        return way == -1 and token.value == "thing" and of_people(quantity)  # EHS部门5个人
    if token.role == "gap":
        return token.value == BRIDGE and bool(quantity.unit)  # 审核师储备6人
    if token.role == "guard":
        known = way == -1 or quantity.unit.endswith("人")  # 四个人考了那个省里的审核师证
        return known and token.text in _THAT_ONE  # 大专那个改成6
    if token.role == "among":
        return way == 1
    if token.role == "soft":
        return way == -1 or token.text != "一个"
    return token.role in _BETWEEN and token.value != "miscount"


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
    if before and tokens[before].role == "have":
        before = _denied_having(tokens, before)
    if before is not None and tokens[before].role == "not":
        return tokens[before].value == "have" and not doubled(tokens, before) and not _relative(tokens, index)
    after = _skip(tokens, index + 1, 1)
    if after is None or tokens[after].role != "not" or tokens[after].value != "have":
        return False
    beyond = _skip(tokens, after + 1, 1)
    if beyond is None or tokens[beyond].role not in _DENIED_INSTEAD:
        return True
    return _blank_behind(tokens[after], tokens[after + 1]) or _has_its_own(tokens, beyond)


def _denied_having(tokens: Sequence[Token], have: int) -> int:
    """The 没有 of 没有具备高级职称的, no people have; else the word of having itself."""
    at = have - 1
    while at > 0 and tokens[at].role == "soft":
        at -= 1
    return at if at >= 0 and tokens[at].role == "not" else have


def _has_its_own(tokens: Sequence[Token], index: int) -> bool:
    """高工没有社保有五个, in words run together: what is said of each noun stands behind it."""
    behind = [token.role for token in tokens[index + 1 :] if token.role not in ("soft", "have", "only")]
    if tokens[index].role != "noun" or behind[:1] not in (["count"], ["not"]):
        return False
    return next(token.role for token in tokens if token.role in ("noun", "count")) == "noun"


def _blank_behind(token: Token, after: Token) -> bool:
    """审核师一个没有 懂管理的有两个: a blank ends what is said, as a comma would."""
    return not token.text.isascii() and (token.end < after.start or after.text.startswith(" "))


def _skip(tokens: Sequence[Token], at: int, way: int) -> int | None:
    """The nearest token that way that is more than a link word."""
    while 0 <= at < len(tokens):
        link = tokens[at].role in ("soft", "only", "all", "self", "hedge", "duration", "name")
        link = link or (tokens[at].role, tokens[at].value) == ("correct", "weak")  # 高工其实没有
        if not link and tokens[at].text not in ("是", "的话"):
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


def possessed(tokens: Sequence[Token], index: int) -> bool:
    """Whether 有, or 不是没有, stands right before the noun, or 有 alone behind it."""
    at = index - 1
    while at >= 0 and tokens[at].role in ("soft", "only"):
        at -= 1
    if at >= 1 and tokens[at].role == tokens[at - 1].role == "not":
        return True
    if at >= 0 and tokens[at].role == "have":
        return tokens[at].text not in _BEING
    behind = [token for token in tokens[index + 1 :] if token.role not in ("soft", "only")]
    return len(behind) == 1 and behind[0].text == "有"  # 审核师有，高工没有


def widened(tokens: Sequence[Token], head: int, index: int) -> Token:
    """A noun with the words before it, or up to its number, which may say of what kind it is:
    省里培训的审核师, 审核师国家级的2人."""
    first = head
    while first and tokens[first - 1].role in _OF_KIND and tokens[first - 1].end == tokens[first].start:
        first -= 1
    noun = tokens[head]
    last = max(head + 1, index)
    behind = takewhile(lambda token: token.role == "soft" or token.value == BRIDGE, tokens[index + 1 :])
    kind = "".join(token.text for token in behind) if head < index else ""  # 审核师2个国家级
    return noun if last - first == 1 and not kind else replace(noun, text=_joined(tokens[first:last]) + kind)


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)
