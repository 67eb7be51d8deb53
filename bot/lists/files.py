"""A list's file as rows of plain cells: CSV in UTF-8 or GB18030, or a workbook without macros."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from bot.lists.errors import ListError

LARGEST_FILE = 20 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes: a workbook is a packed folder
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 500  # characters
_ENCODINGS = ("utf-8-sig", "gb18030")
_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

Row = tuple[int, tuple[str, ...]]  # the line in the file, the cells


def read_rows(path: Path) -> list[Row]:
    """The rows that hold anything. Raises ListError for a file that is none of these, or too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ListError(f"{path.name}: {size // 2**20} MB is too large for a list (20 MB at most)")
        content = path.read_bytes()
    except OSError as error:
        raise ListError(f"{path.name}: cannot be read ({error.strerror})") from error
    if content.startswith(_OLD_WORKBOOK):
        raise ListError(f"{path.name}: an old or locked workbook; save it as .xlsx or CSV without password")
    rows = _workbook(path.name, content) if content.startswith(_WORKBOOK) else _text(path.name, content)
    kept = [(line, cells) for line, cells in rows if any(cells)]
    if not kept:
        raise ListError(f"{path.name}: there is nothing in it")
    return kept


def _text(name: str, content: bytes) -> Iterator[Row]:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return _separated(name, text)
    raise ListError(f"{name}: neither CSV in UTF-8 or GB18030 nor an .xlsx workbook")


def _separated(name: str, text: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    separator = max(",;\t，", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for count, cells in enumerate(lines):
            _refuse_too_many(name, count)
            yield lines.line_num, tuple(_cell(cell) for cell in cells[:MOST_COLUMNS])
    except csv.Error as error:
        raise ListError(f"{name}: line {lines.line_num}: {error}") from error


def _workbook(name: str, content: bytes) -> Iterator[Row]:
    _refuse_unsafe(name, content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ListError(f"{name}: not an .xlsx workbook that can be read") from error
    try:
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise ListError(f"{name}: the workbook has no sheet in sight")
        for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
            _refuse_too_many(name, line)
            yield line, tuple(_cell(cell) for cell in cells)
    finally:
        book.close()


def _refuse_unsafe(name: str, content: bytes) -> None:
    """Macros, and packed content that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile as error:
        raise ListError(f"{name}: the workbook is damaged") from error
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise ListError(f"{name}: holds macros; save it as .xlsx without macros")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise ListError(f"{name}: unpacked it is too large for a list")


def _refuse_too_many(name: str, count: int) -> None:
    if count > MOST_ROWS:
        raise ListError(f"{name}: more than {MOST_ROWS} rows")


def _cell(value: object) -> str:
    """A cell as trimmed text; dates as ISO days, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:LONGEST_CELL]
