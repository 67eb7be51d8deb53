"""Topic files are read strictly; statements know the days that they hold for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import build_instrument
from knowledge.errors import CorpusError
from knowledge.model import Words
from knowledge.topics import load_topics

FRONT = {"id": "law", "title": "灯规", "values": {"lamps": ["art_1", r"(\d+)盏"]}}
LAW = {"law": build_instrument(FRONT, "第一条　挂3盏灯。\n")}
TOPIC = """
[instruments]
lamp = "law"
[[topic]]
id = "lamps"
label = ["几盏灯", "Lamps"]
say = [
  ["{lamps}盏。", "{lamps}.", ["lamp#art_1"], "2020-01-01.."],
  ["没有规定。", "Nothing.", ["lamp"], "..2020-01-01"],
]
figures = { "盏" = "lamps" }
next = [["clause", "lamp#art_1"], ["topic", "lamps"]]
"""


def read(tmp_path: Path, text: str) -> Path:
    (tmp_path / "lamps.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_figures_and_references_are_filled_in(tmp_path: Path) -> None:
    topic = load_topics(read(tmp_path, TOPIC), LAW).topics["lamps"]
    assert topic.statements[0].words == Words("3盏。", "3.")
    assert topic.statements[0].refs == ("law#art_1",)
    assert topic.figures == {"盏": "3"}
    assert [step.label.zh for step in topic.steps] == ["灯规第一条", "几盏灯"]


def test_a_statement_is_said_only_of_its_days(tmp_path: Path) -> None:
    topic = load_topics(read(tmp_path, TOPIC), LAW).topics["lamps"]
    assert [one.words.zh for one in topic.said_on(date(2019, 12, 31))] == ["没有规定。"]
    assert [one.words.zh for one in topic.said_on(date(2020, 1, 1))] == ["3盏。"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("{lamps}盏", "{moons}盏"), "no value moons"),
        (('["topic", "lamps"]', '["topic", "moons"]'), "moons"),
        (('id = "lamps"', 'id = "lamps'), r"lamps\.toml"),
    ],
)
def test_a_fault_names_file_and_topic(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        load_topics(read(tmp_path, TOPIC.replace(*change)), LAW)


def test_a_topic_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="given twice"):
        load_topics(read(tmp_path, TOPIC + '\n[[topic]]\nid = "lamps"\n'), LAW)
