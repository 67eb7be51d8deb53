"""Some of those counted: 5个大专里2个是会计, 其中1个只交了8个月, 其中一个刚离职."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Token
from bot.understanding.numbers import Quantity
from bot.understanding.tally import Tally

_AND_MORE: Final = ("还有", "另有")


@dataclass(frozen=True, slots=True)
class _Parted:
    """How a number was parted: by those that count (fit) or those that do not, and what was left over."""

    role: str
    rest: int


class Shares:
    """Takes parts off the numbers of one message; make one for each."""

    def __init__(self, tally: Tally, ledger: Ledger, held: Mapping[str, Any]) -> None:
        self._tally = tally
        self._held = held  # told in messages before
        self._ledger = ledger
        self._parted: dict[str, _Parted] = {}
        self.fitted: set[str] = set()  # told as fit with their number: 学环境的本科生4个

    def split(self, clause: Clause, mark: Token, quantity: Quantity) -> None:
        """Those that do not count are taken off; those that do are what counts. The others, told
        again (5个是环境专业，另外3个是会计), change nothing."""
        mark = self._of_the_noun(clause, mark)
        held = self._tally.parted_of(clause, str(mark.value))
        before = self._parted.get(held[0]) if held else None
        if held is None or (clause.added and before is None):
            return
        name, counted, noun = held
        if mark.role == "unfit" and name in self.fitted and not clause.has("among"):
            return  # 学会计的2个 were never among them
        apart = self._tally.apart_from(mark, noun) or (mark.role == "unfit" and _besides(clause))
        if apart and not clause.has("among"):
            return
        whole, part = counted.exact, quantity.exact
        if before and before.role == mark.role == "fit" and part is not None and part <= before.rest:
            self._parted[name] = _Parted("fit", before.rest - part)  # 国家的2个，广东的3个，湖南的1个
            self._leave(clause, name, (whole or 0) + part, noun)
            return
        if before and before.role != mark.role and part is not None and part <= before.rest:
            return
        if mark.role == "unfit" and whole is not None and self._fewer_already(name, whole + (part or 0)):
            return
        if whole is None or part is None or part > whole:
            self.withdraw(clause, name)
            return
        left = whole - part if mark.role == "unfit" else part
        self._parted[name] = _Parted(mark.role, whole - left if mark.role == "fit" else left)
        self._leave(clause, name, left, noun)

    def _fewer_already(self, name: str, before: int | None) -> bool:
        """审核师应该是3个，有一个证还没下来, where 4 were told: why there are fewer, not one less."""
        told = self._ledger.facts.get(name)
        return told is not None and told.correction and before is not None and self._held.get(name) == before

    def _of_the_noun(self, clause: Clause, mark: Token) -> Token:
        """上岗证里有一个过期了: of the people named, and not of those whom the mark is mostly about."""
        named = {str(token.value) for token in clause.of("noun")}
        if not named or mark.value in named or self._tally.fields_of(next(iter(named))) == mark.value:
            return mark
        return replace(mark, value=next(iter(named))) if len(named) == 1 else mark

    def unfit(self, clause: Clause, mark: Token) -> None:
        """都是学会计的: none of them counts; 学会计的: who knows; 其他都是新来的 are not those counted."""
        name = str(mark.value)
        if clause.mood != "tell" or _besides(clause):
            return
        if self._tally.last(name) is None or clause.has("not") or self._tally.of_the_rest(clause.text):
            return
        told = self._ledger.facts.get(name)
        if told is not None and isinstance(told.value, int) and self._fewer_already(name, told.value + 1):
            return  # 高工是1个，另一个还没评下来, where 2 were told
        if clause.has("all"):
            self._ledger.state(clause, name, 0)
        else:
            self.withdraw(clause, name)

    def left_over(self, name: str | None, quantity: Quantity) -> bool:
        """高工3个，财务的2个，环保1个: whether a number only says who is left when others were taken off."""
        before = self._parted.get(name) if name else None
        return before is not None and before.role == "unfit" and (quantity.exact or 0) <= before.rest

    def gone(self, clause: Clause, quantity: Quantity) -> bool:
        """审核师4个，其中一个刚离职: whether those that left were among the people counted last."""
        part = quantity.exact
        if not (clause.has("among") and clause.has("loss")) or part is None or not self._tally.said:
            return False
        name, counted, noun = self._tally.said[-1]
        if name and counted.exact is not None and part <= counted.exact:
            self._leave(clause, name, counted.exact - part, noun)
        return True

    def marked(self, clause: Clause, name: str | None, quantity: Quantity) -> bool:
        """盖了章的只有3个, behind 5个人有社保证明: these count. ``name``: whose mark it is."""
        held = self._tally.last(name) if name else None
        part = quantity.exact
        if held is None or part is None or held[1].exact is None or part > held[1].exact:
            return False
        self._leave(clause, held[0], part, held[2])
        return True

    def too_short(self, clause: Clause, noun: Token, quantity: Quantity) -> bool:
        """5个人有社保，其中1个只交了8个月: one of them does not count; 4个满一年: these do."""
        whole, few = self._tally.untimed, quantity.exact
        if whole is None or few is None or few > whole[1]:
            return False
        name, many = whole
        if self._fewer_already(name, many + few):
            return True
        enough = self._tally.long_enough(clause, name)
        if clause.mood == "tell":
            self._tally.untimed = None if enough else (name, many - few)
            self._leave(clause, name, few if enough else many - few, noun)
        return True

    def withdraw(self, clause: Clause, name: str) -> None:
        """Ask again: who of them counts stays open."""
        self._ledger.facts.pop(name, None)
        self._ledger.doubt("value", name, clause)

    def _leave(self, clause: Clause, name: str, left: int, noun: Token) -> None:
        self._tally.said.append((name, Quantity(left, left), noun))
        self._ledger.state(clause, name, left)


def _besides(clause: Clause) -> bool:
    """外省的还有两本: on top of those told."""
    first = clause.of("unfit")
    return bool(first) and any(
        token.text in _AND_MORE and token.start > first[0].start for token in clause.of("conj")
    )
