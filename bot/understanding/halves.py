"""Half of the people told before: 审核师8个，其中一半是高工."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding.clause import Clause
from bot.understanding.lexicon import Token
from bot.understanding.model import ReadingContext
from bot.understanding.numbers import Quantity


class Halves:
    """Puts a number in the stead of 一半; make one for each message."""

    def __init__(self, context: ReadingContext) -> None:
        held = [context.facts.get(name) for name in context.last_facts]
        numbers = {value for value in held if isinstance(value, int) and not isinstance(value, bool)}
        self._whole = numbers.pop() if len(numbers) == 1 else None

    def read(self, clause: Clause) -> Iterator[Clause]:
        """The clause with its half as a number; two clauses where it tells the whole as well."""
        if not clause.has("one_half"):
            if clause.has("count"):
                self._hear(clause.tokens)
            yield clause
            return
        at = next(at for at, token in enumerate(clause.tokens) if token.role == "one_half")
        whole, part = _parted(clause.tokens, at)
        if whole:
            self._hear(whole)
            yield _of(clause, whole)
        counted = _of(clause, tuple(self._counted(token) for token in part))
        yield replace(counted, roles=counted.roles | {"one_half"})

    def _hear(self, tokens: Sequence[Token]) -> None:
        counts = [token.value.exact for token in tokens if token.role == "count"]
        if counts:
            self._whole = counts[-1]

    def _counted(self, token: Token) -> Token:
        if token.role != "one_half":
            return token
        if not self._whole:
            return replace(token, role="gap")
        low, odd = divmod(self._whole, 2)
        return replace(token, role="count", value=Quantity(low, low + odd, "个"))


def _parted(tokens: tuple[Token, ...], at: int) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The tokens that tell the whole, and those that tell of its half: 8个审核师一半是高工, half of our 8
    auditors are senior engineers."""
    before, half, behind = tokens[:at], tokens[at : at + 1], tokens[at + 1 :]
    if any(token.role == "count" for token in before):
        return before, half + behind
    counted = False
    for index, token in enumerate(behind, 1):
        counted = counted or token.role == "count"
        if counted and token.role == "noun":
            return behind[:index], before + half + behind[index:]
    return (), tokens


def _of(clause: Clause, tokens: tuple[Token, ...]) -> Clause:
    return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))
