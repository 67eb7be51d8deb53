"""Who sat the examination and who passed it: 6个去考审核师，4个过了. Only those who passed count."""

from __future__ import annotations

import re

from bot.understanding.clause import Clause
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.numbers import Quantity
from bot.understanding.tally import AUDITORS, Tally


class Exams:
    """Takes the outcome of examinations; make one for each message."""

    def __init__(self, lexicon: Lexicon, tally: Tally) -> None:
        table = lexicon.tables["exam"]
        self._sat, self._passed, self._failed, self._all, self._nobody = (
            re.compile(table[name]) for name in ("sat", "passed", "failed", "all", "nobody")
        )
        self._done = re.compile(table["done"])
        self._tally = tally
        self._sitting: int | None = None  # how many sat it

    def take(self, clause: Clause) -> bool:
        """Whether the clause tells of those who sat the examination, or of how it went for them."""
        counts = [(token.end, token.value.exact) for token in clause.of("count")]
        begun = clause.tokens[0].start if clause.tokens else 0
        outcome = clause.text
        if self._sat.search(clause.text):
            self._sitting = counts[0][1] if counts else None
            if not counts:
                return False
            outcome = clause.text[counts[0][0] - begun :]
            if len(counts) == 1 and not self._have_passed(outcome) and not self._done.search(clause.text):
                return True
            if len(counts) == 1 and self._done.search(clause.text):
                outcome = clause.text  # 通过审核师考试的有4个
            counts = counts[1:] or counts
        many = self._after(outcome, counts[0][1] if counts else None)
        if many is None:
            return False
        noun = Token("noun", AUDITORS, begun, begun, "")
        self._tally.take(clause, noun, Quantity(many, many))
        self._sitting = None
        return True

    def _have_passed(self, outcome: str) -> bool:
        """审核师培训4个人都合格了: those who sat it are those who passed."""
        return self._passed.search(outcome) is not None and not self._failed.search(outcome)

    def _after(self, outcome: str, told: int | None) -> int | None:
        """How many passed, by words such as 2个没过, 过了4个, 全过了."""
        if self._sitting is None:
            return None
        if self._failed.search(outcome) and self._nobody.search(outcome):
            return 0
        if told is None:
            return self._sitting if self._all.search(outcome) else None
        if told > self._sitting:
            return None
        if self._done.search(outcome):
            return told
        if self._failed.search(outcome):
            return self._sitting - told
        return told if self._passed.search(outcome) else None
