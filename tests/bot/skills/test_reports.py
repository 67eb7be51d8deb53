"""A report says what the check says, on the words that it was judged on."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from bot.skills.checks import judge
from bot.skills.reports import write_check
from bot.turn import Turn
from tests.bot.talks import turn

GOAL = "consultant-voluntary"


def text_of(desk: Turn, folder: Path) -> str:
    """Everything in the report of the goal."""
    path = folder / "r.docx"
    write_check(desk, judge(desk, GOAL, desk.facts), path, both=False)
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def test_what_fails_is_said_with_given_and_required(tmp_path: Path) -> None:
    text = text_of(turn(degree_staff=5, trained_auditors=3, insured_staff=4, senior_title_staff=1), tmp_path)

    assert "审核师 3 / 4" in text
    assert "不符合" in text
    assert "“2.提供4名以上经国家或广东省清洁生产审核师培训合格人员的证书复印件；”" in text


def test_only_facts_of_the_check_are_repeated(tmp_path: Path) -> None:
    text = text_of(turn(degree_staff=5, acceptance_score=82), tmp_path)

    assert "82" not in text
    assert "相关专业大专以上学历人员" in text


def test_what_is_not_known_is_open_rather_than_failed(tmp_path: Path) -> None:
    text = text_of(turn(), tmp_path)

    assert "待定" in text
    assert "不符合" not in text


def test_a_clause_too_long_to_repeat_is_named_alone(tmp_path: Path) -> None:
    text = text_of(turn(degree_staff=4), tmp_path)

    assert "原文较长" in text
    assert max(map(len, text.splitlines())) < 1000
