"""A rulebook of another field, a public pool's, and small rulebooks made of random tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rules_engine.building import Parts
from rules_engine.definitions import (
    Demand,
    FactDefinition,
    GoalDefinition,
    Layer,
    Relation,
    Requirement,
    Test,
)
from rules_engine.loader import complete_goals
from rules_engine.model import RulebookStamp, Words
from rules_engine.rulebook import Rulebook
from rules_engine.rules import Rules
from rules_engine.workdays import PublishedWorkdays

DAY = date(2020, 6, 1)
NAME = Words("名", "name")

POOL = """
rulebook: {id: pool, version: "1"}
layers:
  pool: {title: {zh: 泳池规定, en: pool rules}, from: 2000-01-01, citations: [pool]}
facts:
  lifeguards:
    type: count
    maximum: 50
    label: {zh: 救生员, en: lifeguards}
    question: {zh: 几名救生员？, en: How many lifeguards?}
    change: up
    cost: 3
  staff:
    type: count
    maximum: 50
    label: {zh: 员工, en: staff}
    question: {zh: 几名员工？, en: How many staff?}
    change: up
  first_aid:
    type: boolean
    label: {zh: 急救箱, en: first-aid kit}
    question: {zh: 有急救箱吗？, en: Is there a first-aid kit?}
    change: up
  opened:
    type: date
    label: {zh: 开放日, en: opening day}
    question: {zh: 哪天开放？, en: When did it open?}
relations:
  - {lesser: lifeguards, greater: staff}
parameters:
  lifeguards_needed:
    label: {zh: 救生员人数, en: lifeguards needed}
    values:
      - {from: 2000-01-01, to: 2010-01-01, value: 1, citations: [pool#s1]}
      - {from: 2010-01-01, value: 2, citations: [pool#s1]}
requirements:
  guards:
    title: {zh: 救生员够, en: enough lifeguards}
    layer: pool
    test: {fact: lifeguards, at_least: $lifeguards_needed}
    citations: [pool#s1]
  aid:
    title: {zh: 有急救箱, en: a first-aid kit}
    layer: pool
    test: {fact: first_aid, is: true}
    citations: [pool#s2]
goals:
  open-pool:
    title: {zh: 开放泳池, en: opening the pool}
    audience: enterprise
    layer: pool
    citations: [pool]
    demands: [{requirement: guards}, {requirement: aid}]
deadlines:
  inspection:
    title: {zh: 检查, en: inspection}
    action: {zh: 预约检查。, en: Book the inspection.}
    trigger: opened
    add: {months: 6}
    layer: pool
    citations: [pool#s3]
"""

POOL_CASES = """---
cases:
  - name: two guards
    goal: open-pool
    on: 2020-01-01
    facts: {lifeguards: 2}
    expect: {missing: [first_aid]}
"""


def write(directory: Path, text: str = POOL + POOL_CASES, name: str = "pool.yaml") -> Path:
    """A rulebook file in a directory; gives the directory."""
    (directory / name).write_text(text, encoding="utf-8")
    return directory


def fact(name: str, kind: str = "boolean", **more: object) -> FactDefinition:
    """A fact that a random rulebook uses."""
    return FactDefinition(
        name=name, type=kind, label=Words(name, name), brief=Words(name, name), question=NAME, **more
    )  # type: ignore[arg-type]


def small(
    facts: Sequence[FactDefinition], tests: Sequence[Test], relations: Sequence[Relation] = ()
) -> Rulebook:
    """A rulebook with one goal, ``g``, that demands every test."""
    parts = Parts(id="small", version="1")
    parts.facts = {item.name: item for item in facts}
    parts.relations = list(relations)
    parts.layers = {"l": Layer("l", NAME, date(2000, 1, 1), None, ("doc",))}
    parts.requirements = {
        f"r{index}": Requirement(f"r{index}", NAME, test, "l", (f"doc#r{index}",))
        for index, test in enumerate(tests)
    }
    demands = tuple(Demand(name, ()) for name in parts.requirements)
    parts.goals = {"g": GoalDefinition("g", NAME, "enterprise", "l", demands, ("doc",))}
    complete_goals(parts)
    return Rulebook(Rules(parts), RulebookStamp("small", "1", ""), PublishedWorkdays())
