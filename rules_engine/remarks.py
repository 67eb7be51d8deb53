"""What is said beside a verdict: standing, readings where they decide, limits, and when time heals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from rules_engine.definitions import AnyWithin, Compare, CountRecords, Note, SameYear, Test
from rules_engine.derivation import record_meets, stated_otherwise
from rules_engine.evaluation import Evaluator, Judged
from rules_engine.judging import judge, leaves, obligation
from rules_engine.model import Verdict, Words
from rules_engine.people import distinct_people
from rules_engine.rules import Rules
from rules_engine.values import add, at_most, subtract, to_json
from rules_engine.wording import listed, say


def shown_notes(rules: Rules, judged: Judged) -> tuple[Note, ...]:
    """The declared notes that belong beside this verdict, each once."""
    goal = judged.goal
    names: dict[str, None] = dict.fromkeys(rules.layers[goal.layer].notes)
    names.update(dict.fromkeys(goal.notes))
    for demand in goal.demands:
        names.update(dict.fromkeys(rules.requirements[demand.requirement].notes))
    return tuple(rules.notes[name] for name in names if _belongs(rules, judged, rules.notes[name]))


def _belongs(rules: Rules, judged: Judged, note: Note) -> bool:
    if note.shown == "always":
        return True
    resolve = rules.resolver(judged.on)
    if note.when is not None:
        return judge(note.when, judged.situation.values, resolve, rules.requirements) is True
    return any(
        judged.situation.values.get(leaf.fact) == resolve(leaf.value)
        for leaf in _leaves(rules, judged)
        if isinstance(leaf, Compare) and leaf.op in ("at_least", "at_most") and _about(note, leaf)
    )


def _about(note: Note, leaf: Compare) -> bool:
    return not note.about or leaf.fact in note.about


def _leaves(rules: Rules, judged: Judged) -> Iterator[Compare | SameYear]:
    for demand in judged.goal.demands:
        yield from leaves(obligation(rules.requirements[demand.requirement]), rules.requirements)


def computed_remarks(rules: Rules, judged: Judged) -> Iterator[Words]:
    """What was said against its details, unclear records, and the other reading of a roster."""
    for name in judged.goal.facts:
        definition = rules.facts[name]
        if name in judged.situation.stated and definition.derived:
            other = stated_otherwise(rules, definition, judged.situation.stated, judged.on)
            stated = judged.situation.stated[name]
            if other is not None and other != stated:
                yield say(
                    "check.stated_differs",
                    fact=definition.label,
                    stated=_said(rules, name, stated),
                    derived=_said(rules, name, other),
                )
        for way in definition.derived:
            if isinstance(way, CountRecords) and name not in judged.situation.stated:
                yield from _unclear(rules, judged, way)
            if isinstance(way, AnyWithin):
                yield from _after(rules, judged, way)
    if judged.goal.distinct:
        yield from _other_reading(rules, judged, judged.goal.distinct)


def _said(rules: Rules, name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    low, high = (value.low, value.high) if hasattr(value, "low") else (value, value)
    return low if low == high else f"{'' if low is None else low}–{'' if high is None else high}"


def _unclear(rules: Rules, judged: Judged, way: CountRecords) -> Iterator[Words]:
    """Names the records that one field alone keeps from being counted or left out: empty or unclear words."""
    columns = {column.name: column for column in rules.facts[way.source].fields}
    key = next(name for name, column in columns.items() if column.key)
    for condition in way.where:
        others = tuple(other for other in way.where if other != condition)
        names = [
            str(record[key])
            for record in judged.situation.stated.get(way.source, ())
            if record_meets(rules, (condition,), record, judged.on) is None
            and record_meets(rules, others, record, judged.on) is not False
        ]
        if names:
            yield say("check.unclear_records", names="、".join(names), field=columns[condition.field].label)


def _after(rules: Rules, judged: Judged, way: AnyWithin) -> Iterator[Words]:
    """Days later than the one that is counted back from: they do not count, which is said."""
    until = judged.situation.values.get(way.until)
    days = judged.situation.values.get(way.source, ())
    if isinstance(until, date) and any(at_most(day, until) is False for day in days):
        yield say("check.after_until", days=rules.facts[way.source].label, until=rules.facts[way.until].label)


def _other_reading(rules: Rules, judged: Judged, source: str) -> Iterator[Words]:
    if source not in judged.situation.stated or judged.verdict is not Verdict.PASS:
        return
    held = distinct_people(rules, judged, source)
    if held is False:
        yield say("check.distinct_fails")
    elif held is None:
        yield say("check.distinct_open")


def healing(evaluator: Evaluator, judged: Judged, facts: Mapping[str, Any]) -> tuple[date | None, bool]:
    """The first day on which what fails by time alone no longer fails, and whether the goal then passes."""
    rules = evaluator.rules
    moved: dict[str, date] = {}
    for demand, outcome in zip(judged.goal.demands, judged.outcomes, strict=True):
        if outcome is False:
            test = obligation(rules.requirements[demand.requirement])
            for name, day in _healing_days(rules, judged, test):
                moved[name] = max(day, moved.get(name, day))
    if not moved:
        return None, False
    try:
        again = evaluator.judged(judged.goal, {**facts, **to_json(moved)}, judged.on)
    except OverflowError:
        return None, False
    pairs = list(zip(judged.outcomes, again.outcomes, strict=True))
    mended = any(before is False and after is True for before, after in pairs)
    return (max(moved.values()) if mended else None), again.verdict is Verdict.PASS


def _healing_days(rules: Rules, judged: Judged, test: Test) -> Iterator[tuple[str, date]]:
    values = judged.situation.values
    for leaf in leaves(test, rules.requirements):
        if isinstance(leaf, SameYear):
            first = values.get(leaf.fact)
            if isinstance(first, date):
                yield leaf.other, date(first.year + 1, 1, 1)
            continue
        for way in rules.facts[leaf.fact].derived:
            if isinstance(way, AnyWithin) and values.get(leaf.fact) is True:
                day = _out_of_window(values, way, rules.resolver(judged.on)(way.period))
                if day is not None:
                    yield way.until, day


def _out_of_window(values: Mapping[str, Any], way: AnyWithin, period: Any) -> date | None:
    """The first ``until`` of which the period no longer reaches the latest day of the list."""
    until, days = values.get(way.until), values.get(way.source, ())
    if not isinstance(until, date) or not all(isinstance(day, date) for day in days):
        return None
    latest = max((day for day in days if day <= until), default=None)
    if latest is None:
        return None
    healed = add(latest, period)
    while subtract(healed, period) <= latest:
        healed += timedelta(days=1)
    return healed


def heals_words(day: date) -> Words:
    """The sentence about that day."""
    return say("check.heals", day=day)


def either_way_words(rules: Rules, names: tuple[str, ...]) -> Words:
    """The sentence about facts that make no difference."""
    return say("check.either_way", facts=listed(rules.facts[name].label for name in names))
