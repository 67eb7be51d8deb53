"""All but some: 社保除了两个新来的都满一年, 除了小马，社保都满一年了."""

from __future__ import annotations

import re

from bot.understanding.clause import Clause
from bot.understanding.lexicon import Lexicon
from bot.understanding.tally import ALL_STAFF, Tally

_MANY: re.Pattern[str] = re.compile("和|跟|与|还有")


class LeavingOut:
    """Takes those left out off the number that 都 would mean; make one for each message."""

    def __init__(self, lexicon: Lexicon, tally: Tally) -> None:
        self._form = re.compile(lexicon.tables["except"]["some"])
        self._tally = tally
        self._few: int | None = None  # how many are left out of what the next clause says of all; 0: not told

    def take(self, clause: Clause) -> bool:
        """Whether the clause tells of all but some, who may be named in the clause before."""
        few, self._few = self._few if clause.before.startswith(",") else None, None
        if self._form.search(clause.text):
            few = _left_out(clause)
            if not clause.has("all", "noun", "decoy", "not"):
                self._few = few
                return False
        if few is None or not clause.has("all") or clause.has("not") or clause.mood != "tell":
            return False
        return self._all_but(clause, few)

    def _all_but(self, clause: Clause, few: int) -> bool:
        noun = next(iter(clause.of("noun")), None)
        name = self._tally.fact_of(noun) if noun is not None else None
        if noun is None or name is None or not self._tally.long_enough(clause, name):
            return False
        staff = self._tally.last(ALL_STAFF)
        wholes = [staff[1]] if staff else self._tally.referents()
        many = {whole.exact for whole in wholes}
        whole = many.pop() if len(many) == 1 else None
        if few and whole is not None and whole > few:
            self._tally.take(clause, noun, wholes[0].less(few))
        else:
            self._tally.leave_open(clause, name)
        return True


def _left_out(clause: Clause) -> int:
    """How many are named or counted."""
    named = sum(1 + len(_MANY.findall(token.text)) for token in clause.of("name"))
    counts = [token.value.exact for token in clause.of("count")]
    return named or (counts[0] if len(counts) == 1 and counts[0] else 0)
