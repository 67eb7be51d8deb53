"""Rosters as companies keep them, made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.app import load_sources
from bot.messages import Bullets, Incoming, Language, Reply
from bot.rosters.columns import Decision
from bot.rosters.reading import Roster, read_people
from bot.rosters.rows import Person
from tests.bot.talks import Desk

TODAY = date(2026, 11, 23)
RULES = load_sources().rulebook.rules
HEADER = ("姓名", "学历", "专业", "审核师证书", "社保月数", "职称", "职称专业")
FULL = ("张三", "本科", "环境工程", "广东省", "14", "高级工程师", "环境保护")
NEARLY = ("李四", "大专", "环境工程", "国家", "11", "工程师", "")
FOUR = [FULL, *((name, *FULL[1:]) for name in ("赵六", "钱七", "孙八"))]
FEW = ("王五", "中专", "会计", "无", "3", "", "")


def csv_file(
    folder: Path,
    *rows: Sequence[str],
    header: Sequence[str] = HEADER,
    name: str = "名册.csv",
    encoding: str = "utf-8",
) -> Path:
    """A CSV file of these rows."""
    path = folder / name
    path.write_text("\n".join(",".join(row) for row in (header, *rows)), encoding=encoding)
    return path


def workbook(folder: Path, *rows: Sequence[object], name: str = "名册.xlsx") -> Path:
    """An .xlsx workbook of these rows, as they are."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def roster(
    *rows: Sequence[str],
    header: Sequence[str] = HEADER,
    decided: Sequence[Decision] = (),
    today: date = TODAY,
) -> Roster:
    """The rows read under a header."""
    lines = [(line, tuple(row)) for line, row in enumerate((header, *rows), start=1)]
    return read_people(lines, RULES, today, decided)


def person(*cells: str, header: Sequence[str] = HEADER, today: date = TODAY) -> Person:
    """The one person of a row."""
    (read,) = roster(cells, header=header, today=today).people
    return read


async def give(desk: Desk, path: Path, *, caption: str = "", lang: Language | None = None) -> Reply:
    """Drop a file into the talk."""
    return await desk.assistant.respond(
        Incoming(desk.here, desk.now, file=path, caption=caption, language=lang)
    )


def people(reply: Reply) -> list[str]:
    """The lines about people."""
    return [line for block in reply.blocks if isinstance(block, Bullets) for line in block.items]
