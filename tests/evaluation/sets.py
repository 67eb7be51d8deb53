"""The evaluation sets as read from their files, and the names that they may use."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import yaml

Entry = dict[str, Any]

FOLDER: Final = Path(__file__).parent
DIALOGUES: Final = FOLDER.parent / "dialogues"
NOW: Final = "2026-11-23T09:00:00+08:00"

_NAMES: Final = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
INTENTS: Final = frozenset(_NAMES["intents"])
GOALS: Final = frozenset(_NAMES["goals"])
FACTS: Final = frozenset(_NAMES["facts"])
ABSTENTIONS: Final = frozenset({None, *_NAMES["abstentions"]})


def known_reference(ref: str) -> bool:
    """Whether the machine interface names this reference ("*": any)."""
    instrument, _, address = ref.removesuffix("$").partition("#")
    if ref == "*" or not address:
        return ref == "*" or instrument in _NAMES["references"]
    return re.fullmatch(_NAMES["references"].get(instrument, ""), address) is not None


def covers(expected: str, actual: str) -> bool:
    """Whether ``actual`` is ``expected`` or inside it; ``a|b``: either, ``*``: any, ``a$``: itself alone."""
    return any(_covers(one, actual) for one in expected.split("|"))


def _covers(expected: str, actual: str) -> bool:
    if expected in ("*", actual, f"{actual}$"):
        return True
    inside = "__" if "#" in expected else "#"
    return actual.startswith(expected + inside) or _inside_section(expected, actual)


def _inside_section(expected: str, actual: str) -> bool:
    """Sections of the drafting notes nest by number: ``sec_3`` holds ``sec_3_1``."""
    return "#sec_" in expected and actual.startswith(f"{expected}_")


def as_list(value: Any) -> list[Any]:
    """One or several, as several."""
    return list(value) if isinstance(value, list) else [value]


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def questions() -> list[Entry]:
    """Questions with what a right answer holds."""
    return list(_read(FOLDER / "questions.yaml"))


def later(name: str) -> list[Entry]:
    """A set that was written when the product stood: questions, utterances or dialogues."""
    return [{"kind": "later", **entry} for entry in _read(FOLDER / "later" / f"{name}.yaml")]


def utterances() -> list[Entry]:
    """Messages with the facts that they state."""
    return list(_read(FOLDER / "utterances.yaml"))


def dialogues() -> list[Entry]:
    """Scripted talks, all files."""
    return [talk for path in sorted(DIALOGUES.glob("*.yaml")) for talk in _read(path)]


def checks() -> list[Entry]:
    """Requirement checks."""
    return list(_read(FOLDER / "cases.yaml")["checks"])


def deadlines() -> list[Entry]:
    """Deadline computations."""
    return list(_read(FOLDER / "cases.yaml")["deadlines"])


def unanswerable(question: Entry) -> bool:
    """Whether only an abstention is right."""
    return None not in as_list(question["expect"]["abstain"])
