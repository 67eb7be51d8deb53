"""The check of corpus and topics names each fault and its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import CorpusError
from knowledge.library import TOPICS, Library

LAW = '+++\nid = "law"\ntitle = "灯规"\n{front}\n+++\n灯规\n\n第一条　挂灯。\n'
OUT_OF_ORDER = """[[status]]
status = "in_force"
start = "2020-01-01"
[[status]]
status = "repealed"
start = "2019-01-01"
"""
TOPIC = '[concepts]\nlamp = ["灯"]\n[[topic]]\nid = "lamp"\nwhen = ["lamp"]\n{row}\n'


def faults(
    tmp_path: Path, front: str = "", row: str = 'say = [["灯。", "Lamp.", ["law#art_1"]]]'
) -> tuple[str, ...]:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "topics").mkdir()
    (tmp_path / "corpus" / "law.txt").write_text(LAW.format(front=front), encoding="utf-8")
    (tmp_path / "topics" / "lamp.toml").write_text(TOPIC.format(row=row), encoding="utf-8")
    phrases = (TOPICS / "phrases.toml").read_text(encoding="utf-8")
    (tmp_path / "topics" / "phrases.toml").write_text(phrases, encoding="utf-8")
    return Library.load((tmp_path / "corpus",), tmp_path / "topics").check()


def test_sound_files_have_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path) == ()


@pytest.mark.parametrize(
    ("front", "row", "fault"),
    [
        ('[at.art_1]\nlinks = [["basis", "law#art_9"]]', None, "law#art_9 names no provision"),
        ('in_force_instead = ["other"]', None, "other names no provision"),
        (OUT_OF_ORDER, None, "out of order"),
        ("", 'say = [["灯。", "Lamp.", ["law#art_9"]]]', "names no given provision"),
        ("", 'say = [["灯。", "Lamp.", []]]', "cites nothing"),
        ("", "say = []", "says nothing"),
        ("", 'like = ["moon"]\nsay = [["灯。", "Lamp.", ["law#art_1"]]]', "no words are given for moon"),
    ],
)  # fmt: skip
def test_each_fault_is_named(tmp_path: Path, front: str, row: str | None, fault: str) -> None:
    found = faults(tmp_path, front, row) if row else faults(tmp_path, front)
    assert any(fault in one for one in found)


def test_an_unknown_figure_or_topic_is_refused_when_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"lamp\.toml, topic lamp: no value moons"):
        faults(tmp_path, row='say = [["{moons}", "x", ["law#art_1"]]]')


def test_a_goal_that_does_not_exist_is_named(library: Library) -> None:
    assert library.check(lambda goal: goal != "extension") == (
        "topic extension: it leads to the unknown goal extension",
    )
    assert library.check(lambda goal: True) == ()
