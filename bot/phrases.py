"""The product's own sentences, per language. Law text never passes through here.

``templates/phrases/<language>.toml`` holds Jinja2 templates by dotted key; the key sets of all
languages are equal. Traditional Chinese is converted from Simplified.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, StrictUndefined, Template

from bot.messages import Language
from knowledge.kept import read_tables

DIRECTORY = Path(__file__).parent / "templates" / "phrases"
_NAME = re.compile(r"\{\{ ?([a-z_]+) ?\}\}")

# Plain text: channels escape when they render.
_environment = Environment(
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701
    trim_blocks=True,
    lstrip_blocks=True,
)


def language_of(stored: str) -> Language:
    """A contact's language as one that is served."""
    return "en" if stored == "en" else "zh-Hant" if stored == "zh-Hant" else "zh-Hans"


class SaidInTwo(Protocol):
    """A text in Chinese and English, as the law and the rulebook hold it."""

    def said_in(self, language: str) -> str:
        """The text in a language."""


class Phrases:
    """Sentences in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalogue = "en" if language == "en" else "zh-Hans"

    def say(self, key: str, **fill: Any) -> str:
        """The sentence ``key``, filled in. Raises KeyError for an unknown key."""
        return self._local(_template(self._catalogue, key).render(fill))

    def called(self, group: str, code: str) -> str:
        """What a code of a group ("reminder.outcome") is called; the code itself where it has no word."""
        key = f"{group}.{code}"
        return self.say(key) if key in _catalogue(self._catalogue) else code

    def words(self, text: SaidInTwo) -> str:
        """A bilingual text in this language."""
        return self._local(text.said_in(self.language))

    def _local(self, text: str) -> str:
        return to_traditional(text) if self.language == "zh-Hant" else text


@cache
def phrases(language: Language) -> Phrases:
    """The sentences of a language."""
    return Phrases(language)


def to_traditional(text: str) -> str:
    """Simplified to Traditional Chinese."""
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2hk")


class _Sentence:
    """A sentence with nothing but names in it, as most are: filled in without a template's machinery."""

    def __init__(self, words: Sequence[str]) -> None:
        """``words``: the text around names and the names, by turns."""
        self._first, self._rest = words[0], tuple(zip(words[1::2], words[2::2], strict=True))

    def render(self, fill: Mapping[str, Any]) -> str:
        """The sentence, filled in. Raises KeyError for a name that is not given."""
        return self._first + "".join([f"{fill[name]!s}{text}" for name, text in self._rest])


@cache
def _template(catalogue: str, key: str) -> Template | _Sentence:
    """One sentence, compiled when it is first said: a start needs few of the many."""
    text = _catalogue(catalogue)[key]
    words = _NAME.split(text)
    plain = not any("{" in part for part in words[::2])
    return _Sentence(words) if plain else _environment.from_string(text)


@cache
def _catalogue(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in read_tables(f"phrases-{name}", DIRECTORY.glob(f"{name}*.toml")).values():
        for key, text in _flatten(table):
            found[key] = text.strip("\n")
    return found


def _flatten(tree: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, str(value)))
    return rows
