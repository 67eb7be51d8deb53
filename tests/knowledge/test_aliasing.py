"""Aliases that operators add: they answer, they disturb nothing, they are kept whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.aliasing import FILE, keep_alias, read_aliases, try_alias
from knowledge.errors import CorpusError, UnknownReference
from knowledge.library import BUILT_IN, Library

DAY = date(2026, 11, 23)
UNUSUAL = "那个四个师傅的事儿咋整"


OIL = """
[concepts]
oil = ["灯油", "添油"]

[[topic]]
id = "oil"
label = ["灯油", "Oil"]
when = ["oil"]
ask = ["灯油多久加一次", "什么时候添油"]
say = [["灯油天天加。", "Oil is added daily.", ["lantern#art_3"]]]
"""


@pytest.fixture
def library(toy: Library, tmp_path: Path) -> Library:
    """A small law with two matters that are asked for: a trial answers every sample question."""
    (tmp_path / "topics" / "oil.toml").write_text(OIL, encoding="utf-8")
    return Library.load((tmp_path / "corpus",), tmp_path / "topics")


def test_an_alias_makes_an_unusual_question_find_its_topic(library: Library) -> None:
    assert library.answer(UNUSUAL, on=DAY).topics != ("guards",)

    assert try_alias(library, "guards", UNUSUAL, DAY).sound
    assert library.with_aliases({"guards": (UNUSUAL,)}).answer(UNUSUAL, on=DAY).topics == ("guards",)


def test_an_alias_that_takes_another_topics_question_is_not_sound(library: Library) -> None:
    (taken, *_) = library.topics.topics["oil"].ask
    trial = try_alias(library, "guards", taken, DAY)

    assert not trial.sound
    assert set(trial.disturbed) <= {taken}


def test_an_unknown_topic_is_refused(library: Library) -> None:
    with pytest.raises(UnknownReference):
        try_alias(library, "no-such-topic", UNUSUAL, DAY)


def test_a_kept_alias_is_there_after_the_next_start(tmp_path: Path) -> None:
    topic = next(iter(Library.load().topics.topics))
    assert keep_alias(tmp_path, topic, UNUSUAL)
    assert not keep_alias(tmp_path, topic, UNUSUAL + " ")

    reloaded = Library.load((BUILT_IN, tmp_path))
    assert reloaded.answer(UNUSUAL, on=DAY).topics[:1] == (topic,)


@given(st.text(max_size=80).filter(str.strip))
def test_any_question_is_kept_as_it_was_typed(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    directory = tmp_path_factory.mktemp("library")
    keep_alias(directory, "a topic", text)
    assert read_aliases((directory,)) == {"a topic": (" ".join(text.split()),)}


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[alias", encoding="utf-8")
    with pytest.raises(CorpusError, match=FILE):
        read_aliases((tmp_path,))
