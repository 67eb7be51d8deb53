"""Finds the class of a text among the names that people use for it; asks rather than guesses between two."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from rules_engine.definitions import ClassificationDefinition
from rules_engine.script import simplify

_NEAR = 75  # of 100: one wrong character in four
_CLOSE = 8  # two classes whose best names lie within this are not told apart
_SHORTEST = 3  # characters: a shorter text with one wrong character may be anything


@dataclass(frozen=True, slots=True)
class Classification:
    """``value``: the class, the definition's ``other`` where the text belongs to none, None where it is
    open. ``matched``: the known name found in the text. ``candidates``: names to choose from when open."""

    value: str | None
    matched: str | None = None
    candidates: tuple[str, ...] = ()


def classify(definition: ClassificationDefinition, text: str) -> Classification:
    """The class of a text. Simplified or Traditional script, full or half width, with or without endings."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    found = _named(definition, plain)
    if found is None:
        simplified = simplify(plain)
        if simplified != plain:
            plain = simplified
            found = _named(definition, plain)
    return found or _near(definition, plain) or Classification(definition.other)


def _classes_by_name(definition: ClassificationDefinition) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for entry in definition.entries:
        for name in entry.names:
            table.setdefault(name.casefold(), []).append(entry.value)
    for name in definition.outside:
        table.setdefault(name.casefold(), []).append(definition.other)
    return table


def _stands_in(name: str, plain: str, joined: str) -> bool:
    """Chinese names stand anywhere in a text, alphabetic ones as whole words: no iron in environment."""
    if name.isascii():
        return name in plain and re.search(rf"\b{re.escape(name)}s?\b", plain) is not None
    return name in joined


def _named(definition: ClassificationDefinition, plain: str) -> Classification | None:
    """Known names within the text; a name inside a longer one that also stands there does not count."""
    table = _classes_by_name(definition)
    joined = plain.replace(" ", "")
    held = [name for name in table if _stands_in(name, plain, joined)]
    names = [name for name in held if not any(name != longer and name in longer for longer in held)]
    if not names:
        return None
    names.sort(key=len, reverse=True)
    classes = {value for name in names for value in table[name]}
    if len(classes) == 1:
        return Classification(classes.pop(), names[0])
    # A listed trade beside an unlisted one is the listed one: 钢铁和食品 is still steel.
    listed = classes - {definition.other}
    surely = {table[name][0] for name in names if len(table[name]) == 1} & listed
    if len(listed) == 1 and surely == listed:
        return Classification(surely.pop(), names[0])
    return Classification(None, None, _candidates(definition, names, table))


def _candidates(
    definition: ClassificationDefinition, names: list[str], table: dict[str, list[str]]
) -> tuple[str, ...]:
    """The first, official name of each class that the text may mean."""
    official = {entry.value: entry.names[0] for entry in reversed(definition.entries)}
    found: dict[str, None] = {}
    for name in names:
        for entry in definition.entries:
            if name in (known.casefold() for known in entry.names):
                found[entry.names[0]] = None
        if definition.other in table[name]:
            found[name] = None
    return tuple(found) or tuple(official.values())


def _near(definition: ClassificationDefinition, plain: str) -> Classification | None:
    for ending in definition.endings:
        plain = plain.removesuffix(ending)
    if len(plain) < _SHORTEST:
        return None
    from rapidfuzz import fuzz, process

    table = _classes_by_name(definition)
    known = [name for name in table if len(name) >= _SHORTEST]
    hits: list[Any] = process.extract(plain, known, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=10)
    if not hits:
        return None
    best = hits[0][1]
    rivals = [name for name, score, _ in hits if best - score <= _CLOSE]
    classes = {value for name in rivals for value in table[name]}
    if len(classes) == 1:
        return Classification(classes.pop(), rivals[0])
    return Classification(None, None, _candidates(definition, rivals, table))
