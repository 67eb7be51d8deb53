"""A file, a list or a law text that wants to do harm. Each test is a line of SECURITY.md."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.web.uploads import safe_name
from bot.errors import UserError
from bot.lists.errors import ListError
from bot.lists.files import read_rows
from bot.rosters.reading import read_file
from knowledge.errors import KnowledgeError
from knowledge.importing import read_legal_text

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def _workbook(path: Path, **parts: str | bytes) -> Path:
    """A minimal workbook; ``parts`` replace or add files in it."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["企业名称", "统一社会信用代码"])
    sheet.append(["深圳市某某电镀有限公司", ""])
    packed = io.BytesIO()
    book.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def _macros(path: Path) -> Path:
    return _workbook(path, **{"xl/vbaProject.bin": b"Sub Auto_Open()"})


def _bomb(path: Path) -> Path:
    return _workbook(path, **{"xl/media/image1.png": b"\0" * 300_000_000})


def _outside_entity(path: Path) -> Path:
    strings = _ENTITIES + '<sst xmlns="x"><si><t>&f;&b;</t></si></sst>'
    return _workbook(path, **{"xl/sharedStrings.xml": strings})


def _billion(path: Path) -> Path:
    entities = "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10 if level else "ha"}">' for level in range(12)
    )
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><worksheet xmlns="http://schemas.openxmlformats.org/'
        'spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c>'
        "</row></sheetData></worksheet>"
    )
    return _workbook(path, **{"xl/worksheets/sheet1.xml": sheet})


def _truncated(path: Path) -> Path:
    whole = _workbook(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def _locked(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)
    return path


def _program(path: Path) -> Path:
    path.write_bytes(b"\x7fELF" + bytes(range(256)) * 64)
    return path


HARMFUL: dict[str, Callable[[Path], Path]] = {
    "macros": _macros,
    "decompression bomb": _bomb,
    "entities that grow": _billion,
    "half a file": _truncated,
    "locked": _locked,
    "program": _program,
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_list_that_wants_to_do_harm_is_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    with pytest.raises(ListError) as caught:
        read_rows(HARMFUL[kind](tmp_path / "list.xlsx"))

    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_roster_that_wants_to_do_harm_is_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        read_file(HARMFUL[kind](tmp_path / "roster.xlsx"))


def test_no_file_of_this_machine_is_read_through_a_workbook(tmp_path: Path) -> None:
    try:
        rows = read_rows(_outside_entity(tmp_path / "list.xlsx"))
    except ListError:
        return
    assert "root:" not in str(rows)


def _document(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("word/document.xml", body)
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda path: _document(path, _ENTITIES + "<w:document><w:body>&f;</w:body></w:document>"),
        lambda path: _document(path, "x" * 250_000_000),
        _truncated,
        _program,
    ],
    ids=["outside entity", "bomb", "half a file", "program"],
)
def test_a_law_text_that_wants_to_do_harm_is_refused(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_legal_text(make(tmp_path / "law.docx"))

    assert "root:" not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\x.xlsx",
        "/etc/passwd",
        "a\0b.csv",
        "x\n.csv",
        ".hidden",
        "",
        "a" * 5000,
        "\u202ecsv.exe",
    ],
)
def test_a_files_name_leads_nowhere(name: str) -> None:
    kept = safe_name(name)

    assert kept
    assert Path(kept).name == kept
    assert not kept.startswith(".")
    assert len(kept) <= 100
    assert kept.isprintable()


def test_what_is_written_for_a_spreadsheet_is_never_a_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from bot.documents.tables import Table, write_tables

    path, hostile = (
        tmp_path / "x.xlsx",
        ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x")'],
    )
    write_tables(path, [Table("x", ["a"], [[text] for text in hostile])])
    sheet = load_workbook(path).worksheets[0]

    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
