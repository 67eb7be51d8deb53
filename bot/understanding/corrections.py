"""不对，是5个: which fact a correction replaces."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.answers import Answers
from bot.understanding.clause import Clause
from bot.understanding.dates import FoundDate, add_months, settle
from bot.understanding.events import EventReader
from bot.understanding.ledger import Ledger
from bot.understanding.model import Doubt, ReadingContext
from bot.understanding.numbers import Quantity

_DAYS = "dates"  # the kind of a fact that holds several days


class CorrectionReader:
    """Finds the fact that a bare value of one message replaces."""

    def __init__(self, answers: Answers, ledger: Ledger, context: ReadingContext) -> None:
        self._answers = answers
        self._ledger = ledger
        self._context = context

    def read(
        self,
        clauses: Sequence[Clause],
        counts: Sequence[tuple[Clause, Quantity]],
        dates: Sequence[tuple[Clause, FoundDate]],
        events: EventReader,
    ) -> None:
        """Take bare values as replacements; a doubt where more than one fact could be meant."""
        before = tuple(self._ledger.facts)
        dates = [item for item in dates if not item[0].has("not")]  # 今年不申请了，改到明年1月
        counts = [item for item in counts if not (before and _explains(item[0]))]
        if counts and counts[-1][1].exact is not None:
            clause, quantity = counts[-1]
            if name := self._referent(clause, before, self._kind(), _denied(clauses)):
                self._ledger.state(clause, name, quantity.value)
        elif dates and (name := self._referent(dates[-1][0], before, "date", set())):
            if self._answers.kind(name) == _DAYS:
                self._day_of_several(dates[-1][0], name, dates[-1][1])
            else:
                events.answer(dates[-1][0], name, dates[-1][1])
        elif not before and clauses:
            self._words(clauses[-1])

    def _day_of_several(self, clause: Clause, name: str, found: FoundDate) -> None:
        """不对，是五年前, after 两年前被罚过: the one day told of them is another."""
        settled = settle(found, self._context.now.date(), "past")
        if settled.value is not None:
            self._ledger.state(clause, name, [settled.value])
        happening = self._answers.happening(name)
        if happening is None or settled.first is None or not self._context.facts.get(happening[0]):
            return
        since = add_months(self._context.now.date(), -happening[1])
        self._ledger.state(clause, happening[0], (settled.last or settled.first) >= since)

    def _kind(self) -> str:
        """是89, after 79分, is of points."""
        kinds = {self._answers.kind(name) for name in self._context.last_facts}
        return "score" if "score" in kinds and "count" not in kinds else "count"

    def _words(self, clause: Clause) -> None:
        """说错了，没有."""
        said = self._answers.yes_or_no(clause.text)
        names = self._context.last_facts
        if said is None or len(names) != 1 or clause.has("correct"):
            return
        kind = self._answers.kind(names[0])
        if kind == "flag":
            self._ledger.state(clause, names[0], said)
        elif kind == "count" and self._answers.is_("none", clause.text):
            self._ledger.state(clause, names[0], 0)

    def _referent(self, clause: Clause, before: tuple[str, ...], kind: str, old: set[int]) -> str | None:
        """This message's last such fact, else the last message's, else the one held with the denied value."""
        kinds = (kind, _DAYS) if kind == "date" else (kind,)
        here = [name for name in before if self._answers.kind(name) in kinds]
        known = dict.fromkeys((*before, *self._context.last_facts, *self._context.facts))
        alike = [name for name in known if self._answers.kind(name) in kinds]
        refused = [name for name in self._context.last_rejected if self._answers.kind(name) in kinds]
        if len(refused) == 1 and not here:
            return refused[0]  # 打错了，是2月28号, after 2月30号
        named = self._answers.half_named(alike, clause.text)
        if len(named) == 1:
            return named[0]
        if here:
            return here[-1]
        recent = [name for name in self._context.last_facts if self._answers.kind(name) in kinds]
        held = [name for name in self._context.facts if self._answers.kind(name) in kinds]
        for names in (recent, held):
            fitting = [name for name in names if self._context.facts.get(name) in old] if old else names
            if len(fitting) == 1:
                return fitting[0]
            if names:
                break
        asked = self._answers.asked(self._context, kind) if not recent else None
        if asked:
            return asked
        options = tuple(recent or held)
        if options:
            self._ledger.doubts.append(Doubt("referent", None, clause.text, options))
        return None


def _explains(clause: Clause) -> bool:
    """审核师改4个，又有一个拿到证: how the number came about is no other number."""
    last = max(at for at, token in enumerate(clause.tokens) if token.role == "count")
    behind = [token for token in clause.tokens[last + 1 :] if len(token.text) > 1]
    return not clause.has("correct") and any(token.role == "soft" for token in behind)


def _denied(clauses: Sequence[Clause]) -> set[int]:
    """The numbers of 不是3个."""
    return {
        after.value.exact
        for clause in clauses
        for first, after in zip(clause.tokens, clause.tokens[1:], strict=False)
        if first.role == "not"
        and first.value == "be"
        and after.role == "count"
        and after.value.exact is not None
    }
