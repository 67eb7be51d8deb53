"""The speaker's own number behind that of others or of the rule: 人家有5个审核师，我们只有3个."""

from __future__ import annotations

from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.lexicon import Token
from bot.understanding.numbers import PEOPLE, Quantity
from bot.understanding.tally import Tally

_OF_OTHERS: Final = ("other", "rule")
_LINKS: Final = frozenset({"soft", "only", "all", "self", "have", "agency", "conj", "fulltime"})


class Contrast:
    """Remembers of whom others, or the rule, have how many; make one for each message."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._nouns: dict[str, Token] = {}

    def hear(self, clause: Clause) -> None:
        """Note what a clause of others counts; the own people, told by name, end it."""
        if clause.mood in _OF_OTHERS and clause.has("count"):
            self._nouns |= {str(noun.value): noun for noun in clause.of("noun")}
        elif clause.mood == "tell" and clause.has("noun"):
            self._nouns = {}

    def take(self, clause: Clause, quantity: Quantity) -> bool:
        """我们只有3个: whether a number without a noun is of the people that others were said to have."""
        noun = self._of(clause)
        everybody = quantity.unit in PEOPLE and (
            not clause.has("only") or self._tally.altogether(clause.text)
        )
        if noun is None or everybody:
            return False
        self._tally.take(clause, noun, quantity)
        return True

    def none(self, clause: Clause, none: Quantity) -> bool:
        """我们没有: whether the clause says no more than that the speaker has none of them."""
        noun = self._of(clause)
        if noun is None:
            return False
        said = [token for token in clause.tokens if token.role not in _LINKS]
        if len(said) != 1 or (said[0].role, said[0].value) != ("not", "have"):
            return False
        self._tally.take(clause, noun, none)
        return True

    def _of(self, clause: Clause) -> Token | None:
        """The one noun of others that the speaker's clause can mean."""
        own = len(self._nouns) == 1 and clause.mood == "tell" and clause.has("self", "agency")
        return next(iter(self._nouns.values())) if own else None
