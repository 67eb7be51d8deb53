"""A goal becomes a table that a lawyer can sign."""

from datetime import date
from pathlib import Path

from rules_engine.loader import load, read_cases
from rules_engine.review import COLUMNS, Review, as_markdown, review, write_docx

BOOK = load(quotes=lambda ref: f"words of {ref}")


def table(goal: str = "consultant-voluntary", language: str = "zh-Hans") -> Review:
    return review(BOOK, BOOK.goals[goal], read_cases(), date(2026, 11, 23), language)


def test_a_row_has_clause_words_condition_figure_since_and_examples() -> None:
    row = table().rows[1]
    assert row.clause == "sz-rules-2018-draft#art_10__consultant__item_2"
    assert row.words == "words of sz-rules-2018-draft#art_10__consultant__item_2"
    assert row.condition.endswith("清洁生产审核师培训合格人员 ≥ 4")
    assert (row.figure, row.since) == ("4", "2018-08-01")
    assert row.met.endswith(": 4")
    assert row.not_met.endswith(": 3")


def test_every_goal_can_be_shown_in_both_languages() -> None:
    for goal in BOOK.goals:
        for language in ("zh-Hans", "en"):
            text = as_markdown(table(goal, language))
            assert BOOK.stamp.sha256 in text
            assert text.count("\n| ") == len(BOOK.goals[goal].demands) + 2


def test_the_word_document_holds_the_same_table(tmp_path: Path) -> None:
    from docx import Document

    shown, file = table("reapplication"), tmp_path / "review.docx"
    write_docx(shown, file)
    grid = Document(str(file)).tables[0]
    assert [cell.text for cell in grid.rows[0].cells] == list(shown.heading)
    assert [[cell.text for cell in row.cells] for row in grid.rows[1:]] == [
        [getattr(row, name) for name in COLUMNS] for row in shown.rows
    ]
