"""Spreadsheets: dates are dates, texts stay texts whatever they begin with."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.documents.tables import Table, Value, put, write_tables


def written(folder: Path, *rows: tuple[Value, ...]) -> Path:
    """A workbook of these rows."""
    path = folder / "t.xlsx"
    write_tables(path, [Table("期限", ["截止日期", "事项"], rows)])
    return path


def test_dates_are_dates_and_numbers_numbers(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path, (date(2026, 12, 20), 27))).active
    assert sheet is not None

    assert sheet["A2"].is_date
    assert sheet["A2"].value.date() == date(2026, 12, 20)
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet["B2"].value == 27


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A0", "\t=1"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, (text, text))
    sheet = load_workbook(path).active
    assert sheet is not None

    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == text
    assert sheet["A2"].quotePrefix
    with zipfile.ZipFile(path) as packed:
        assert b"<f" not in packed.read("xl/worksheets/sheet1.xml")


@settings(deadline=None)
@given(st.text(max_size=50))
def test_any_text_can_be_written(text: str) -> None:
    sheet = Workbook().active
    assert sheet is not None
    cell = sheet.cell(1, 1)
    put(cell, text)

    assert cell.data_type == "s"


def test_the_header_stays_in_sight_and_a_strange_title_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_tables(path, [Table("a/b:c*" + "长" * 40, ["x"], []), Table("乙", ["y"], [["z"]])])
    book = load_workbook(path)

    assert [len(name) <= 31 for name in book.sheetnames] == [True, True]
    assert book.worksheets[0].freeze_panes == "A2"
