"""What is taken from a message while it is read. The mood of a clause decides where a value goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.understanding.clause import Clause
from bot.understanding.model import Doubt, RejectedFact, StatedFact

DoubtKind = Literal["value", "referent", "industry", "date", "intent", "company"]


@dataclass(slots=True)
class Ledger:
    """Facts by name; the last statement of a fact stands."""

    facts: dict[str, StatedFact] = field(default_factory=dict)
    hypothetical: dict[str, StatedFact] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    rejected: list[RejectedFact] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    correcting: bool = False  # from here on values replace

    def state(
        self, clause: Clause, name: str, value: Any, *, confirm: str | None = None, sure: bool = True
    ) -> bool:
        """Take ``value`` as the clause's mood allows; whether it became a fact.

        ``sure`` False: the words fit, but whose or how much stays open, so that it is asked.
        """
        fact = StatedFact(name, value, clause.text, confirm, self.correcting)
        if clause.mood in ("suppose", "plan"):
            self.hypothetical[name] = fact
        elif clause.mood == "tell":
            if clause.before_question and (not clause.possessive or (not value and clause.of_anybody)):
                self.hypothetical[name] = fact
            elif ((clause.hedged or clause.strange) and not self.correcting) or not sure:
                self.doubt("value", name, clause, (value,))
            else:
                self.facts[name] = fact
                return True
        return False

    def doubt(self, kind: DoubtKind, name: str | None, clause: Clause, options: tuple[Any, ...] = ()) -> None:
        """Note that this must be asked, once for each fact."""
        if clause.mood == "tell" and not any(item.fact == name and item.kind == kind for item in self.doubts):
            self.doubts.append(Doubt(kind, name, clause.text, options))

    def reject(self, clause: Clause, name: str, reason: str, words: str) -> None:
        """Note a value that cannot be."""
        if clause.mood == "tell":
            self.rejected.append(RejectedFact(name, reason, words))
