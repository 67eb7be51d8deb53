"""Turns the sections of rulebook files, already held against the grammar, into definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules_engine.definitions import (
    AllOf,
    AnyOf,
    AnyWithin,
    AtLeast,
    Case,
    ClassificationDefinition,
    Classified,
    Compare,
    Condition,
    Consequence,
    CountNumbers,
    CountRecords,
    Dated,
    DeadlineDefinition,
    Demand,
    Derivation,
    Entry,
    FactDefinition,
    FixedWhen,
    GoalDefinition,
    Layer,
    Not,
    Note,
    Parameter,
    ParameterDefinition,
    Period,
    RecordField,
    Relation,
    Requirement,
    Row,
    SameYear,
    Table,
    TableValue,
    Test,
    Use,
    Vocabulary,
)
from rules_engine.model import Words

_OPERATORS = ("at_least", "at_most", "is", "equals", "in", "before", "on_or_after", "known")
_EFFORT = {
    "records": 4.0,
    "counts": 3.0,
    "dates": 3.0,
    "date": 2.0,
}  # a list takes longer to answer than a yes


@dataclass(slots=True)
class Parts:
    """Everything that the files of one rulebook say, by name. ``origin`` keeps file and line of each name."""

    id: str = ""
    version: str = ""
    facts: dict[str, FactDefinition] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    parameters: dict[str, ParameterDefinition] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    goals: dict[str, GoalDefinition] = field(default_factory=dict)
    includes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    deadlines: dict[str, DeadlineDefinition] = field(default_factory=dict)
    consequences: dict[str, Consequence] = field(default_factory=dict)
    classifications: dict[str, ClassificationDefinition] = field(default_factory=dict)
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    origin: dict[tuple[str, str], str] = field(default_factory=dict)


def words(tree: Mapping[str, str]) -> Words:
    """A text in both languages."""
    return Words(zh=tree["zh"], en=tree["en"])


def day(text: str) -> date:
    """A day written YYYY-MM-DD. Raises ValueError, which names it, for one that does not exist."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no day") from None


def amount(value: Any) -> Any:
    """A number, day, period, or a reference to a parameter."""
    if isinstance(value, str):
        return Parameter(value[1:]) if value.startswith("$") else day(value)
    return Period(**value) if isinstance(value, dict) else value


def test(tree: Mapping[str, Any]) -> Test:
    """A test as written."""
    if "fact" in tree:
        op = next(name for name in _OPERATORS if name in tree)
        value = tree[op]
        if op == "in":
            value = tuple(value)
        elif op != "equals":
            value = amount(value)
        return Compare(tree["fact"], op, value)  # type: ignore[arg-type]
    if "same_year" in tree:
        return SameYear(*tree["same_year"][:2])
    if "of" in tree:
        return AtLeast(tree["at_least"], tuple(map(test, tree["of"])))
    if "all" in tree:
        return AllOf(tuple(map(test, tree["all"])))
    if "any" in tree:
        return AnyOf(tuple(map(test, tree["any"])))
    return Not(test(tree["not"])) if "not" in tree else Use(tree["requirement"])


def fact(name: str, tree: Any) -> FactDefinition:
    """A fact's definition."""
    kind = tree["type"]
    return FactDefinition(
        name=name,
        type=kind,
        label=words(tree["label"]),
        brief=words(tree.get("brief", tree["label"])),
        question=words(tree["question"]),
        unit=_optional_words(tree, "unit"),
        help=_optional_words(tree, "help"),
        choices={value: words(label) for value, label in tree.get("choices", {}).items()},
        likely=tuple(tree.get("likely", (True, False) if kind == "boolean" else ())),
        change=tree.get("change", "never"),
        cost=float(tree.get("cost", 1)),
        effort=float(tree.get("effort", _EFFORT.get(kind, 1))),
        minimum=tree.get("minimum"),
        maximum=tree.get("maximum"),
        accepts=tree.get("accepts", {}),
        assumed=tree.get("assumed"),
        fields=tuple(_field(key, child) for key, child in tree.get("fields", {}).items()),
        derived=tuple(map(_derivation, tree.get("derived", ()))),
        asked=tree.get("asked", True),
    )


