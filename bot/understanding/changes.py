"""More or fewer than before: 又招了一个高工, 走了2个, 原来5个."""

from __future__ import annotations

from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Token
from bot.understanding.numbers import Quantity
from bot.understanding.tally import Tally

_OF_SOME: Final = ("hypothetical", "unfit", "among", "not", "name", "plan", "decoy", "person")
_LIGHT: Final = frozenset({"soft", "only", "all", "self", "filler", "date", "loss", "wonder"})


class Changes:
    """Adds to and takes from the numbers that one message, or the talk, holds; make one for each message."""

    def __init__(self, tally: Tally, ledger: Ledger) -> None:
        self._tally = tally
        self._ledger = ledger
        self._former: tuple[Token | None, int] | None = None  # 原来5个: whose number changes next
        self._gained: tuple[str, int] | None = None  # 又考过了两个审核师: to how many is not told

    def remember(self, clause: Clause, noun: Token | None) -> None:
        """How many there were before, and of whom."""
        told = [token.value.exact for token in clause.of("count")]
        self._former = (noun, told[0]) if len(told) == 1 and told[0] is not None else None

    def named(self, clause: Clause, noun: Token, quantity: Quantity) -> bool:
        """又招了一个高工, 走了一个审核师: whether the number is a change of what was told before."""
        step = quantity.exact
        meant = clause.mood in ("suppose", "plan") and clause.has("plan", "engage")
        gained = clause.has("gain") or (meant and not clause.has("loss"))
        if step is None or not (gained or clause.has("loss")):
            return False
        name = self._tally.fact_of(noun)
        if name is None:
            return True
        held = self._held(name)
        if held is not None:
            left = held + (step if gained else -step)
            if left >= 0:  # more gone than there were: the number is of those that are left
                self._ledger.correcting = True
                self._ledger.state(clause, name, left)
        elif gained:
            self._ledger.state(clause, name, {"min": step})
            self._gained = (name, step)
        else:
            self._ledger.doubt("value", name, clause)
        return True

    def explain(self) -> bool:
        """审核师改成3个，走了一个: whether what follows only says how the corrected number came about."""
        told = self._tally.last_named()
        fact = self._ledger.facts.get(told[0]) if told and self._former is None else None
        return fact is not None and fact.correction

    def joined(self, clause: Clause) -> bool:
        """加上以前的三个, behind 又考过了两个: whether those of before and those that came make a sum."""
        told = [token.value.exact for token in clause.of("count")]
        before = clause.added and clause.has("former", "from")
        if self._gained is None or not before or len(told) != 1 or told[0] is None:
            return False
        name, step = self._gained
        return self._ledger.state(clause, name, told[0] + step)

    def comes_to(self, clause: Clause, quantity: Quantity) -> bool:
        """又招了一个高工，现在有2个: whether the number is of those there were and the one that came."""
        if self._gained is None or quantity.exact is None or quantity.exact < self._gained[1]:
            return False
        name, self._gained = self._gained[0], None
        self._ledger.facts.pop(name, None)
        return self._ledger.state(clause, name, quantity.exact)

    def bare(
        self, clause: Clause, quantity: Quantity, noun: Token | None, asked: str | None, *, came: bool
    ) -> None:
        """审核师原来5个，走了2个: three are left. ``came``: they are more, not fewer."""
        step = quantity.exact
        many = None
        if self._former is not None and step is not None:
            noun, many = self._former
        told = self._tally.last_named()
        name = self._tally.fact_of(noun) if noun else told[0] if told else asked
        if name is None or step is None:
            return
        mended = self._ledger.facts.get(name)
        if mended is not None and mended.correction and self._former is None:
            return  # 审核师改4个，昨天又有一个拿到证: why it is so
        many = self._held(name) if many is None else many
        if many is not None:
            left = many + step if came else many - step
            if self._former is not None and left >= 0:
                self._former = (noun, left)  # what comes next changes those that are left
            if left >= 0:
                self._ledger.state(clause, name, left)

    def the_only(self, clause: Clause) -> bool:
        """它的高工离职了, where one was told before: there is none now; of several it is asked how many."""
        nouns = clause.of("noun")
        if len(nouns) != 1 or clause.has("count", "hypothetical", "unfit", "among") or clause.mood != "tell":
            return False
        gone = [token for token in clause.of("loss") if token.start >= nouns[0].end]
        name = self._tally.fact_of(nouns[0]) if gone else None
        held = self._held(name) if name else None
        if name is None or not held:
            return False
        self._ledger.correcting = True
        if held == 1 or clause.has("all"):
            return self._ledger.state(clause, name, 0)
        self._ledger.doubt("value", name, clause)
        return True

    def all_gone(self, clause: Clause) -> bool:
        """审核师全走光了; 原来5个，全离职了, 现在没了: none is left."""
        nouns = clause.of("noun")
        told = self._former[0] if self._former is not None else self._tally.only_named()
        noun = told if not nouns else nouns[0] if len(nouns) == 1 else None
        name = self._tally.fact_of(noun) if noun is not None and clause.mood == "tell" else None
        none = _all_left(clause) or (not nouns and self._former is not None and _none_now(clause))
        if noun is None or name is None or not none:
            return False
        self._ledger.correcting = self._ledger.correcting or self._held(name) is not None
        self._former = self._former and (noun, 0)
        self._tally.said.append((name, Quantity(0, 0), noun))
        return self._ledger.state(clause, name, 0)

    def miscounted(self, clause: Clause, words: str, quantity: Quantity) -> None:
        """社保那个多说了一个: one fewer than was told."""
        noun = next(iter(clause.of("noun")), None)
        name = self._tally.fact_of(noun) if noun else None
        held, step = self._held(name) if name else None, quantity.exact
        if name and held is not None and step is not None:
            self._ledger.correcting = True
            self._ledger.state(clause, name, max(held - step if "多" in words else held + step, 0))

    def _held(self, name: str) -> int | None:
        held = self._tally.held(name)
        return held if isinstance(held, int) and not isinstance(held, bool) else None


def _all_left(clause: Clause) -> bool:
    """4个审核师都走了: whoever was named before 都, and nothing else of them."""
    roles = [token.role for token in clause.tokens]
    if clause.roles.isdisjoint(("all",)) or not clause.has("loss") or clause.has(*_OF_SOME):
        return False
    behind = roles[roles.index("all") :]
    return "loss" in behind and _LIGHT.issuperset(behind[behind.index("loss") + 1 :])


def _none_now(clause: Clause) -> bool:
    """现在没了, behind how many there were."""
    said = [token for token in clause.tokens if token.role not in _LIGHT]
    return [(token.role, token.value) for token in said] == [("not", "have")]
