"""The stricter reading of a list of people: each may serve one demand only. A matching decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rules_engine.definitions import Compare, CountRecords
from rules_engine.derivation import record_meets
from rules_engine.evaluation import Judged
from rules_engine.judging import leaves, obligation
from rules_engine.rules import Rules
from rules_engine.values import Kleene


@dataclass(frozen=True, slots=True)
class _Seat:
    """One of the people that a demand needs, and the rows that surely or possibly fill it."""

    certain: frozenset[int]
    possible: frozenset[int]


def distinct_people(rules: Rules, judged: Judged, source: str) -> Kleene:
    """Whether the records of ``source`` fill every counted demand with nobody serving two."""
    seats = [seat for demand in _demands(rules, judged, source) for seat in demand]
    if _fills([seat.certain for seat in seats]):
        return True
    return None if _fills([seat.possible for seat in seats]) else False


def _demands(rules: Rules, judged: Judged, source: str) -> list[list[_Seat]]:
    resolve = rules.resolver(judged.on)
    records = judged.situation.stated[source]
    found: list[list[_Seat]] = []
    for demand in judged.goal.demands:
        test = obligation(rules.requirements[demand.requirement])
        for leaf in leaves(test, rules.requirements):
            if not isinstance(leaf, Compare) or leaf.op != "at_least" or leaf.fact in judged.situation.stated:
                continue
            for way in rules.facts[leaf.fact].derived:
                if isinstance(way, CountRecords) and way.source == source:
                    found.append([_seat(rules, judged, way, records)] * resolve(leaf.value))
    return found


def _seat(rules: Rules, judged: Judged, way: CountRecords, records: Any) -> _Seat:
    verdicts = [record_meets(rules, way.where, record, judged.on) for record in records]
    return _Seat(
        frozenset(row for row, verdict in enumerate(verdicts) if verdict is True),
        frozenset(row for row, verdict in enumerate(verdicts) if verdict is not False),
    )


def _fills(seats: list[frozenset[int]]) -> bool:
    """Every seat gets a row of its own (augmenting paths)."""
    seat_of: dict[int, int] = {}

    def place(seat: int, tried: set[int]) -> bool:
        for row in seats[seat] - tried:
            tried.add(row)
            if row not in seat_of or place(seat_of[row], tried):
                seat_of[row] = seat
                return True
        return False

    return all(place(seat, set()) for seat in range(len(seats)))
