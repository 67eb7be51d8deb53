"""Sentences are filled in for both languages at once."""

from __future__ import annotations

import pytest

from knowledge.model import Words
from knowledge.phrasing import Phrases

PHRASES = Phrases({"lamp": Words("{label}有{count}盏灯。", "{label} has {count} lamps.")})


def test_each_language_takes_its_own_words() -> None:
    said = PHRASES.say("lamp", label=Words("灯会", "The fair"), count=3)
    assert said == Words("灯会有3盏灯。", "The fair has 3 lamps.")


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        PHRASES.say("moon")
