"""What a message says is not to be kept, was not checked, or is a guess: 先别记, 没核过, 瞎猜的."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.understanding.clause import Clause
from knowledge.finding import Finder

_FIGURES = ("count", "noun", "topic", "choice", "event", "claim", "denial", "history", "score", "date")


class Disclaimed:
    """Knows what is told and taken back in one breath. Built once."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._form, self._sure = Finder(table["form"]), Finder(table["sure"])

    def marked(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses; what stands in the sentence of such words tells nothing, up to what is said to be
        sure, or to 我们 behind them. Words alone in their sentence are of the one beside them."""
        done = list(clauses)
        for at, clause in enumerate(clauses):
            if self._form.search(clause.text) is not None:
                for index in self._meant(clauses, at):
                    done[index] = replace(done[index], mood="other")
        return done

    def _meant(self, clauses: Sequence[Clause], at: int) -> list[int]:
        before, behind = range(at - 1, -1, -1), range(at + 1, len(clauses))
        meant = [at, *self._along(clauses, before, clauses[at].sentence)]
        meant += self._along(clauses, behind, clauses[at].sentence, ours=True)
        if any(clauses[index].has(*_FIGURES) for index in meant):
            return meant
        first, last = min(meant), max(meant)
        if last + 1 < len(clauses) and ":" in clauses[last].after:
            return meant + self._along(clauses, range(last + 1, len(clauses)), clauses[last + 1].sentence)
        return meant + self._along(clauses, range(first - 1, -1, -1), clauses[max(first - 1, 0)].sentence)

    def _along(
        self, clauses: Sequence[Clause], places: range, sentence: int, *, ours: bool = False
    ) -> list[int]:
        """The places of one sentence, in this order, until something is told as sure."""
        meant: list[int] = []
        for index in places:
            clause = clauses[index]
            own = ours and clause.has("self") and clause.has("count", "topic")
            if clause.sentence != sentence or own or self._sure.search(clause.text) is not None:
                break
            meant.append(index)
        return meant
