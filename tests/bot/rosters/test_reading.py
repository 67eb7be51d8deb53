"""A roster's file: read in any usual form, refused with its own sentence where it cannot be one."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.phrases import phrases
from bot.rosters import reading
from bot.rosters.reading import read_file, refused
from tests.bot.rosters.house import FEW, FULL, HEADER, RULES, csv_file, roster, workbook


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_any_usual_encoding_will_do(tmp_path: Path, encoding: str) -> None:
    rows = read_file(csv_file(tmp_path, FULL, encoding=encoding))

    assert rows[1][1] == FULL


def test_a_workbook_may_have_its_roster_on_a_later_sheet(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(tmp_path, ("填表说明",), ("请如实填写",))
    book = load_workbook(path)
    sheet = book.create_sheet("人员")
    sheet.append(list(HEADER))
    sheet.append(list(FULL))
    book.save(path)

    assert read_file(path)[0][1][:7] == HEADER


def test_numbers_and_days_of_a_workbook_are_understood(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ("姓名", "学历", "社保月数", "证书有效期至"), ("张三", "本科", 14, date(2027, 6, 30))
    )
    (read,) = reading.read_people(read_file(path), RULES, date(2026, 11, 23)).people

    assert read.record == {"name": "张三", "degree": "bachelor", "insurance_months": 14}
    assert read.expires == date(2027, 6, 30)


def test_the_same_person_twice_is_refused_by_name() -> None:
    reason = refused(RULES, roster(FULL, FEW, ("张 三", *FULL[1:])))

    assert reason is not None
    assert "张" in reason.zh


def test_which_fields_have_no_column_is_known() -> None:
    assert "major" in roster(("张三", "本科"), header=("姓名", "学历")).missing
    assert "insurance_months" not in roster(("张三", "2025-01"), header=("姓名", "社保起缴")).missing


def _packed(folder: Path, name: str, **entries: bytes) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return path


def _written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _fault(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_file(path)
    assert phrases("zh-Hans").say(caught.value.phrase, **caught.value.fill)
    assert phrases("en").say(caught.value.phrase, **caught.value.fill)
    return caught.value.phrase.removeprefix("file.")


def test_what_cannot_be_read_is_refused_with_its_own_sentence(tmp_path: Path) -> None:
    assert _fault(tmp_path / "none.xlsx") == "unreadable"
    assert _fault(tmp_path) == "unreadable"
    assert _fault(Path("/dev/zero")) == "unreadable"
    assert _fault(Path("a\0b.csv")) == "unreadable"
    assert _fault(_written(tmp_path, "a.csv", b"")) == "empty"
    assert _fault(_written(tmp_path, "a.pdf", b"%PDF-1.7 \x00")) == "wrong_type"
    assert _fault(_written(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n")) == "wrong_type"
    assert (
        _fault(_written(tmp_path, "notice.txt", "关于公布名单的通知\n请登录平台注册。".encode()))
        == "wrong_type"
    )
    assert _fault(_written(tmp_path, "a.xls", _OLE + b"rest")) == "old"
    locked = _OLE + b"rest" + "EncryptedPackage".encode("utf-16-le")
    assert _fault(_written(tmp_path, "a.xlsx", locked)) == "locked"
    assert _fault(_written(tmp_path, "b.xlsx", b"PK\x03\x04broken")) == "broken"
    assert _fault(_packed(tmp_path, "c.xlsx", **{"xl/vbaProject.bin": b"x"})) == "macros"
    assert _fault(_packed(tmp_path, "c.xlsm", **{"xl/workbook.xml": b"x"})) == "macros"
    assert _fault(_packed(tmp_path, "d.docx", **{"word/document.xml": b"x"})) == "wrong_type"


def test_what_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    bomb = _packed(tmp_path, "bomb.xlsx", **{"xl/worksheets/sheet1.xml": b"0" * (40 * 2**20)})
    large = _written(tmp_path, "large.csv", b"0" * (6 * 2**20))
    long = _written(tmp_path, "long.csv", "姓名,学历\n".encode() + b"a,b\n" * 3_001)

    assert _fault(bomb) == "too_large"
    assert _fault(large) == "too_large"
    assert _fault(long) == "too_many_rows"


def test_entities_in_a_workbook_are_not_unfolded(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, FULL)
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
    spoilt = tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(path) as sound, zipfile.ZipFile(spoilt, "w") as out:
        for entry in sound.infolist():
            content = sound.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = laughs + content.partition(b"?>")[2].replace(b"<v>", b"<v>&c;", 1)
            out.writestr(entry, content)

    assert _fault(spoilt) in ("broken", "wrong_type")


def test_formulas_that_nobody_computed_are_refused(tmp_path: Path) -> None:
    assert _fault(workbook(tmp_path, HEADER, ("=A1", "=B1", "", "", "", "", ""))) == "formulas"


def test_what_is_no_roster_is_said_to_be_none(tmp_path: Path) -> None:
    assert _fault(csv_file(tmp_path, ("甲公司", "宝安"), header=("企业名称", "所在区"))) == "companies"
    assert _fault(csv_file(tmp_path, ("1", "2"), header=("数量", "单价"))) == "no_names"
    assert _fault(csv_file(tmp_path, ("张三", "13800000000"), header=("姓名", "电话"))) == "no_people"


def test_a_roster_without_people_or_with_too_many_is_refused() -> None:
    with pytest.raises(UserError, match="nobody"):
        roster()
    with pytest.raises(UserError, match="too_many_people"):
        roster(*((f"人{n}", *FULL[1:]) for n in range(501)))


def test_columns_that_all_turned_out_to_be_something_else_leave_no_roster() -> None:
    with pytest.raises(UserError, match="no_people"):
        roster(("张三", "国家"), header=("姓名", "证书"), decided=((1, "auditor_certificate", False),))
