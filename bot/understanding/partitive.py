"""Some of a number, as English says it: three of our six auditors are senior engineers, none of the four."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.counting import NONE
from bot.understanding.lexicon import Token

_OF: Final = ("of", "out of", "among", "of these", "of those")
_WHOSE: Final = ("the", "these", "those")
_COUNTED: Final = frozenset({"noun", "decoy"})
# Of the part: four of the nine passed the training.
_DOING: Final = ("passed", "completed", "finished", "hold", "holds")


def whole_and_part(clause: Clause) -> Iterator[Clause]:
    """What is told of the whole, where its number and noun stand there, then what is told of the part."""
    tokens = clause.tokens
    of = _between(tokens)
    if of is None:
        yield clause
        return
    whole = _first(tokens, of + 1)
    behind = whole + 1
    counted = behind < len(tokens) and tokens[behind].role in _COUNTED
    if tokens[whole].role == "count" and counted and not tokens[behind].text.startswith(_DOING):
        behind += 1
        yield _of(clause, tokens[whole:behind])
    part = tokens[of - 1]
    if of > 1 and tokens[of - 2].role == "all" and tokens[whole].role in _COUNTED:
        yield _of(clause, (part, tokens[whole]))  # all five of our auditors have insurance
    if part.role == "not":
        part = replace(part, role="count", value=NONE)
    yield _of(clause, (*tokens[: of - 1], part, *tokens[behind:]))


def _between(tokens: Sequence[Token]) -> int | None:
    """Where ``of`` stands between a number, or none, and a whole: one with its number, or named (one of our
    auditors) with what is told of the part behind it."""
    for of in range(1, len(tokens) - 1):
        part, whole = tokens[of - 1], _first(tokens, of + 1)
        some = part.role == "count" or (part.role, part.value) == ("not", "have")
        if tokens[of].text.strip() not in _OF or not some or whole == len(tokens):
            continue
        told = any(token.role == "noun" for token in tokens[whole + 1 :])
        named = tokens[whole].role in _COUNTED and whole > of + 1 and told
        if tokens[whole].role == "count" or named:
            return of
    return None


def _first(tokens: Sequence[Token], at: int) -> int:
    """The first token from there on that says more than whose they are."""
    while at < len(tokens) and (tokens[at].role == "self" or tokens[at].text.strip() in _WHOSE):
        at += 1
    return at


def _of(clause: Clause, tokens: tuple[Token, ...]) -> Clause:
    return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))
