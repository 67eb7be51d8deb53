"""Who counts for which demand, who nearly does, and what is missing: the rulebook's own conditions, person
by person. Nothing is judged here that the rulebook does not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.rosters.reading import Roster
from bot.rosters.rows import ROSTER, Person
from bot.rosters.words import limit
from rules_engine.definitions import Condition, CountRecords
from rules_engine.derivation import derive, record_meets
from rules_engine.errors import NotInForce
from rules_engine.intake import take
from rules_engine.judging import facts_in, obligation
from rules_engine.model import Interval
from rules_engine.rules import Rules
from rules_engine.values import to_json


class Mark(StrEnum):
    """How a person stands to a demand."""

    COUNTS = "counts"
    NEARLY = "nearly"  # a number alone is short
    UNCLEAR = "unclear"  # a cell is empty or its words do not tell
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Item:
    """A demand that counts people: the fact's name and the conditions of being counted."""

    fact: str
    where: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One person before one demand. ``fields``: those that keep them from counting; ``given`` and ``needed``:
    the number that is short."""

    mark: Mark
    fields: tuple[str, ...] = ()
    given: int = 0
    needed: int = 0


@dataclass(frozen=True, slots=True)
class JudgedPerson:
    """A person with a standing for each demand, in the demands' order."""

    person: Person
    standings: Mapping[str, Standing]


def items(rules: Rules, on: date, goals: Iterable[str] = ()) -> tuple[Item, ...]:
    """The demands of these goals (of all, where none is named) that people are counted for on a day."""
    wanted = {
        name
        for goal in goals
        for demand in rules.goals[goal].demands
        for name in facts_in(obligation(rules.requirements[demand.requirement]), rules.requirements)
    }
    return tuple(
        Item(name, way.where)
        for name, fact in rules.facts.items()
        for way in fact.derived
        if isinstance(way, CountRecords) and way.source == ROSTER and way.where
        if (not wanted or name in wanted) and _in_force(rules, way.where, on)
    )


def judge(rules: Rules, roster: Roster, demands: Sequence[Item], on: date) -> tuple[JudgedPerson, ...]:
    """Everybody's standing by the rules of a day, on what the rulebook made of their cells."""
    records = take(rules.facts, {ROSTER: roster.records}).values.get(ROSTER, ())
    return tuple(
        JudgedPerson(person, {item.fact: _standing(rules, item.where, record, on) for item in demands})
        for person, record in zip(roster.people, records, strict=True)
    )


def counts(rules: Rules, roster: Roster, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The counts that follow from the roster, as JSON values; a range where cells leave it open. Left out is
    what the roster says nothing about. ``facts``: what else is known and bears on the counting."""
    demands = items(rules, on)
    counted = {item.fact for item in demands}
    others = {name: value for name, value in facts.items() if name not in counted and name != ROSTER}
    stated = take(rules.facts, {**others, ROSTER: roster.records}).values
    found = derive(rules, stated, on).values
    everybody = len(roster.people)
    return {
        name: to_json(found[name])
        for name in dict.fromkeys(item.fact for item in demands)
        if name in found and found[name] != Interval(0, everybody)
    }


def expiring(roster: Roster, on: date) -> tuple[Person, ...]:
    """People whose certificate has ended or ends soon, the first to end first."""
    last = on.toordinal() + limit("expiring_within")
    found = [one for one in roster.people if one.expires is not None and one.expires.toordinal() <= last]
    return tuple(sorted(found, key=lambda one: one.expires or on))


def _in_force(rules: Rules, where: tuple[Condition, ...], on: date) -> bool:
    """Whether the figures that the conditions turn on hold on the day."""
    try:
        return all(rules.resolver(on)(one.at_least) is not None for one in where if one.at_least is not None)
    except NotInForce:
        return False


def _standing(rules: Rules, where: tuple[Condition, ...], record: Mapping[str, Any], on: date) -> Standing:
    found = [(one, record_meets(rules, (one,), record, on)) for one in where]
    failing = [one for one, verdict in found if verdict is False]
    unclear = tuple(one.field for one, verdict in found if verdict is None)
    if not failing:
        return Standing(Mark.UNCLEAR, unclear) if unclear else Standing(Mark.COUNTS)
    fields = tuple(dict.fromkeys(one.field for one in failing))
    short = failing[0]
    if len(failing) == 1 and not unclear and short.at_least is not None:
        needed = rules.resolver(on)(short.at_least)
        return Standing(Mark.NEARLY, fields, record[short.field], needed)
    return Standing(Mark.OUT, fields)
