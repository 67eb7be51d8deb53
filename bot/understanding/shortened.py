"""A noun cut short stands for the fact whose number was told before: 学历改成4, 证书那个应该是3."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.lexicon import Lexicon, Token

_PLAIN_TITLE: Final = "other"  # 职称, of which rank it is not said
_WORDS: Final = ("gap", "soft", "decoy")
_SHOULD: Final = "应该"
_SHOULD_BE: Final = "应该是"
_IDLE: Final = frozenset({"gap", "soft", "guard", "among"})
_AROUND: Final = 4  # signs that may stand around half a noun where nothing is corrected


class Shortened:
    """Makes half nouns whole. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._halves = {name: re.compile(form) for name, form in lexicon.tables["half"].items()}

    def whole_ones(self, clauses: Sequence[Clause], held: Sequence[str]) -> Iterator[Clause]:
        """Every clause made whole, but for one behind a noun that waits for its number: 上岗证，有证的5个."""
        before: Clause | None = None
        for clause in clauses:
            waits = before is not None and before.sentence == clause.sentence and _waits(before)
            yield clause if waits else self.whole(clause, held)
            before = clause

    def whole(self, clause: Clause, held: Iterable[str]) -> Clause:
        """The clause with the half noun of one of the facts ``held`` as a noun, where it tells a number or
        that one was wrong."""
        titled = any(token.value != _PLAIN_TITLE for token in clause.of("decoy"))
        if clause.has("noun"):
            return _should_have_been(clause, held)
        if titled or clause.has("unfit") or not clause.has("count", "correct"):
            return clause
        named = {name: found for name in held if (found := self._find(name, clause))}
        if len(named) != 1:
            return clause
        ((name, half),) = named.items()
        at = next((at for at, token in enumerate(clause.tokens) if _holds(clause, token, half)), None)
        if at is None:
            return clause
        noun = replace(clause.tokens[at], role="noun", value=name)
        tokens = _righted((*clause.tokens[:at], noun, *clause.tokens[at + 1 :]))
        return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))

    def _find(self, name: str, clause: Clause) -> re.Match[str] | None:
        return self._halves[name].search(clause.text) if name in self._halves else None


def _waits(clause: Clause) -> bool:
    """Whether a clause names people and nothing else: 能源环境安全的上岗证."""
    return clause.has("noun") and clause.roles <= {"noun", "soft", "self", "have"}


def _should_have_been(clause: Clause, held: Iterable[str]) -> Clause:
    """社保应该是3个, where another number of them was told: that was wrong."""
    nouns = clause.of("noun")
    hedges = clause.of("hedge")
    if not hedges or len(nouns) != 1 or nouns[0].value not in held or not clause.has("count"):
        return clause
    if not all(hedge.text == _SHOULD_BE for hedge in hedges):
        return clause
    tokens = tuple(replace(t, role="correct", value="weak") if t in hedges else t for t in clause.tokens)
    return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))


def _righted(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """学历那里应该是8个: what the number should have been, without the words around it."""
    should = [replace(t, role="correct", value="weak") if _should(t) else t for t in tokens]
    if sum(token.role == "count" for token in should) != 1 or all(t.role != "correct" for t in should):
        return tokens
    return tuple(token for token in should if token.role not in _IDLE)


def _should(token: Token) -> bool:
    return token.role == "hedge" and token.text.startswith(_SHOULD)


def _holds(clause: Clause, token: Token, half: re.Match[str]) -> bool:
    """Whether the half noun stands in a token that means nothing else, and in few other words."""
    begin = clause.tokens[0].start + half.start()
    few = len(token.text.strip()) <= half.end() - half.start() + _AROUND
    return token.role in _WORDS and token.start <= begin < token.end and (few or clause.has("correct"))
