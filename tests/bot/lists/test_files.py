"""Files that are no lists are refused with a reason that an operator can act on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from bot.lists import files
from bot.lists.errors import ListError
from bot.lists.files import read_rows
from tests.bot.lists.house import workbook


def write(folder: Path, content: bytes, name: str = "list.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def packed(folder: Path, **entries: bytes) -> Path:
    """A packed folder that says it is a workbook."""
    path = folder / "list.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_will_do(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path, f"甲{separator}乙\n1{separator}2".encode())
    assert read_rows(path) == [(1, ("甲", "乙")), (2, ("1", "2"))]


def test_quoted_cells_may_hold_separators_and_lines(tmp_path: Path) -> None:
    assert read_rows(write(tmp_path, b'"a,b","c\nd"\ne,f'))[0][1] == ("a,b", "c d")


def test_cells_are_cut_and_trimmed(tmp_path: Path) -> None:
    [(_, (cell,))] = read_rows(write(tmp_path, b"  " + b"x" * 9999))
    assert cell == "x" * files.LONGEST_CELL


def test_numbers_and_days_of_a_workbook_are_plain_text(tmp_path: Path) -> None:
    from datetime import date

    [(_, cells)] = read_rows(workbook(tmp_path, (1.0, 2.5, date(2026, 1, 2), None, "x")))
    assert cells[:5] == ("1", "2.5", "2026-01-02", "", "x")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "nothing in it"),
        (b"\n\n,,\n", "nothing in it"),
        (b"\x00\x01\x02\x00", "neither CSV"),
        (b"\xff\xfe\xff\xff\x80", "neither CSV"),
        (b"\xd0\xcf\x11\xe0rest", "old or locked"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(ListError, match=reason):
        read_rows(write(tmp_path, content))


def test_macros_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="macros"):
        read_rows(packed(tmp_path, **{"xl/vbaProject.bin": b"x"}))


def test_a_packed_folder_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r"not an \.xlsx workbook"):
        read_rows(packed(tmp_path, **{"hello.txt": b"x"}))


def test_content_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1000)
    with pytest.raises(ListError, match="unpacked"):
        read_rows(packed(tmp_path, **{"xl/a.xml": b"0" * 2000}))


def test_large_files_and_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_ROWS", 3)
    with pytest.raises(ListError, match="more than 3 rows"):
        read_rows(write(tmp_path, b"a\n" * 9))
    monkeypatch.setattr(files, "LARGEST_FILE", 3)
    with pytest.raises(ListError, match="too large"):
        read_rows(write(tmp_path, b"a\n" * 9))


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="cannot be read"):
        read_rows(tmp_path / "none.csv")
