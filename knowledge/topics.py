"""Topics: what people ask about, how it is recognised, and what the law says to it. All of it data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import CorpusError
from knowledge.kept import read_tables
from knowledge.labels import label_words
from knowledge.lexicon import Lexicon
from knowledge.model import Abstain, Instrument, Statement, Step, Words
from knowledge.phrasing import Phrases
from knowledge.values import fill


@dataclass(frozen=True, slots=True)
class Alternative:
    """Concepts that must be there (each a choice) and concepts that must not."""

    needed: tuple[frozenset[str], ...]
    barred: frozenset[str]

    def matched(self, concepts: frozenset[str]) -> frozenset[str] | None:
        """The concepts that satisfy it, or None."""
        if self.barred & concepts:
            return None
        found: set[str] = set()
        for choice in self.needed:
            if not (hit := choice & concepts):
                return None
            found |= hit
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """A statement and the days that it holds for: from ``since`` on, until the day before ``until``."""

    statement: Statement
    since: date
    until: date

    def holds_on(self, day: date) -> bool:
        """Whether it may be said of ``day``."""
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of questions and the answer to it. ``figures``: by unit, the number that a question's
    claim (要五名，对吧) is held against. ``about``: sets of references that mean it when named together."""

    id: str
    label: Words
    when: tuple[Alternative, ...]
    like: frozenset[str]
    ask: tuple[str, ...]
    dated: tuple[DatedStatement, ...]
    quotes: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    abstain: Abstain | None = None
    figures: Mapping[str, str] = field(default_factory=dict)
    about: tuple[frozenset[str], ...] = ()
    bonus: float = 0.0
    elsewhere: bool = False  # a clause named with it is another place's clause, not ours

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that may be said, whatever the day."""
        return tuple(one.statement for one in self.dated)

    def said_on(self, day: date) -> tuple[Statement, ...]:
        """What is said of a day."""
        return tuple(one.statement for one in self.dated if one.holds_on(day))


@dataclass(frozen=True, slots=True)
class TopicSet:
    """Topics, the lexicon that reads questions for them, and the sentences that any answer may need."""

    topics: Mapping[str, Topic]
    lexicon: Lexicon
    phrases: Phrases


def load_topics(
    directory: Path,
    instruments: Mapping[str, Instrument],
    aliases: Mapping[str, tuple[str, ...]] | None = None,
) -> TopicSet:
    """The topics of a directory, their figures taken from ``instruments``. ``aliases``: further sample
    questions by topic; those of a topic that is no more are left out.

    Raises:
        CorpusError: a file that cannot be read or names a figure or topic that does not exist.
    """
    try:
        tables = read_tables("topics", directory.glob("*.toml"))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(str(error)) from error
    merged: dict[str, Any] = {}
    for table in tables.values():
        for key in ("instruments", "matching"):
            merged.setdefault(key, {}).update(table.get(key, {}))
        for key in ("concepts", "filler"):
            for name, terms in table.get(key, {}).items():
                merged.setdefault(key, {}).setdefault(name, []).extend(terms)
    lexicon = Lexicon(merged)
    values = {name: figure for one in instruments.values() for name, figure in one.values.items()}
    rows = [(name, row) for name, table in tables.items() for row in table.get("topic", ())]
    labels = {row["id"]: _label(row) for _, row in rows}
    for instrument in instruments.values():
        for provision in instrument.provisions.values():
            labels[provision.ref] = label_words(provision, instrument)
    wordings = _wordings(tables.values(), aliases or {}, labels)
    topics: dict[str, Topic] = {}
    for name, row in rows:
        try:
            if row["id"] in topics:
                raise CorpusError("this topic is given twice")
            topic = _Reader(lexicon.instruments, values, labels).topic(row)
            topics[topic.id] = replace(topic, ask=(*topic.ask, *wordings.get(topic.id, ())))
        except (CorpusError, KeyError, ValueError) as error:
            raise CorpusError(f"{name}, topic {row.get('id')}: {error}") from error
    phrases = {
        key: Words(*pair) for table in tables.values() for key, pair in table.get("phrases", {}).items()
    }
    return TopicSet(topics, lexicon, Phrases(phrases))


def _wordings(
    tables: Iterable[Mapping[str, Any]], aliases: Mapping[str, tuple[str, ...]], known: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Further sample questions by topic: the tables' own and those that operators added."""
    merged: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for topic, questions in table.get("wordings", {}).items():
            if topic not in known:
                raise CorpusError(f"wordings: no topic {topic}")
            merged[topic] = (*merged.get(topic, ()), *questions)
    return {topic: (*merged.get(topic, ()), *aliases.get(topic, ())) for topic in {*merged, *aliases}}


def _label(row: Mapping[str, Any]) -> Words:
    zh, *en = row.get("label", [row["id"]])
    return Words(zh, en[0] if en else zh)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes topics of table rows."""

    instruments: Mapping[str, str]
    values: Mapping[str, str]
    labels: Mapping[str, Words]

    def topic(self, row: Mapping[str, Any]) -> Topic:
        dated = tuple(self._dated(*sentence) for sentence in row.get("say", ()))
        figures = {unit: self.values[name] for unit, name in row.get("figures", {}).items()}
        abstain = row.get("abstain")
        return Topic(
            id=row["id"],
            label=self.labels[row["id"]],
            when=tuple(_alternative(words, row.get("unless", ())) for words in row.get("when", ())),
            like=frozenset(row.get("like", ())),
            ask=tuple(row.get("ask", ())),
            dated=dated,
            quotes=self._refs(row.get("quote", ())),
            nearest=self._refs(row.get("nearest", ())),
            steps=tuple(self._step(*step) for step in row.get("next", ())),
            abstain=Abstain(abstain) if abstain else None,
            figures=figures,
            about=tuple(frozenset(self._refs(refs.split())) for refs in row.get("about", ())),
            bonus=float(row.get("bonus", 0)),
            elsewhere=bool(row.get("elsewhere", False)),
        )

    def _dated(self, zh: str, en: str, refs: Iterable[str], days: str = "..") -> DatedStatement:
        since, _, until = days.partition("..")
        return DatedStatement(
            Statement(Words(fill(zh, self.values), fill(en, self.values)), self._refs(refs)),
            date.fromisoformat(since) if since else date.min,
            date.fromisoformat(until) if until else date.max,
        )

    def _step(self, action: str, target: str, zh: str = "", en: str = "") -> Step:
        if action == "clause":
            target = self._ref(target)
        return Step(Words(zh, en or zh) if zh else self.labels[target], action, target)

    def _refs(self, refs: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._ref(ref) for ref in refs)

    def _ref(self, short: str) -> str:
        name, mark, address = short.partition("#")
        return self.instruments.get(name, name) + mark + address


def _alternative(words: str, unless: Iterable[str]) -> Alternative:
    """The words of one alternative; ``unless`` bars concepts from all alternatives of a topic."""
    needed = tuple(frozenset(word.split("|")) for word in words.split() if not word.startswith("-"))
    barred = frozenset(word[1:] for word in words.split() if word.startswith("-"))
    return Alternative(needed, barred | frozenset(unless))
