"""Real wording in numbers: what our sources hold is answered, what stands beside them is refused.

The floors are what was measured; a change that falls below one has made the answers worse.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.model import Finding

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
ANSWERABLE: dict[str, str] = tomllib.loads((HERE / "answerable.toml").read_text(encoding="utf-8"))
NEAR_MISSES: dict[str, list[str]] = tomllib.loads((HERE / "near_misses.toml").read_text(encoding="utf-8"))


def comes_from(finding: Finding, expected: str, library: Library) -> bool:
    """Whether an answer rests on one of the expected topics or provisions."""
    named = library.topics.lexicon.instruments
    wanted = set()
    for one in expected.split():
        name, mark, address = one.partition("#")
        wanted.add(named.get(name, name) + mark + address)
    cited = {ref for statement in finding.statements for ref in statement.refs}
    return not finding.abstain and bool(wanted & (set(finding.topics) | cited))


def test_what_the_sources_hold_is_answered_from_the_right_place(library: Library) -> None:
    missed = [
        question
        for question, expected in ANSWERABLE.items()
        if not comes_from(library.answer(question, on=TODAY), expected, library)
    ]
    assert len(missed) <= 0.02 * len(ANSWERABLE), missed


@pytest.mark.parametrize(
    ("kind", "answered", "misnamed"),
    [("not_in_source", 0.05, 0.06), ("out_of_scope", 0.01, 0.05), ("refused", 0.0, 0.0)],
)
def test_what_stands_beside_the_sources_is_refused(
    library: Library, kind: str, answered: float, misnamed: float
) -> None:
    questions = NEAR_MISSES[kind]
    kinds = {question: library.answer(question, on=TODAY).abstain for question in questions}
    wrongly = [question for question, given in kinds.items() if given is None]
    assert len(wrongly) <= answered * len(questions), wrongly
    if kind != "refused":
        other = [question for question, given in kinds.items() if given != kind]
        assert len(other) <= misnamed * len(questions), other


def test_every_refusal_offers_something_true(library: Library) -> None:
    bare = [
        question
        for questions in NEAR_MISSES.values()
        for question in questions
        if not (finding := library.answer(question, on=TODAY)).nearest and not finding.steps
    ]
    assert bare == []
