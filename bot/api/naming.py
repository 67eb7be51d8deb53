"""The rulebook's goals and facts in JSON Schemas, so that documentation is complete though law is data."""

from __future__ import annotations

import re
from typing import Any

from rules_engine.definitions import FactDefinition
from rules_engine.rulebook import Rulebook


def name_goals(schema: dict[str, Any], rulebook: Rulebook) -> None:
    """Which goals there are, with what each is, into the schema of a ``goal``."""
    schema["enum"] = list(rulebook.goals)
    lines = [f"- `{goal.id}`: {goal.title.en} ({goal.title.zh})" for goal in rulebook.goals.values()]
    schema["description"] = "\n".join((schema.get("description", ""), "", *lines))


def name_facts(schema: dict[str, Any], rulebook: Rulebook) -> None:
    """Which facts there are into the schema of an object of facts, optional or not."""
    for part in schema.get("anyOf", [schema]):
        if part.get("type") == "object":
            part["properties"] = {fact.name: {"description": _said(fact)} for fact in rulebook.facts.values()}
            part["additionalProperties"] = False


def name_deadlines(schema: dict[str, Any], rulebook: Rulebook) -> None:
    """Which ids a list of deadlines may hold: those of the rulebook, those of rounds with their number."""
    ids = list(rulebook.rules.deadlines)
    for part in schema.get("anyOf", [schema]):
        if part.get("type") == "array":
            part["items"]["pattern"] = rf"^({'|'.join(map(re.escape, ids))})(_[0-9]+)?$"
    schema["description"] = (
        f"{schema.get('description', '')} One of {', '.join(ids)}; a round's with _1, _2 …"
    )


def name_all(models: dict[str, Any], rulebook: Rulebook) -> None:
    """Goals and facts into the schemas of what may be asked, by the models' names."""
    for model in models.values():
        fields = model.get("properties", {})
        if model.get("title") == "CheckAsked":
            name_goals(fields["goal"], rulebook)
            name_facts(fields["facts"], rulebook)
        if model.get("title") == "DeadlinesAsked":
            name_facts(fields["events"], rulebook)
            name_deadlines(fields["done"], rulebook)


def _said(fact: FactDefinition) -> str:
    """A fact in words: what it is, what kind of value it takes."""
    kind = f"{fact.type}, {fact.unit.en}" if fact.unit else fact.type
    values = f": {', '.join(map(str, fact.choices))}" if fact.choices else ""
    fields = f" with {', '.join(item.name for item in fact.fields)}" if fact.fields else ""
    return f"{fact.label.en} / {fact.label.zh} ({kind}{values}{fields})"