def _optional_words(tree: Mapping[str, Any], key: str) -> Words | None:
    return words(tree[key]) if key in tree else None


def _field(name: str, tree: Mapping[str, Any]) -> RecordField:
    return RecordField(
        name,
        tree["type"],
        words(tree["label"]),
        tree.get("accepts", {}),
        tuple(tree.get("choices", ())),
        tree.get("key", False),
        tuple(tree.get("endings", ())),
        tuple(tree.get("negations", ())),
    )


def _derivation(tree: Mapping[str, Any]) -> Derivation:
    if "when" in tree:
        return FixedWhen(test(tree["when"]), tree["value"])
    if "where" in tree:
        return CountRecords(tree["count"], tuple(map(_condition, tree["where"])))
    if "count" in tree:
        return CountNumbers(tree["count"], amount(tree["at_least"]))
    if "any_of" in tree:
        return AnyWithin(tree["any_of"], tree["until"], amount(tree["within"]))
    if "classify" in tree:
        return Classified(tree["classify"], tree["by"])
    return TableValue(tree["table"])


def _condition(tree: Mapping[str, Any]) -> Condition:
    return Condition(
        tree["field"],
        tuple(tree.get("one_of", ())),
        amount(tree["at_least"]) if "at_least" in tree else None,
        tree.get("is_not"),
        tree.get("vocabulary", ""),
    )


def parameter(name: str, tree: Any) -> ParameterDefinition:
    """A parameter with its history."""
    periods = tuple(
        Dated(
            day(item["from"]),
            day(item["to"]) if "to" in item else None,
            amount(item["value"]),
            tuple(item["citations"]),
        )
        for item in tree["values"]
    )
    in_order = tuple(sorted(periods, key=lambda period: period.start))
    return ParameterDefinition(name, words(tree["label"]), in_order)


def layer(name: str, tree: Any) -> Layer:
    """A layer of rules."""
    end = day(tree["to"]) if "to" in tree else None
    return Layer(
        name,
        words(tree["title"]),
        day(tree["from"]),
        end,
        tuple(tree["citations"]),
        tuple(tree.get("notes", ())),
    )


def note(name: str, tree: Any) -> Note:
    """A note."""
    when = test(tree["when"]) if "when" in tree else None
    shown: Any = "when" if when is not None else tree.get("shown", "always")
    return Note(
        name,
        words(tree["text"]),
        tuple(tree.get("citations", ())),
        shown,
        when,
        tuple(tree.get("about", ())),
    )


def requirement(name: str, tree: Any) -> Requirement:
    """A requirement."""
    return Requirement(
        name,
        words(tree["title"]),
        test(tree["test"]),
        tree["layer"],
        tuple(tree.get("citations", ())),
        test(tree["applies"]) if "applies" in tree else None,
        tuple(tree.get("notes", ())),
    )


def goal(name: str, tree: Any) -> GoalDefinition:
    """A goal; what it includes and the facts that it can use are filled in when all files are read."""
    demands = tuple(
        Demand(item["requirement"], tuple(item.get("citations", ()))) for item in tree.get("demands", ())
    )
    return GoalDefinition(
        id=name,
        title=words(tree["title"]),
        audience=tree["audience"],
        layer=tree["layer"],
        demands=demands,
        citations=tuple(tree["citations"]),
        notes=tuple(tree.get("notes", ())),
        distinct=tree.get("distinct"),
        selects=dict(tree.get("selects", {})),
    )


def table(name: str, tree: Any) -> Table:
    """A decision table."""
    keys = tuple(tree["keys"])
    rows = tuple(
        Row(
            {key: tuple(item["match"][key]) if key in item["match"] else None for key in keys},
            _outcome(item["value"]),
            tuple(item.get("citations", ())),
            tuple(item.get("notes", ())),
            item.line,
        )
        for item in tree["rows"]
    )
    return Table(name, keys, tree["hit"], rows, dict(tree.get("assume", {})), tuple(tree.get("notes", ())))


