"""Further ways to ask for a topic that operators add: tried on every sample question before they are kept."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import CorpusError, UnknownReference
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.library import Library

FILE = "aliases.toml"  # beside the imported instruments
LONGEST = 200  # characters of a question that is kept

Aliases = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What an alias would do: whether the question then finds its topic, and the sample questions of other
    topics that would go elsewhere."""

    finds: bool
    disturbed: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it may be kept."""
        return self.finds and not self.disturbed


def read_aliases(directories: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    """The aliases of these directories, by topic. Raises CorpusError where a file cannot be read."""
    merged: dict[str, tuple[str, ...]] = {}
    for directory in directories:
        path = Path(directory) / FILE
        if not path.is_file():
            continue
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8")).get("alias", {})
        except (OSError, ValueError) as error:
            raise CorpusError(f"{path.name}: {error}") from error
        for topic, questions in table.items():
            merged[topic] = (*merged.get(topic, ()), *questions)
    return merged


def try_alias(library: Library, topic: str, question: str, on: date) -> Trial:
    """Answer every sample question with the alias, and those that then miss their topic without it as well.
    Takes seconds: not for an event loop.

    Raises:
        UnknownReference: no such topic.
    """
    if topic not in library.topics.topics:
        raise UnknownReference(f"no topic {topic}")
    changed = library.with_aliases({topic: (question,)})
    samples = [(one.id, sample) for one in library.topics.topics.values() for sample in one.ask]
    astray = [(sample, now) for own, sample in samples if (now := _found(changed, sample, on)) != (own,)]
    disturbed = tuple(sample for sample, now in astray if now != _found(library, sample, on))
    return Trial(_found(changed, question, on)[:1] == (topic,), disturbed)


def keep_alias(directory: Path, topic: str, question: str) -> bool:
    """Write an alias to a directory's file, whole or not at all; False where it is there already."""
    known = read_aliases((directory,))
    question = " ".join(question.split())[:LONGEST]
    if plain(question) in {plain(one) for one in known.get(topic, ())}:
        return False
    known[topic] = (*known.get(topic, ()), question)
    directory.mkdir(parents=True, exist_ok=True)
    written = directory / f"{FILE}.new"
    written.write_text(_toml(known), encoding="utf-8")
    written.replace(directory / FILE)
    return True


def _found(library: Library, question: str, on: date) -> tuple[str, ...]:
    return library.answer(question, on=on).topics[:1]


def _toml(aliases: Aliases) -> str:
    lines = ["# Further ways to ask for a topic, added by operators.", "[alias]"]
    lines += [
        f"{_string(topic)} = [{', '.join(map(_string, questions))}]" for topic, questions in aliases.items()
    ]
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    """A TOML basic string: control characters, quotes and backslashes escaped."""
    escaped = (
        f"\\u{ord(letter):04x}" if ord(letter) < 32 or letter in '"\\\x7f' else letter for letter in text
    )
    return f'"{"".join(escaped)}"'
