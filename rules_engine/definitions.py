"""What a rulebook is made of once read and checked: facts, parameters, tests, goals, deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from rules_engine.model import Words

FactType = Literal["count", "number", "boolean", "date", "choice", "text", "counts", "dates", "records"]
Operator = Literal["at_least", "at_most", "is", "equals", "in", "before", "on_or_after", "known"]

# --- tests ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parameter:
    """A reference to a dated parameter, written ``$name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """One fact against a value or a parameter."""

    fact: str
    op: Operator
    value: Any


@dataclass(frozen=True, slots=True)
class SameYear:
    """Two days lie in the same calendar year."""

    fact: str
    other: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    of: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds, or more."""

    of: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``count`` parts hold, or more."""

    count: int
    of: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    of: Test


@dataclass(frozen=True, slots=True)
class Use:
    """Another requirement holds."""

    requirement: str


Test = Compare | SameYear | AllOf | AnyOf | AtLeast | Not | Use

# --- facts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """What a record (a person of a roster) must show in one field to be counted.

    ``one_of``: accepted values; ``at_least``: a number; ``is_not``: a value that shuts it out;
    ``vocabulary``: the field's words name a subject of that word list (or may: then it is unclear).
    """

    field: str
    one_of: tuple[str, ...] = ()
    at_least: Any = None
    is_not: Any = None
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class FixedWhen:
    """The fact has this value whenever ``when`` holds, whatever else was said of it."""

    when: Test
    value: Any


@dataclass(frozen=True, slots=True)
class CountNumbers:
    """How many numbers of a list reach ``at_least``."""

    source: str
    at_least: Any


@dataclass(frozen=True, slots=True)
class CountRecords:
    """How many records of a list meet every condition."""

    source: str
    where: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyWithin:
    """Whether a day of a list lies in the period that ends on the day ``until``, both ends included."""

    source: str
    until: str
    period: Any


@dataclass(frozen=True, slots=True)
class Classified:
    """The class that a classification gives to a text."""

    source: str
    classification: str


@dataclass(frozen=True, slots=True)
class TableValue:
    """What a decision table gives."""

    table: str


Derivation = FixedWhen | CountNumbers | CountRecords | AnyWithin | Classified | TableValue


@dataclass(frozen=True, slots=True)
class RecordField:
    """A column of a list of records. ``accepts``: what people write -> the value meant."""

    name: str
    type: Literal["text", "count", "boolean", "choice"]
    label: Words
    accepts: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    key: bool = False
    endings: tuple[str, ...] = ()  # words that people put after a number
    negations: tuple[str, ...] = ()  # words that turn the meaning of others


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """Something that may be known about a company. ``cost`` is what a change by one takes, relative to
    other facts; ``effort`` what it takes to answer; ``likely`` are likely answers, for buttons."""

    name: str
    type: FactType
    label: Words
    brief: Words  # the label in a few characters, for cards and buttons
    question: Words
    unit: Words | None = None
    help: Words | None = None
    choices: Mapping[Any, Words] = field(default_factory=dict)
    likely: tuple[Any, ...] = ()
    change: Literal["up", "down", "any", "never"] = "never"
    cost: float = 1.0
    effort: float = 1.0
    minimum: float | None = None
    maximum: float | None = None
    accepts: Mapping[str, Any] = field(default_factory=dict)
    assumed: Any = None  # value where nothing was said
    fields: tuple[RecordField, ...] = ()
    derived: tuple[Derivation, ...] = ()
    asked: bool = True  # False: only ever computed


@dataclass(frozen=True, slots=True)
class Relation:
    """``lesser`` never exceeds ``greater``: counts, days, or booleans (the lesser implies the greater)."""

    lesser: str
    greater: str

    def __str__(self) -> str:
        return f"{self.lesser} <= {self.greater}"


# --- the rest ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dated:
    """A parameter's value from ``start`` until ``end`` (not included; None: open)."""

    start: date
    end: date | None
    value: Any
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParameterDefinition:
    """A figure of the law with its history."""

    name: str
    label: Words
    periods: tuple[Dated, ...]

    def on(self, day: date) -> Dated | None:
        """The period that holds ``day``, or None."""
        for period in self.periods:
            if period.start <= day and (period.end is None or day < period.end):
                return period
        return None


@dataclass(frozen=True, slots=True)
class Layer:
    """A body of rules of one origin, from ``start`` until ``end``. ``notes`` say its standing."""

    id: str
    title: Words
    start: date
    end: date | None
    citations: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether there are such rules on ``day``."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Note:
    """A declared reading or a limit. Shown ``always``, on the ``edge`` (a figure just met), or ``when``."""

    id: str
    text: Words
    citations: tuple[str, ...] = ()
    shown: Literal["always", "edge", "when"] = "always"
    when: Test | None = None
    about: tuple[str, ...] = ()  # fact names: on the edge of these only


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something demanded. ``applies`` False makes it not applicable."""

    id: str
    title: Words
    test: Test
    layer: str
    citations: tuple[str, ...] = ()
    applies: Test | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """A requirement as a goal makes it, with the provision that says so there."""

    requirement: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalDefinition:
    """A question that a check answers. ``facts``: all that it can use, in the order to ask."""

    id: str
    title: Words
    audience: Literal["enterprise", "consultant"]
    layer: str
    demands: tuple[Demand, ...]
    citations: tuple[str, ...]
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    distinct: str | None = None  # list of records of which each may be asked to serve one demand only
    selects: Mapping[str, Any] = field(default_factory=dict)  # facts that single this goal out among its kin


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row: per key the values that it takes (None: any), and what follows."""

    match: Mapping[str, tuple[Any, ...] | None]
    value: Any
    citations: tuple[str, ...]
    notes: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table over facts of finite range."""

    name: str
    keys: tuple[str, ...]
    hit: Literal["unique", "first"]
    rows: tuple[Row, ...]
    assume: Mapping[str, Any] = field(default_factory=dict)  # declared readings for keys not known
    notes: tuple[str, ...] = ()  # shown when an assumption was used


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar years and months, or days."""

    years: int = 0
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class DeadlineDefinition:
    """A period from a trigger event. ``add`` is a Period, a Parameter, or None for a recurring round,
    whose years ``table`` gives."""

    id: str
    title: Words
    action: Words
    trigger: str
    add: Any
    layer: str
    citations: tuple[str, ...]
    month_end: Literal["clamp", "refuse"] = "clamp"
    rest_day: Literal["none", "next_workday"] = "none"
    rest_day_citations: tuple[str, ...] = ()
    table: str = ""
    applies: Test | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an event brings that has no date."""

    id: str
    text: Words
    when: Test
    citations: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A class of a classification, with the names that people use for it."""

    value: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassificationDefinition:
    """Names -> classes. ``outside``: names known to belong to none of them."""

    name: str
    entries: tuple[Entry, ...]
    outside: tuple[str, ...]
    other: str
    endings: tuple[str, ...] = ()  # words that say nothing: factory, company


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that name a subject, and words that surely do not; anything else is unclear."""

    name: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An example with its expected outcome, which every load proves."""

    name: str
    goal: str | None
    on: date
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]
    settings: Mapping[str, Any] = field(default_factory=dict)  # of a schedule: done, noticed, horizon_years
    file: str = ""
    line: int = 0