def _outcome(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: amount(item) if str(item).startswith("$") else item for key, item in value.items()}


def deadline(name: str, tree: Any) -> DeadlineDefinition:
    """A deadline."""
    return DeadlineDefinition(
        id=name,
        title=words(tree["title"]),
        action=words(tree["action"]),
        trigger=tree["trigger"],
        add=amount(tree["add"]) if "add" in tree else None,
        layer=tree["layer"],
        citations=tuple(tree["citations"]),
        month_end=tree.get("month_end", "clamp"),
        rest_day=tree.get("rest_day", "none"),
        rest_day_citations=tuple(tree.get("rest_day_citations", ())),
        table=tree.get("table", ""),
        applies=test(tree["applies"]) if "applies" in tree else None,
        notes=tuple(tree.get("notes", ())),
    )


def consequence(name: str, tree: Any) -> Consequence:
    """What an event brings that has no date."""
    return Consequence(
        name,
        words(tree["text"]),
        test(tree["when"]),
        tuple(tree["citations"]),
        tuple(tree.get("notes", ())),
    )


def classification(name: str, tree: Any) -> ClassificationDefinition:
    """Names and their classes."""
    entries = tuple(Entry(item["value"], tuple(item["names"])) for item in tree["classes"])
    return ClassificationDefinition(
        name, entries, tuple(tree.get("outside", ())), tree["other"], tuple(tree.get("endings", ()))
    )


def vocabulary(name: str, tree: Any) -> Vocabulary:
    """Words that name a subject."""
    return Vocabulary(name, tuple(tree["yes"]), tuple(tree.get("no", ())))


def case(tree: Any, file: str) -> Case:
    """An example. ``on`` is the day whose rules apply, ``today`` the same for a schedule."""
    said = tree.get("on") or tree.get("today")
    if not said:
        raise ValueError("needs on, the day whose rules apply, or today")
    on = day(said)
    settings = {key: tree[key] for key in ("done", "noticed", "horizon_years") if key in tree}
    return Case(tree["name"], tree.get("goal"), on, tree["facts"], tree["expect"], settings, file, tree.line)


def gather(parts: Parts, document: Any, file: str) -> list[str]:
    """Add a document's definitions to ``parts``; names said twice and impossible days are problems."""
    problems: list[str] = []
    if "rulebook" in document:
        parts.id, parts.version = str(document["rulebook"]["id"]), str(document["rulebook"]["version"])
    builders: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        ("facts", fact, parts.facts),
        ("parameters", parameter, parts.parameters),
        ("layers", layer, parts.layers),
        ("notes", note, parts.notes),
        ("requirements", requirement, parts.requirements),
        ("goals", goal, parts.goals),
        ("tables", table, parts.tables),
        ("deadlines", deadline, parts.deadlines),
        ("consequences", consequence, parts.consequences),
        ("classifications", classification, parts.classifications),
        ("vocabularies", vocabulary, parts.vocabularies),
    )
    for section, build, into in builders:
        for name, tree in document.get(section, {}).items():
            where = f"{file}:{document[section].lines[name]}"
            if name in into:
                problems.append(
                    f"{where}: {name}: {section} has it twice, first in {parts.origin[section, name]}"
                )
                continue
            parts.origin[section, name] = where
            try:
                into[name] = build(name, tree)
            except ValueError as error:
                problems.append(f"{where}: {name}: {error}")
    for name, tree in document.get("goals", {}).items():
        parts.includes.setdefault(name, tuple(tree.get("includes", ())))
    for item in document.get("relations", ()):
        relation = Relation(item["lesser"], item["greater"])
        parts.relations.append(relation)
        parts.origin.setdefault(("relations", str(relation)), f"{file}:{item.line}")
    return problems
