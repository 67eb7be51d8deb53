"""Questions of people who do not know the words yet reach the topic that answers them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.model import Abstain

TODAY = date(2026, 11, 23)
TABLE = tomllib.loads((Path(__file__).parent / "newcomers.toml").read_text(encoding="utf-8"))
ASKED: dict[str, list[str]] = TABLE["asked"]
FOREIGN: list[str] = TABLE["foreign"]["asked"]


@pytest.mark.parametrize("topic", ASKED)
def test_newcomers_are_answered_from_the_topic_they_mean(library: Library, topic: str) -> None:
    missed = {
        question: found
        for question in ASKED[topic]
        if (found := library.answer(question, on=TODAY).topics)[:1] != (topic,)
    }
    assert not missed


def test_the_same_ways_of_asking_about_other_subjects_are_refused(library: Library) -> None:
    answered = [
        question
        for question in FOREIGN
        if library.answer(question, on=TODAY).abstain is not Abstain.OUT_OF_SCOPE
    ]
    assert not answered
