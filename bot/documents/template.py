"""The empty roster to fill in: headers that are read back for sure, choices as lists, a marked example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.documents.tables import Table, fill

_LINES = 500  # for which the lists of choices are offered
_EXAMPLE_COLOUR = "808080"


@dataclass(frozen=True, slots=True)
class Template:
    """What the file holds: ``columns`` (field, header), the example's cells, the choices of some fields, and
    a note under the example's name."""

    title: str
    columns: Sequence[tuple[str, str]]
    example: Sequence[str]
    choices: Mapping[str, Sequence[str]]
    note: str


def write_template(path: Path, template: Template) -> None:
    """Write the workbook."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    headers = [header for _, header in template.columns]
    fill(sheet, Table(template.title, headers, [template.example]))
    for cell in sheet[2]:
        cell.font = Font(italic=True, color=_EXAMPLE_COLOUR)
    sheet["A2"].comment = Comment(template.note, "Xize")
    for column, (field, _) in enumerate(template.columns, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].number_format = "@"  # text: 2025-09 stays what was typed
        if field in template.choices:
            quoted = ",".join(template.choices[field])
            rule = DataValidation(
                type="list", formula1=f'"{quoted}"', allow_blank=True, showErrorMessage=False
            )
            rule.add(f"{letter}2:{letter}{2 + _LINES}")
            sheet.add_data_validation(rule)
    book.save(path)
