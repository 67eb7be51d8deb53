"""Spreadsheets in words: a line for each date and person, in the talk's language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.messages import Language
from bot.skills.deadlines import compute
from bot.skills.sheets import write_deadlines, write_empty_roster, write_roster
from tests.bot.rosters.house import FULL, HEADER, NEARLY, roster
from tests.bot.talks import turn


def rows(path: Path) -> list[tuple[object, ...]]:
    """The first sheet's rows."""
    sheet = load_workbook(path).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_each_date_stands_with_its_clause_and_reminders(tmp_path: Path) -> None:
    desk = turn(list_published="2026-11-20", audit_kind="mandatory")
    write_deadlines(desk, compute(desk), tmp_path / "d.xlsx")
    header, first, *_ = rows(tmp_path / "d.xlsx")

    assert header[0] == "截止日期"
    assert "第十七条" in str(first[6])
    assert "2026-12-19" in str(first[7])


def test_each_person_stands_with_the_reason(tmp_path: Path) -> None:
    people = roster((*FULL, "2027-06-30"), (*NEARLY, ""), header=(*HEADER, "证书有效期"))
    write_roster(turn(), people, tmp_path / "r.xlsx")
    header, full, nearly = rows(tmp_path / "r.xlsx")

    assert header[:3] == ("行", "姓名", "相关专业大专")
    assert full[1:3] == ("张三", "算")
    assert getattr(full[-1], "date", lambda: None)() == date(2027, 6, 30)
    assert "社保满1年：社保月数 11 / 12" in str(nearly[-2])


@pytest.mark.parametrize(("language", "name"), [("zh-Hans", "姓名"), ("zh-Hant", "姓名"), ("en", "Name")])
def test_the_template_speaks_the_talks_language(tmp_path: Path, language: Language, name: str) -> None:
    write_empty_roster(turn(language), tmp_path / "t.xlsx")
    header, example = rows(tmp_path / "t.xlsx")

    assert header[0] == name
    assert len(header) == len(example)
