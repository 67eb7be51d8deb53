"""How fast rules are decided: this engine beside plain ifs and whichever peers are installed.

``python -m benchmarks.rules`` prints evaluations a second, p50 and p99 of one call, and load time with
15, 150 and 1,500 rules. Peers are never needed to run the product (benchmarks/requirements.in).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

SIZES = (15, 150, 1500)
DAY = date(2026, 1, 1)
SECONDS = 0.5
Evaluate = Callable[[dict[str, Any]], Any]


def spec(size: int) -> list[tuple[str, int]]:
    """Rules: each wants a count of its own to reach a figure; every third also wants a boolean."""
    chance = random.Random(size)
    return [(f"f{index}", chance.randint(1, 9)) for index in range(size)]


def facts_for(rules: list[tuple[str, int]]) -> dict[str, Any]:
    chance = random.Random(7)
    facts: dict[str, Any] = {name: chance.randint(0, 9) for name, _ in rules}
    return {**facts, **{f"b{index}": chance.random() < 0.5 for index in range(0, len(rules), 3)}}


def plain_ifs(rules: list[tuple[str, int]]) -> Evaluate:
    lines = ["def run(facts):", "    out = {}"]
    for index, (name, figure) in enumerate(rules):
        also = f" and facts['b{index}'] is True" if index % 3 == 0 else ""
        lines += [f"    if facts[{name!r}] >= {figure}{also}:", f"        out['r{index}'] = True"]
        lines += ["    else:", f"        out['r{index}'] = False"]
    space: dict[str, Any] = {}
    exec("\n".join(lines), space)  # noqa: S102 - the yardstick, written here
    run: Evaluate = space["run"]
    return run


def rulebook_text(rules: list[tuple[str, int]]) -> str:
    words = "{zh: 名, en: name}"
    lines = ["rulebook: {id: bench, version: '1'}"]
    lines += [f"layers:\n  l: {{title: {words}, from: 2000-01-01, citations: [d]}}", "facts:"]
    lines += [
        f"  {name}: {{type: count, label: {words}, question: {words}, change: up}}" for name, _ in rules
    ]
    lines += [
        f"  b{i}: {{type: boolean, label: {words}, question: {words}}}" for i in range(0, len(rules), 3)
    ]
    lines.append("requirements:")
    for index, (name, figure) in enumerate(rules):
        test = f"{{fact: {name}, at_least: {figure}}}"
        if index % 3 == 0:
            test = f"{{all: [{test}, {{fact: b{index}, is: true}}]}}"
        lines.append(f"  r{index}: {{title: {words}, layer: l, citations: [d], test: {test}}}")
    demands = ", ".join(f"{{requirement: r{index}}}" for index in range(len(rules)))
    lines += ["goals:", f"  g: {{title: {words}, audience: consultant, layer: l, citations: [d],"]
    lines.append(f"    demands: [{demands}]}}")
    return "\n".join(lines) + "\n"


def ours(rules: list[tuple[str, int]]) -> dict[str, Evaluate]:
    from rules_engine.loader import load

    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "bench.yaml"
        file.write_text(rulebook_text(rules), encoding="utf-8")
        started = time.perf_counter()
        book = load(file)
        print(f"  load {1000 * (time.perf_counter() - started):8.1f} ms")
    started = time.perf_counter()
    book.decide("g", {}, DAY)
    print(f"  compile {1000 * (time.perf_counter() - started):5.1f} ms")
    return {
        "xize": lambda facts: book.decide("g", facts, DAY),
        "xize, a fifth unknown": lambda facts: book.decide("g", facts, DAY),
        "xize, explained with fixes": lambda facts: book.check("g", facts, DAY),
    }


def zen(rules: list[tuple[str, int]]) -> Evaluate:
    import zen as engine

    expressions = [
        {
            "id": f"e{i}",
            "key": f"r{i}",
            "value": f"{name} >= {figure}" + (f" and b{i} == true" if i % 3 == 0 else ""),
        }
        for i, (name, figure) in enumerate(rules)
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "ex",
            "type": "expressionNode",
            "name": "ex",
            "position": {"x": 1, "y": 0},
            "content": {"expressions": expressions},
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "ex", "type": "edge"},
        {"id": "2", "sourceId": "ex", "targetId": "out", "type": "edge"},
    ]
    decision = engine.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda facts: decision.evaluate(facts)


def rule_engine(rules: list[tuple[str, int]]) -> Evaluate:
    import rule_engine as engine

    made = [
        engine.Rule(f"{name} >= {figure}" + (f" and b{i} == true" if i % 3 == 0 else ""))
        for i, (name, figure) in enumerate(rules)
    ]
    return lambda facts: [rule.matches(facts) for rule in made]


def business_rules(rules: list[tuple[str, int]]) -> Evaluate:
    from business_rules.engine import check_conditions_recursively
    from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable

    names = [name for name, _ in rules]
    flags = [f"b{i}" for i in range(0, len(rules), 3)]
    methods: dict[str, Any] = {"__init__": lambda self, facts: setattr(self, "facts", facts)}
    for name in names:
        methods[name] = numeric_rule_variable()(_reader(name))
    for name in flags:
        methods[name] = boolean_rule_variable()(_reader(name))
    variables = type("Variables", (BaseVariables,), methods)
    conditions = [
        {
            "all": [{"name": name, "operator": "greater_than_or_equal_to", "value": figure}]
            + ([{"name": f"b{i}", "operator": "is_true", "value": True}] if i % 3 == 0 else [])
        }
        for i, (name, figure) in enumerate(rules)
    ]
    return lambda facts: [check_conditions_recursively(item, variables(facts)) for item in conditions]


def _reader(name: str) -> Callable[[Any], Any]:
    def read(self: Any) -> Any:
        return self.facts[name]

    read.__name__ = name
    return read


def json_logic(rules: list[tuple[str, int]]) -> Evaluate:
    from json_logic import jsonLogic

    made: list[Any] = []
    for i, (name, figure) in enumerate(rules):
        test: Any = {">=": [{"var": name}, figure]}
        made.append({"and": [test, {"===": [{"var": f"b{i}"}, True]}]} if i % 3 == 0 else test)
    return lambda facts: [jsonLogic(rule, facts) for rule in made]


PEERS = {"ZEN": zen, "rule-engine": rule_engine, "business-rules": business_rules, "JSON Logic": json_logic}


def measure(evaluate: Evaluate, facts: dict[str, Any]) -> tuple[float, float, float]:
    """Evaluations a second, and p50 and p99 of one call in microseconds."""
    evaluate(facts)
    calls: list[float] = []
    end = time.perf_counter() + SECONDS
    while (started := time.perf_counter()) < end:
        evaluate(facts)
        calls.append(time.perf_counter() - started)
    calls.sort()
    return len(calls) / sum(calls), 1e6 * statistics.median(calls), 1e6 * calls[int(len(calls) * 0.99)]


def show(name: str, evaluate: Evaluate, facts: dict[str, Any]) -> None:
    rate, middle, slow = measure(evaluate, facts)
    print(f"  {name:28} {rate:12,.0f} /s   p50 {middle:10.1f} µs   p99 {slow:10.1f} µs")


def main() -> None:
    """Print one table for each size."""
    for size in SIZES:
        rules = spec(size)
        facts = facts_for(rules)
        print(f"{size} rules")
        show("plain ifs", plain_ifs(rules), facts)
        for name, evaluate in ours(rules).items():
            known = {key: value for index, (key, value) in enumerate(facts.items()) if index % 5}
            show(name, evaluate, known if "unknown" in name else facts)
        for name, make in PEERS.items():
            try:
                evaluate = make(rules)
            except ImportError as absent:
                print(f"  {name:28} not installed ({absent.name})")
                continue
            try:
                show(name, evaluate, facts)
            except Exception as error:  # a peer that cannot run this is told, not hidden
                print(f"  {name:28} failed: {error!s:.100}", file=sys.stderr)


if __name__ == "__main__":
    main()
