"""Points of an acceptance: 82分, 得分 82."""

from __future__ import annotations

from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Token
from knowledge.numerals import to_int

SCORE: Final = "acceptance_score"
_FULL: Final = 100


def read_scores(clause: Clause, ledger: Ledger) -> None:
    """Take the points that a clause states."""
    for token in clause.of("score"):
        found = token.value
        written: float | None = found.written
        if written is not None and not 0 <= written <= _FULL:
            ledger.reject(clause, SCORE, "rejected.score_range", token.text)
        elif found.quantity.vague:
            ledger.doubt("value", SCORE, clause, (found.quantity.value,))
        elif found.quantity.exact is not None and written is not None and written != int(written):
            ledger.state(clause, SCORE, written)
        elif found.quantity.low is not None and found.quantity.high is None:
            ledger.state(
                clause, SCORE, found.quantity.value, sure=clause.possessive or clause.has("scoring", "only")
            )
        else:
            ledger.state(clause, SCORE, found.quantity.value)
    if clause.has("scoring") and not clause.has("score"):
        _bare(clause, ledger)


def _bare(clause: Clause, ledger: Ledger) -> None:
    """得分 82: a number after the word for points."""
    mark = next(token for token in clause.tokens if token.role == "scoring")
    behind = next((token for token in clause.of("gap") if token.start >= mark.end), None)
    if (
        behind
        and (written := to_int(behind.text.strip(), digit_strings=False)) is not None
        and written <= _FULL
    ):
        ledger.state(clause, SCORE, written)
        return
    counted = [token for token in clause.of("count") if token.start >= mark.end and not token.value.unit]
    if len(counted) == 1 and not _between(clause, mark, counted[0]):
        number = counted[0].value.exact
        if number is not None and number <= _FULL:
            ledger.state(clause, SCORE, number)
        elif number is not None:
            ledger.reject(clause, SCORE, "rejected.score_range", counted[0].text)


def _between(clause: Clause, first: Token, last: Token) -> bool:
    return any(
        token.role not in ("soft", "have", "only")
        for token in clause.tokens
        if first.end <= token.start and token.end <= last.start
    )
