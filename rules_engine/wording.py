"""The engine's own sentences, from wording.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rules_engine.model import Words

_FILE = Path(__file__).parent / "wording.toml"


@cache
def _sentences() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def say(key: str, **fill: Any) -> Words:
    """The sentence ``section.name``; each filling is a text, a number, a day, or Words."""
    section, _, name = key.partition(".")
    sentence = _sentences()[section][name]
    return Words(*(_filled(sentence[language], language, fill) for language in ("zh", "en")))


def _filled(sentence: str, language: str, fill: dict[str, Any]) -> str:
    return sentence.format(**{name: _in(value, language) for name, value in fill.items()})


def listed(texts: Iterable[Words]) -> Words:
    """Several texts as one."""
    held = tuple(texts)
    return Words("、".join(text.zh for text in held), ", ".join(text.en for text in held))


def _in(value: Any, language: str) -> str:
    if isinstance(value, Words):
        return value.zh if language == "zh" else value.en
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if language == "zh" else value.isoformat()
    return str(value)
