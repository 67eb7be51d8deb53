"""Lists read from files: whatever the order and language of the headers, every bad row named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.lists.errors import ListError
from bot.lists.reading import Fault, credit_code
from bot.phrases import phrases
from tests.bot.lists.house import CODE, DAY, HEADER, OTHER_CODE, ROW, csv_file, read, workbook

WITHOUT_DATE = HEADER[:-1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    found = read(csv_file(tmp_path, ROW, encoding=encoding))
    [row] = found.rows
    assert (row.name, row.credit_code, row.district, row.industry) == (ROW[0], CODE, "宝安区", "电镀")
    assert (row.kind, row.published_on, row.line) == ("mandatory", DAY, 2)
    assert (found.faults, found.published.name) == ((), "list")


def test_a_workbook_gives_what_its_csv_gives(tmp_path: Path) -> None:
    cells = (*ROW[:-1], datetime(2026, 11, 20))  # noqa: DTZ001 - as a spreadsheet holds a day
    first, second = read(workbook(tmp_path, HEADER, cells)), read(csv_file(tmp_path, ROW))
    assert first.rows == second.rows
    assert first.published == second.published


def test_titles_above_the_header_and_empty_rows_do_not_matter(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("2026 年名单",), (), ("附件 1",), HEADER, (), ROW)
    assert [row.line for row in read(path).rows] == [6]


def test_headers_in_english_in_another_order_are_found(tmp_path: Path) -> None:
    header = ("No.", "Audit kind", "Unified Social Credit Code", "Company name", "Industry")
    [row] = read(csv_file(tmp_path, ("1", "voluntary", CODE, "Acme", "plating"), header=header)).rows
    assert (row.name, row.credit_code, row.kind, row.industry) == ("Acme", CODE, "voluntary", "plating")


def test_headers_a_little_different_are_found(tmp_path: Path) -> None:
    header = ("序号", "单位名称（全称）", "统一社会信用代码 ", "所属行业类别", "审核 类型")
    [row] = read(csv_file(tmp_path, ("1", "甲", CODE, "电镀", "自愿性"), header=header)).rows
    assert (row.name, row.industry, row.kind) == ("甲", "电镀", "voluntary")


def test_what_a_row_does_not_say_comes_from_the_options(tmp_path: Path) -> None:
    [row] = read(csv_file(tmp_path, ("甲",), header=("企业名称",)), kind="mandatory", name="名单").rows
    assert (row.kind, row.published_on, row.credit_code) == ("mandatory", DAY, "")


@pytest.mark.parametrize(
    ("place", "cell", "reason"),
    [
        (0, "", "name is missing"),
        (1, CODE[:-1] + "X", "check digit is wrong"),
        (1, "12345", "not a unified social credit code"),
        (1, "9.1440E+17", "cut by the spreadsheet"),
        (4, "也许", "kind of audit is not known"),
        (5, "2026-02-30", "no such publication date"),
        (5, "昨天", "no such publication date"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, place: int, cell: str, reason: str
) -> None:
    bad = (*ROW[:place], cell, *ROW[place + 1 :])
    good = ("丙公司", OTHER_CODE, *ROW[2:])
    found = read(csv_file(tmp_path, bad, good))
    assert [(fault.line, reason in fault.said(phrases("en"))) for fault in found.faults] == [(2, True)]
    assert [row.name for row in found.rows] == ["丙公司"]


@pytest.mark.parametrize("day", ["2026/11/20", "2026年11月20日", "2026.11.20", "20261120"])
def test_days_are_read_as_people_write_them(tmp_path: Path, day: str) -> None:
    found = read(csv_file(tmp_path, (*ROW[:-1], day)), date(2020, 1, 1))
    assert [row.published_on for row in found.rows] == [DAY]


def test_the_same_company_twice_is_a_fault_of_the_second_row(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, ROW, ("别名", *ROW[1:])))
    assert found.faults == (Fault(3, "twice", "2"),)


def test_without_any_publication_date_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="publication date"):
        read(csv_file(tmp_path, ROW[:-1], header=WITHOUT_DATE), None)


def test_a_row_without_a_date_needs_the_option(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, (*ROW[:-1], "")), None)
    assert [fault.code for fault in found.faults] == ["no_day"]


def test_the_same_rows_are_the_same_list_whatever_the_file_is_called(tmp_path: Path) -> None:
    other = ("丙公司", OTHER_CODE, *ROW[2:])
    first = read(csv_file(tmp_path, ROW, other))
    (tmp_path / "list.csv").rename(tmp_path / "renamed.csv")
    second = read(csv_file(tmp_path, other, ROW))
    assert first.published.id == second.published.id
    assert {row.id for row in first.rows} == {row.id for row in second.rows}
    assert replace(first.rows[0], line=0) in [replace(row, line=0) for row in second.rows]


def test_a_credit_code_may_be_written_loosely() -> None:
    assert credit_code(f" {CODE.lower()} ") == CODE


def test_a_file_without_names_or_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="no column"):
        read(csv_file(tmp_path, ("1", "2"), header=("序号", "备注")))
    with pytest.raises(ListError, match="no row"):
        read(csv_file(tmp_path))
