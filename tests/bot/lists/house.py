"""Lists as authorities publish them, made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.lists.reading import ReadList, read_list

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAY = date(2026, 11, 20)
CODE, OTHER_CODE = "91440300MA5DA8X39W", "914403001922038216"
HEADER = ("企业名称", "统一社会信用代码", "所在区", "所属行业", "审核类型", "发布日期")
ROW = ("深圳市甲乙电镀有限公司", CODE, "宝安区", "电镀", "强制", "2026-11-20")


def csv_file(
    folder: Path, *rows: Sequence[str], header: Sequence[str] = HEADER, encoding: str = "utf-8"
) -> Path:
    """A CSV file of these rows."""
    path = folder / "list.csv"
    path.write_text("\n".join(",".join(row) for row in (header, *rows)), encoding=encoding)
    return path


def workbook(folder: Path, *rows: Sequence[object]) -> Path:
    """An .xlsx workbook of these rows, as they are."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = folder / "list.xlsx"
    book.save(path)
    return path


def read(path: Path, published_on: date | None = DAY, **options: str) -> ReadList:
    """Read a list as of a fixed moment."""
    return read_list(path, at=AT, published_on=published_on, **options)
