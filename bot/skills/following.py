"""Short questions that only the talk makes whole: 要去哪里批 in the check for an extension or after the law
on it, 接下来会怎么样 after a failure. What each is taken to mean is data (``following.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.messages import Reply
from bot.skills.clauses import compose, find
from bot.turn import Turn
from bot.understanding.dialect import mandarin
from knowledge.finding import Finder, Index, finders
from knowledge.kept import read_table
from knowledge.model import Abstain, Finding

TABLE = Path(__file__).with_name("following.toml")
SHORT = 24  # characters, twice as many Latin letters: what is longer says itself what it is about
SURE = 0.6  # a finding as sure as this is an answer


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a short question means where a check is in play, a topic was spoken of, or a fact is
    held."""

    goals: tuple[str, ...]
    topics: tuple[str, ...]
    asked: tuple[str, ...]
    holds: Mapping[str, Any]  # facts of which one must be held so; true: held at all
    question: Mapping[str, str]  # by language; {} stands for the words themselves

    def fits(self, turn: Turn) -> bool:
        """Whether the talk is where this is meant."""
        session = turn.session
        in_play = (
            not (self.goals or self.topics or self.asked)
            or bool(set(self.goals) & set(session.goals or session.left))
            or bool(set(self.topics) & set(session.last_topics))
            or bool(set(self.asked) & set(session.asked[:1]))
        )
        return in_play and (not self.holds or self._held(turn.facts))

    def _held(self, facts: Mapping[str, Any]) -> bool:
        return any(
            facts.get(name) == value or (value is True and name in facts)
            for name, value in self.holds.items()
        )


def meant(turn: Turn) -> Finding | None:
    """What the law says to the question as the talk makes it whole; None where nothing makes it so."""
    text = turn.read.text
    if turn.tap is not None or len(text) > (2 * SHORT if text.isascii() else SHORT):
        return None
    for meaning in (one for one in _said(mandarin(text.lower())) if one.fits(turn)):
        said = meaning.question["en" if turn.language == "en" else "zh"]
        asked = said.replace("{}", mandarin(text)).replace("{instrument}", _spoken_of(turn))
        finding = find(turn, asked)
        if finding.topics and finding.abstain is not Abstain.OUT_OF_SCOPE and finding.confidence >= SURE:
            return finding
    return None


def _spoken_of(turn: Turn) -> str:
    """What the instrument is called that was spoken of last; the default one where none was."""
    library = turn.sources.library
    spoken_of = [library.provision(ref).instrument for ref in turn.session.last_refs]
    last = library.default if library.default in spoken_of or not spoken_of else spoken_of[0]
    instrument = library.instrument(last)
    return instrument.title_en if turn.language == "en" else instrument.title


def _said(words: str) -> Iterator[Meaning]:
    """The meanings of which the words hold a form."""
    index, meanings = _meanings()
    for at in index.of(words):
        form, meaning = meanings[at]
        if form.search(words):
            yield meaning


@cache
def _meanings() -> tuple[Index, list[tuple[Finder, Meaning]]]:
    rows = read_table(TABLE)["meaning"]
    forms = finders("following", ["|".join(row["forms"]) for row in rows])
    return Index(forms), [*zip(forms, map(_read, rows), strict=True)]


def _read(row: Mapping[str, Any]) -> Meaning:
    return Meaning(
        tuple(row.get("goals", ())),
        tuple(row.get("topics", ())),
        tuple(row.get("asked", ())),
        row.get("holds", {}),
        row["question"],
    )


def can(turn: Turn) -> bool:
    """Whether the message is such a question, and tells nothing."""
    return not turn.understood and meant(turn) is not None


def answer(turn: Turn) -> Reply:
    """The law's answer to what is meant."""
    finding = meant(turn)
    assert finding is not None  # noqa: S101 - routed here by a question that has one
    return compose(turn, finding)
