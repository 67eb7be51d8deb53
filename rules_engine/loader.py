"""Reads a directory of rulebook files, or one file, and refuses it with every problem at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from rules_engine.building import Parts, case, gather
from rules_engine.cases import run_cases
from rules_engine.checking import Checker
from rules_engine.definitions import Case, Demand, GoalDefinition
from rules_engine.errors import RulebookInvalid
from rules_engine.grammar import Grammar
from rules_engine.holidays import read_holidays
from rules_engine.model import RulebookStamp
from rules_engine.rulebook import Rulebook
from rules_engine.rules import Rules, usable_facts
from rules_engine.source import Problem, documents
from rules_engine.workdays import PublishedWorkdays

BUILT_IN = Path(__file__).parent / "rulebook"


def load(
    path: Path = BUILT_IN,
    *,
    resolves: Callable[[str], bool] | None = None,
    quotes: Callable[[str], str | None] | None = None,
    holidays: Path | None = None,
    prove: bool | None = None,
) -> Rulebook:
    """The rulebook of a directory or file. Raises RulebookInvalid with all problems found.

    ``resolves`` tells whether a citation names a provision; without it citations are taken as they are.
    ``quotes`` gives a provision's own words, for reviews. ``holidays`` is a directory of year files that
    an operator adds, beside the rulebook's own. ``prove`` runs the rulebook's cases and refuses it where
    one fails; left out, every rulebook but the built-in one, whose cases the tests run, is proved.
    """
    files = files_of(path)
    if not files:
        raise RulebookInvalid((f"{path}:1: no rulebook files here",))
    parts = Parts()
    problems: list[str] = []
    for file in files:
        problems += _read(file, parts)
    if not problems:
        problems = Checker(parts, resolves).check()
    years, holiday_problems = read_holidays([path / "holidays", *([holidays] if holidays else [])])
    if problems or holiday_problems:
        raise RulebookInvalid(tuple(problems + holiday_problems))
    complete_goals(parts)
    rulebook = Rulebook(Rules(parts), stamp_of(parts, files), PublishedWorkdays(years), quotes)
    if path != BUILT_IN if prove is None else prove:
        failures = run_cases(rulebook, read_cases(path)).failures
        if failures:
            raise RulebookInvalid(tuple(failures))
    return rulebook


def read_cases(path: Path = BUILT_IN) -> tuple[Case, ...]:
    """The cases of all files, which stand in second documents. Raises RulebookInvalid."""
    cases: list[Case] = []
    problems: list[str] = []
    for file in files_of(path):
        try:
            documents_of = list(documents(file))[1:]
        except Problem as problem:
            problems.append(str(problem))
            continue
        for document in documents_of:
            grammar = Grammar(file.name)
            grammar.check(document)
            problems += grammar.problems or _add_cases(cases, document, file.name)
    if problems:
        raise RulebookInvalid(tuple(problems))
    return tuple(cases)


def _add_cases(cases: list[Case], document: Any, file: str) -> list[str]:
    problems: list[str] = []
    for tree in document.get("cases", ()):
        try:
            cases.append(case(tree, file))
        except ValueError as error:
            problems.append(f"{file}:{tree.line}: {tree['name']}: {error}")
    others = [name for name in document if name != "cases"]
    return problems + [
        f"{file}:{document.lines[name]}: {name}: stands after the first ---" for name in others
    ]


def files_of(path: Path) -> list[Path]:
    """The rulebook files of a directory in the order of their names, or the file itself."""
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []


def stamp_of(parts: Parts, files: list[Path]) -> RulebookStamp:
    """Identity of the rules: id, version and a hash over every file's name and bytes."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return RulebookStamp(parts.id, parts.version, digest.hexdigest())


def _read(file: Path, parts: Parts) -> list[str]:
    try:
        document: Any = next(documents(file), None)
    except (Problem, UnicodeDecodeError) as problem:
        return [str(problem) if isinstance(problem, Problem) else f"{file.name}:1: is not UTF-8"]
    if document is None:
        return []
    grammar = Grammar(file.name)
    grammar.check(document)
    return grammar.problems or gather(parts, document, file.name)


def complete_goals(parts: Parts) -> None:
    """Fill in what goals include and which facts they can use."""
    for name in parts.goals:
        goal = parts.goals[name]
        whole = replace(goal, demands=_demands(parts, goal))
        parts.goals[name] = replace(whole, facts=usable_facts(parts, whole))


def _demands(parts: Parts, goal: GoalDefinition) -> tuple[Demand, ...]:
    found: dict[Demand, None] = {}
    for included in parts.includes.get(goal.id, ()):
        found.update(dict.fromkeys(_demands(parts, parts.goals[included])))
    found.update(dict.fromkeys(goal.demands))
    return tuple(found)
