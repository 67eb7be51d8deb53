"""Holds a rulebook file against the published JSON Schema and names file, line and path of each breach.

Reads the part of JSON Schema that the schema uses; the schema is the grammar, so the two cannot differ.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

SCHEMA_FILE = Path(__file__).parent / "rulebook.schema.json"

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a rulebook file."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded


class Grammar:
    """Checks one file; ``problems`` collects ``file:line: path: what is wrong``."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []
        self._definitions: dict[str, Any] = schema()["$defs"]

    def check(self, document: Any) -> None:
        """Collect the breaches in a document."""
        self._value(document, schema(), "", getattr(document, "line", 1))

    def _complain(self, line: int, path: str, what: str) -> None:
        self.problems.append(f"{self.file}:{line}: {path or 'file'}: {what}")

    def _value(self, value: Any, rule: dict[str, Any], path: str, line: int) -> None:
        if "$ref" in rule:
            rule = self._definitions[rule["$ref"].rpartition("/")[2]]
        if "oneOf" in rule:
            self._one_of(value, rule["oneOf"], path, line)
            return
        wanted = rule.get("type")
        if wanted is not None and not _is(value, wanted):
            self._complain(line, path, f"expected {_named(wanted)}, found {_shown(value)}")
        elif isinstance(value, dict):
            self._mapping(value, rule, path)
        elif isinstance(value, list):
            self._list(value, rule, path, line)
        else:
            self._scalar(value, rule, path, line)

    def _mapping(self, value: dict[str, Any], rule: dict[str, Any], path: str) -> None:
        line = getattr(value, "line", 1)
        lines = getattr(value, "lines", {})
        for name in rule.get("required", ()):
            if name not in value:
                self._complain(line, path, f"{name} is missing")
        if len(value) < rule.get("minProperties", 0):
            self._complain(line, path, "is empty")
        properties = rule.get("properties", {})
        others = rule.get("additionalProperties", True)
        names = rule.get("propertyNames", {}).get("pattern")
        for name, child in value.items():
            where = f"{path}.{name}" if path else name
            at = lines.get(name, line)
            if name in properties:
                self._value(child, properties[name], where, at)
            elif others is False:
                near = get_close_matches(name, properties, 1)
                self._complain(
                    at, where, f"is no word of the grammar{f'; did you mean {near[0]}?' if near else ''}"
                )
            elif names and not re.search(names, name):
                self._complain(at, where, f"is no name (must match {names})")
            elif isinstance(others, dict):
                self._value(child, others, where, at)

    def _list(self, value: list[Any], rule: dict[str, Any], path: str, line: int) -> None:
        if len(value) < rule.get("minItems", 0):
            self._complain(line, path, f"needs {rule['minItems']} or more")
        item = rule.get("items")
        if item:
            for index, child in enumerate(value):
                self._value(
                    child, item, f"{path}[{index}]", getattr(value, "lines", [line] * len(value))[index]
                )

    def _scalar(self, value: Any, rule: dict[str, Any], path: str, line: int) -> None:
        if "enum" in rule and value not in rule["enum"]:
            self._complain(line, path, f"must be one of {', '.join(map(str, rule['enum']))}")
        if "pattern" in rule and isinstance(value, str) and not re.search(rule["pattern"], value):
            self._complain(line, path, f"{value!r} does not have the form {rule['pattern']}")
        if "minimum" in rule and value < rule["minimum"]:
            self._complain(line, path, f"must be {rule['minimum']} or more")

    def _one_of(self, value: Any, branches: list[dict[str, Any]], path: str, line: int) -> None:
        """Each branch is told by its type and, for mappings, by the keys it requires."""
        for branch in branches:
            rule = self._definitions[branch["$ref"].rpartition("/")[2]] if "$ref" in branch else branch
            if not _is(value, rule.get("type", "object")):
                continue
            if isinstance(value, dict) and not all(name in value for name in rule.get("required", ())):
                continue
            if isinstance(value, str) and "pattern" in rule and not re.search(rule["pattern"], value):
                continue
            self._value(value, rule, path, line)
            return
        self._complain(line, path, f"{_shown(value)} is none of the forms allowed here")


def _is(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)


def _named(wanted: str | list[str]) -> str:
    return wanted if isinstance(wanted, str) else " or ".join(wanted)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(value) + "}"
    return "a list" if isinstance(value, list) else repr(value)
