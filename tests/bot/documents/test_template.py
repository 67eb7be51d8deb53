"""The template as it opens: headers, a marked example, lists to choose from."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from bot.documents.template import Template, write_template

TEMPLATE = Template(
    title="人员名册",
    columns=(("name", "姓名"), ("degree", "学历")),
    example=("示例：张三", "本科"),
    choices={"degree": ("本科", "大专")},
    note="删掉",
)


def test_it_holds_headers_a_marked_example_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, TEMPLATE)
    sheet = load_workbook(path).active
    assert sheet is not None

    assert [cell.value for cell in sheet[1]] == ["姓名", "学历"]
    assert sheet["A2"].value == "示例：张三"
    assert sheet["A2"].font.italic
    assert sheet["A2"].comment is not None
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"本科,大专"'
    assert str(rule.sqref).startswith("B2:B")


def test_what_is_typed_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, TEMPLATE)
    sheet = load_workbook(path).active
    assert sheet is not None

    assert sheet.column_dimensions["B"].number_format == "@"
