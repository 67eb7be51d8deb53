"""The cheapest changes that turn a failed goal into a pass, each proved by judging it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from heapq import heappop, heappush
from itertools import combinations, count
from typing import Any

from rules_engine.definitions import AllOf, Compare, FactDefinition, FixedWhen, Not, SameYear, Test, Use
from rules_engine.evaluation import Evaluator, Judged
from rules_engine.judging import judge, needed, obligation
from rules_engine.model import Verdict
from rules_engine.rules import Rules
from rules_engine.values import bounds, to_json

Change = dict[str, Any]

_KEPT = 64  # ways kept for one part; the dearest are dropped first
_SHOWN = 10
_TRIED = 400  # candidates judged before the search gives up
_DEEPEST = 4  # rounds of mending what an earlier change broke


def find_fixes(evaluator: Evaluator, judged: Judged, facts: Mapping[str, Any]) -> tuple[Change, ...]:
    """Changes of which none contains another and each alone suffices, the cheapest first."""
    if judged.verdict is not Verdict.FAIL:
        return ()
    origin = _Search(evaluator.rules, judged, judged.situation.values)
    proved: list[Change] = []
    # Best first: mending one demand may break another, so what does not pass yet is mended further.
    waiting: list[tuple[float, int, int, Change]] = [(0.0, 0, 0, {})]
    order = count(1)  # equal costs keep the order in which they were found
    seen: set[str] = set()
    while waiting and len(proved) < _SHOWN and len(seen) < _TRIED:
        _, _, depth, way = heappop(waiting)
        if repr(sorted(way.items())) in seen or any(_contains(way, known, origin.values) for known in proved):
            continue
        seen.add(repr(sorted(way.items())))
        again = evaluator.judged(judged.goal, {**facts, **to_json(way)}, judged.on) if way else judged
        if again.verdict is Verdict.PASS:
            proved.append(way)
        elif depth < _DEEPEST:
            for more in _ways(evaluator.rules, again, origin.values):
                wider = origin.widened({**way, **more})
                heappush(waiting, (origin.cost(wider), next(order), depth + 1, wider))
    return tuple({name: to_json(value) for name, value in way.items()} for way in proved)


def _ways(rules: Rules, judged: Judged, origin: Mapping[str, Any]) -> list[Change]:
    """Ways to mend every demand that does not hold, as far as each by itself is concerned."""
    search = _Search(rules, judged, origin)
    ways: list[Change] = [{}]
    for demand, outcome in zip(judged.goal.demands, judged.outcomes, strict=True):
        if outcome is not True:
            ways = search.both(
                ways, search.towards(obligation(rules.requirements[demand.requirement]), wanted=True)
            )
    return [way for way in ways if way]


def _contains(way: Change, smaller: Change, values: Mapping[str, Any]) -> bool:
    """``way`` does all that ``smaller`` does, or more."""
    for name, value in smaller.items():
        if name not in way:
            return False
        if _is_step(value):
            if way[name] != value:
                return False
        elif abs(_distance(values.get(name), way[name])) < abs(_distance(values.get(name), value)):
            return False
    return True


def _is_step(value: Any) -> bool:
    """A value that is taken in one step, not counted up to."""
    return isinstance(value, bool | str | date)


def _distance(current: Any, target: Any) -> Any:
    """How far a number has to move: from the nearest value that it surely does not exceed or fall below."""
    low, high = bounds(current)
    if high is not None and target > high:
        return target - high
    return target - (low if low is not None else 0)


class _Search:
    """Walks tests and collects the ways to make them hold."""

    def __init__(self, rules: Rules, judged: Judged, origin: Mapping[str, Any]) -> None:
        self.rules = rules
        self.values = judged.situation.values
        self.origin = origin  # where the company stands today: what changes are measured from
        self.resolve: Callable[[Any], Any] = rules.resolver(judged.on)

    def towards(self, test: Test, *, wanted: bool) -> list[Change]:
        """Ways to bring a test to the wanted outcome; one empty way where it is there already."""
        if judge(test, self.values, self.resolve, self.rules.requirements) is wanted:
            return [{}]
        if isinstance(test, Compare):
            return self._leaf(test, wanted)
        if isinstance(test, SameYear):
            return []  # days pass by themselves
        if isinstance(test, Use):
            return self.towards(obligation(self.rules.requirements[test.requirement]), wanted=wanted)
        if isinstance(test, Not):
            return self.towards(test.of, wanted=not wanted)
        parts = [self.towards(part, wanted=wanted) for part in test.of]
        count = needed(test) if wanted else len(parts) - needed(test) + 1
        if isinstance(test, AllOf) and wanted:
            return self._all(parts)
        found: list[Change] = []
        for chosen in combinations(parts, count):
            found += self._all(chosen)
        return self._cheapest(found)

    def _all(self, parts: Iterable[list[Change]]) -> list[Change]:
        ways: list[Change] = [{}]
        for part in parts:
            ways = self.both(ways, part)
        return ways

    def both(self, ones: list[Change], others: list[Change]) -> list[Change]:
        """Every way of the one together with every way of the other."""
        merged = (self._merge(one, other) for one in ones for other in others)
        return self._cheapest([way for way in merged if way is not None])

    def _merge(self, one: Change, other: Change) -> Change | None:
        way = dict(one)
        for name, value in other.items():
            held = way.setdefault(name, value)
            if held == value:
                continue
            if _is_step(value):
                return None
            far = {end: _distance(self.origin.get(name), end) for end in (held, value)}
            if far[held] * far[value] < 0:
                return None
            way[name] = max(far, key=lambda end: abs(far[end]))
        return way

    def _leaf(self, leaf: Compare, wanted: bool) -> list[Change]:
        definition = self.rules.facts[leaf.fact]
        ways = [
            {leaf.fact: value} for value in self._targets(leaf, wanted) if self._movable(definition, value)
        ]
        for derivation in definition.derived:
            if isinstance(derivation, FixedWhen):
                released = self.towards(derivation.when, wanted=False)
                if {} not in released:
                    ways = [*released, *self.both(released, ways)]
        return ways

    def _targets(self, leaf: Compare, wanted: bool) -> list[Any]:
        """The nearest values on the wanted side of a comparison."""
        bound = self.resolve(leaf.value)
        if leaf.op == "is":
            return [bound is wanted]
        if leaf.op in ("equals", "in"):
            named = (bound,) if leaf.op == "equals" else bound
            return [value for value in self.rules.facts[leaf.fact].choices if (value in named) is wanted]
        if leaf.op == "at_least":
            return [bound if wanted else bound - 1]
        return [bound if wanted else bound + 1] if leaf.op == "at_most" else []

    def _movable(self, definition: FactDefinition, value: Any) -> bool:
        """Whether the company can bring the fact there."""
        if definition.change == "never" or not definition.asked:
            return False
        number = not _is_step(value)
        if number and definition.minimum is not None and value < definition.minimum:
            return False
        if number and definition.maximum is not None and value > definition.maximum:
            return False
        if definition.change == "any" or isinstance(value, str):
            return True
        current = self.origin.get(definition.name)
        if current is None:
            return definition.change == "up"
        if isinstance(value, bool):
            return value is (definition.change == "up")
        distance = _distance(current, value)
        return bool(distance > 0 if definition.change == "up" else distance < 0)

    def widened(self, way: Change) -> Change:
        """The way with what bounds it moved along: four auditors need a staff of four."""
        way = dict(way)
        for _ in self.rules.relations:
            for relation in self.rules.relations:
                lesser = way.get(relation.lesser, self.origin.get(relation.lesser))
                greater = way.get(relation.greater, self.origin.get(relation.greater))
                self._push(way, relation.greater, greater, relation.lesser, lesser)
        return way

    def _push(self, way: Change, greater: str, high: Any, lesser: str, low: Any) -> None:
        top, bottom = bounds(high)[1], bounds(low)[0]
        pushed = lesser in way and top is not None and bottom is not None and bottom > top
        if pushed and self._movable(self.rules.facts[greater], bottom):
            way[greater] = bottom

    def cost(self, way: Change) -> float:
        """What a way takes: each step at the fact's price."""
        return sum(self._price(self.rules.facts[name], value) for name, value in way.items())

    def _price(self, definition: FactDefinition, value: Any) -> float:
        if _is_step(value):
            return definition.cost
        return definition.cost * float(abs(_distance(self.origin.get(definition.name), value)))

    def _cheapest(self, ways: list[Change]) -> list[Change]:
        distinct = list({tuple(sorted(way.items(), key=lambda item: item[0])): way for way in ways}.values())
        return sorted(distinct, key=self.cost)[:_KEPT]
