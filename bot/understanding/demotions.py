"""Those who turn out to have a lower title: 高工那位其实是中级."""

from __future__ import annotations

from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.model import ReadingContext
from bot.understanding.tally import TITLED, Tally

_LOWER: Final = frozenset({"intermediate", "title"})


class Demotions:
    """Takes one off the titled people told before; make one for each message."""

    def __init__(self, tally: Tally, ledger: Ledger, context: ReadingContext) -> None:
        self._tally = tally
        self._ledger = ledger
        self._told = context.last_facts == (TITLED,)  # they were spoken of last, and nothing else

    def take(self, clause: Clause) -> bool:
        """Whether the clause says of one of them that the title is a lower one."""
        nouns = {str(token.value) for token in clause.of("noun")}
        self._told = nouns == {TITLED} if nouns else self._told
        held = self._tally.held(TITLED)
        lower = any(token.value in _LOWER for token in clause.of("decoy"))
        correcting = clause.has("correct") or self._ledger.correcting
        if not lower or not correcting or clause.mood != "tell" or not self._of_them(clause):
            return False
        if isinstance(held, bool) or not isinstance(held, int) or held < 1 or not _of_one(clause, held):
            return False
        self._ledger.correcting = True
        return self._ledger.state(clause, TITLED, held - 1)

    def _of_them(self, clause: Clause) -> bool:
        last = self._tally.last_named()
        told = last is not None and last[0] == TITLED and not clause.has("noun")
        return told or self._told


def _of_one(clause: Clause, held: int) -> bool:
    """那位, 他, 有一个; of the only one there is no such word is needed."""
    counts = [token.value.exact for token in clause.of("count")]
    return all(number == 1 for number in counts) and (held == 1 or clause.has("single", "guard", "count"))
