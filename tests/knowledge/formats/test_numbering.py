import pytest

from knowledge.formats.word import read
from tests.knowledge.files import docx


@pytest.mark.parametrize(
    ("pattern", "label"), [("第%1条", "第二条"), ("%1、", "二、"), ("（%1）", "（二）"), ("•", ""), ("", "")]
)
def test_a_number_is_written_as_its_pattern_says(pattern: str, label: str) -> None:
    text = read(docx([], numbered=[(0, "甲"), (0, "乙")], levels=[pattern]), "a.docx").text
    assert text.split("\n")[1] == f"{label} 乙".strip()


def test_a_level_below_shows_the_count_above() -> None:
    text = read(docx([], numbered=[(0, "甲"), (1, "乙"), (1, "丙")], levels=["%1", "%1.%2"]), "a.docx").text
    assert text.split("\n") == ["一 甲", "一.一 乙", "一.二 丙"]


def test_paragraphs_without_a_list_have_no_number() -> None:
    assert read(docx(["甲", "乙"]), "a.docx").text == "甲\n乙"
