"""Spreadsheets that only show: every text stays a text, dates are dates, the header stays in sight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY_FORMAT = "yyyy-mm-dd"

Value = str | int | date | None

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADER_FILL = "DCE6F1"
_NARROWEST, _WIDEST = 8, 60  # characters


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, headers, and rows below them."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_tables(path: Path, tables: Sequence[Table]) -> None:
    """Write a workbook with a sheet for each table."""
    from openpyxl import Workbook

    book = Workbook()
    for place, table in enumerate(tables):
        sheet = book.active if place == 0 else book.create_sheet()
        assert sheet is not None  # noqa: S101 - a new workbook has a sheet
        fill(sheet, table)
    book.save(path)


def fill(sheet: Worksheet, table: Table) -> None:
    """Put a table on an empty sheet."""
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", table.title)[:31]
    for line, row in enumerate((table.headers, *table.rows), start=1):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(line, column), value)
    _style(sheet, table)


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value. A text is never taken for a formula, whatever it begins with."""
    if isinstance(value, str):
        cell.value = plain(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY_FORMAT


def plain(text: str) -> str:
    """A text without the characters that office files cannot hold."""
    return _NOT_XML.sub("", text)


def _style(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
    for column in range(1, len(table.headers) + 1):
        texts = [str(row[column - 1] or "") for row in (table.headers, *table.rows)]
        widest = max(map(_width, texts), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(widest + 2, _NARROWEST), _WIDEST)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _width(text: str) -> int:
    """How wide a text is in characters of a spreadsheet: Chinese ones count double."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
