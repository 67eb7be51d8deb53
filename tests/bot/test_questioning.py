"""What of a message the law answers."""

from __future__ import annotations

import pytest

from bot import questioning
from bot.app import load_reader
from bot.turn import Turn
from bot.understanding.model import ReadingContext
from tests.bot.talks import NOW, turn

READER = load_reader()


def _said(text: str) -> Turn:
    desk = turn()
    desk.read = READER.read(text, ReadingContext(NOW))
    desk.record(desk.read.facts)
    return desk


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("我们没有高工，外聘专家行不行", "外聘专家行不行"),
        ("自己做，没有高工，外聘专家行不行", "外聘专家行不行"),
        ("审核师只有3个，自己做可以吗", None),
        ("我们是电镀厂，多久要做一轮？", None),
        ("外聘专家行不行", None),
    ],
)
def test_a_question_with_a_matter_of_its_own_goes_before_what_decides_nothing(
    text: str, asking: str | None
) -> None:
    assert questioning.of_its_own(_said(text)) == asking


def test_several_questions_are_answered_each_for_itself() -> None:
    assert questioning.several(_said("审核师要几个？验收要多少分？"))
    assert not questioning.several(_said("审核师要几个？"))
