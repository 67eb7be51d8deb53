"""A table's file as rows of plain cells: CSV in UTF-8, UTF-16 or GB18030, or a workbook without macros."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.lists.errors import FileFault, ListError

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_FILE = 20 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes: a workbook is a packed folder
MOST_ROWS = 50_000
MOST_COLUMNS = 60
MOST_SHEETS = 8
LONGEST_CELL = 500  # characters
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how an office file says that it has a password
_OTHER_TYPES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_HARMLESS = 5 * 2**20  # bytes unpacked, however tightly they were packed
_MOST_UNPACKED = 200  # times the file's size: tables pack well, but not as well as that
# What a workbook that is not sound may raise on its way through the libraries.
_DAMAGED = (
    KeyError, ValueError, TypeError, SyntaxError, IndexError, AttributeError, RuntimeError, OSError,
    zipfile.BadZipFile, zlib.error, EOFError,
)  # fmt: skip
_MACRO_NAMES = (".xlsm", ".xltm", ".xlam")

Row = tuple[int, tuple[str, ...]]  # the line in the file, the cells


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a file may hold: bytes, bytes once unpacked, rows of a sheet."""

    file: int
    unpacked: int
    rows: int


def read_rows(path: Path) -> list[Row]:
    """The rows of the first sheet that hold anything. Raises ListError for a file that is none of these, or
    too large."""
    sheets = read_sheets(path, Bounds(LARGEST_FILE, LARGEST_UNPACKED, MOST_ROWS), first_only=True)
    return sheets[0]


def read_sheets(
    path: Path, bounds: Bounds, *, first_only: bool = False, computed: bool = False
) -> list[list[Row]]:
    """The rows that hold anything, for each sheet in sight that has some; a CSV file is one sheet.
    ``computed``: refuse a sheet whose formulas nobody has computed. Raises ListError."""
    content = _content(path, bounds)
    if content.startswith(_WORKBOOK):
        sheets = _sheets(path.name, content, bounds, computed=computed)
    else:
        sheets = iter([_text(path.name, content, bounds)])
    found = ([(line, cells) for line, cells in rows if any(cells)] for rows in sheets)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which say nothing of the cells
        kept = [next(found)] if first_only else [rows for rows in found if rows]
    if not kept or not kept[0]:
        raise ListError(f"{path.name}: there is nothing in it", "empty")
    return kept


def _content(path: Path, bounds: Bounds) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ListError(f"{path.name}: is no file", "unreadable")
        size = path.stat().st_size
        if size > bounds.file:
            most = bounds.file // 2**20
            said = f"{path.name}: {size // 2**20} MB is too large for a list ({most} MB at most)"
            raise ListError(said, "too_large", limit=most)
        content = path.read_bytes()
    except OSError as error:
        raise ListError(f"{path.name}: cannot be read ({error.strerror})", "unreadable") from error
    except ValueError as error:  # a name that no file can have
        raise ListError("this is no file's name", "unreadable") from error
    if content.startswith(_OLD_WORKBOOK):
        fault: FileFault = "locked" if _ENCRYPTED in content else "old"
        said = f"{path.name}: an old or locked workbook; save it as .xlsx or CSV without password"
        raise ListError(said, fault)
    if content.startswith(_OTHER_TYPES):
        raise _wrong_type(path.name)
    return content


def _wrong_type(name: str) -> ListError:
    return ListError(f"{name}: neither CSV in UTF-8 or GB18030 nor an .xlsx workbook", "wrong_type")


def _text(name: str, content: bytes, bounds: Bounds) -> Iterator[Row]:
    encodings = ("utf-16",) if content.startswith(_UTF16) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return _separated(name, text, bounds)
    raise _wrong_type(name)


def _separated(name: str, text: str, bounds: Bounds) -> Iterator[Row]:
    first = text.partition("\n")[0]
    separator = max(",;\t，", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for count, cells in enumerate(lines):
            _refuse_too_many(name, count, bounds)
            yield lines.line_num, tuple(_cell(cell) for cell in cells[:MOST_COLUMNS])
    except csv.Error as error:
        raise ListError(f"{name}: line {lines.line_num}: {error}", "broken") from error


def _sheets(name: str, content: bytes, bounds: Bounds, *, computed: bool) -> Iterator[Iterator[Row]]:
    _refuse_unsafe(name, content, bounds)
    book = _open(name, content)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        if not sheets:
            raise ListError(f"{name}: the workbook has no sheet in sight", "empty")
        for sheet in sheets:
            if computed:
                _refuse_uncomputed(name, content, sheet.title)
            yield _rows(name, sheet, bounds)
    finally:
        book.close()


def _open(name: str, content: bytes, *, values: bool = True) -> Workbook:
    """The workbook, with the values of its cells or else with their formulas."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    except (InvalidFileException, *_DAMAGED) as error:
        raise ListError(f"{name}: not an .xlsx workbook that can be read", "wrong_type") from error


def _rows(name: str, sheet: Any, bounds: Bounds) -> Iterator[Row]:
    try:
        for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
            _refuse_too_many(name, line, bounds)
            yield line, tuple(_cell(cell) for cell in cells)
    except _DAMAGED as error:
        raise ListError(f"{name}: the workbook is damaged", "broken") from error


def _refuse_unsafe(name: str, content: bytes, bounds: Bounds) -> None:
    """Macros, and packed content that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except _DAMAGED as error:
        raise ListError(f"{name}: the workbook is damaged", "broken") from error
    has_macros = any("vbaproject" in entry.filename.lower() for entry in entries)
    if has_macros or name.lower().endswith(_MACRO_NAMES):
        raise ListError(f"{name}: holds macros; save it as .xlsx without macros", "macros")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > min(bounds.unpacked, max(_HARMLESS, len(content) * _MOST_UNPACKED)):
        most = bounds.unpacked // 2**20
        raise ListError(f"{name}: unpacked it is too large for a list", "too_large", limit=most)


def _refuse_uncomputed(name: str, content: bytes, title: str) -> None:
    """A program that only writes formulas leaves their values out: then every cell of them reads as empty."""
    if not _has_formulas(name, content):
        return
    values, formulas = _open(name, content), _open(name, content, values=False)
    try:
        pairs = zip(
            values[title].iter_rows(values_only=True, max_col=MOST_COLUMNS),
            formulas[title].iter_rows(values_only=True, max_col=MOST_COLUMNS),
            strict=False,
        )
        found = [
            value
            for had, wrote in pairs
            for value, formula in zip(had, wrote, strict=False)
            if _is_formula(formula)
        ]
    except _DAMAGED as error:
        raise ListError(f"{name}: the workbook is damaged", "broken") from error
    finally:
        values.close()
        formulas.close()
    if found and all(value is None for value in found):
        said = f"{name}: its formulas hold no values; open it in a spreadsheet program and save it again"
        raise ListError(said, "formulas")


def _has_formulas(name: str, content: bytes) -> bool:
    """Whether any sheet has one: a quick look, for most have none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sheets = (entry for entry in packed.namelist() if entry.startswith("xl/worksheets/"))
            return any(b"<f>" in (sheet := packed.read(entry)) or b"<f " in sheet for entry in sheets)
    except _DAMAGED as error:
        raise ListError(f"{name}: the workbook is damaged", "broken") from error


def _is_formula(cell: object) -> bool:
    return cell.startswith("=") if isinstance(cell, str) else hasattr(cell, "ref")


def _refuse_too_many(name: str, count: int, bounds: Bounds) -> None:
    if count > bounds.rows:
        raise ListError(f"{name}: more than {bounds.rows} rows", "too_many_rows", limit=bounds.rows)


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
