"""A number that sums up: 8个，走了3个，现在5个; 小陈一个，小刘一个."""

from __future__ import annotations

from bot.understanding.clause import Clause
from bot.understanding.counting import Counting
from bot.understanding.numbers import Quantity


class Totals:
    """Takes numbers that stand for what was told before; make one for each message."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._tally = counting.tally

    def take(self, clause: Clause, index: int, quantity: Quantity) -> bool:
        """Whether the number at ``index`` was one of these, and so is settled."""
        if clause.mood != "tell" or quantity.exact is None:
            return False
        return (
            self._one_more(clause, quantity.exact)
            or self._left(clause, index, quantity)
            or self._summed(clause, index, quantity)
        )

    def _summed(self, clause: Clause, index: int, quantity: Quantity) -> bool:
        """合起来5个, =7人: the sum of the parts told before it."""
        told = self._tally.last_named()
        begin = clause.tokens[index - 1].end if index and clause.tokens[index - 1].role == "count" else None
        first = clause.tokens[0].start
        lead = clause.text[(begin or first) - first : clause.tokens[index].start - first]
        if told is None:
            return False
        if told[1].exact == quantity.exact:
            return self._tally.of_parts(lead, told)
        if not self._tally.sums_up(lead, told, quantity):
            return False
        self._tally.replace(clause, told, quantity)
        return True

    def _left(self, clause: Clause, index: int, quantity: Quantity) -> bool:
        """能用的4张, 所以是7个: how many it comes to, once some were taken off or came."""
        counting, tokens = self._counting, clause.tokens
        lead = clause.text[: tokens[index].start - tokens[0].start]
        parted = counting.parted or counting.good.search(lead) is not None
        if not parted or counting.open is not None or not counting.resolving.fullmatch(lead):
            return False
        if counting.changes.comes_to(clause, quantity):
            return True
        told = self._tally.last_named()
        if told is not None:
            self._tally.replace(clause, told, quantity)
        elif counting.bare:
            counting.bare = [(clause, quantity)]
        return told is not None or bool(counting.bare)

    def _one_more(self, clause: Clause, many: int) -> bool:
        """小刘一个, behind 审核师小陈一个."""
        told = self._tally.last_named() if self._counting.by_name and clause.has("name") else None
        if told is None or told[1].exact is None:
            return False
        whole = told[1].exact + many
        self._tally.replace(clause, told, Quantity(whole, whole))
        return True
