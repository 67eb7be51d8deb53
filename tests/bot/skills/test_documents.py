"""Files to take away: offered where there is something for them, made by a tap, in each language."""

from __future__ import annotations

import csv
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.documents import timeline
from bot.documents.fonts import find_face
from bot.messages import Attachment, Incoming, Intent, Language, Timeline
from bot.rosters.reading import read_file, read_people
from storage.records import NewDelivery
from storage.store import Settlement
from tests.bot.rosters.house import FULL, NEARLY, RULES, TODAY, csv_file
from tests.bot.talks import LISTED, Desk, headline, text_of

CHECK = "请咨询机构做审核，强制，5个大专、3个审核师，社保都满一年的4个，1个高工"


@pytest.fixture(autouse=True)
def _files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


async def made(desk: Desk, name: str) -> Attachment:
    """The file of a button."""
    (file,) = (await desk.taps(f"document:{name}")).attachments
    assert file.path.is_file()
    return file


async def offered(desk: Desk) -> set[str]:
    """What the menu offers."""
    return {button.tap for button in (await desk.taps("files")).buttons}


async def test_only_files_that_there_is_something_for_are_offered(desk: Desk) -> None:
    assert await offered(desk) == {"document:template", "export"}
    await desk.says(LISTED)
    assert {"document:spreadsheet", "document:timeline", "document:calendar"} <= await offered(desk)
    await desk.says(CHECK)
    assert "document:report" in await offered(desk)


@pytest.mark.parametrize("said", [LISTED, CHECK])
async def test_the_files_are_one_tap_from_the_dates_and_the_verdict(desk: Desk, said: str) -> None:
    assert "files" in {button.tap for button in (await desk.says(said)).buttons}


async def test_export_gives_all_data_and_lists_the_rest(desk: Desk) -> None:
    await desk.says(LISTED)
    reply = await desk.says("/export")

    assert [file.name for file in reply.attachments] == ["xize.json"]
    assert "document:spreadsheet" in {button.tap for button in reply.buttons}


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
async def test_the_report_holds_verdict_words_clauses_and_lines_to_sign(
    desk: Desk, language: Language
) -> None:
    await desk.says(CHECK, lang="zh-Hans")
    reply = await desk.assistant.respond(
        Incoming(desk.here, desk.now, tap="document:report", language=language)
    )
    (file,) = reply.attachments
    document = Document(str(file.path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]

    assert reply.check is not None
    assert any("3个审核师" in cell for cell in cells)
    assert any("4名以上" in text for text in paragraphs)
    assert len(document.tables) == 3


async def test_a_report_without_a_check_begins_one(desk: Desk) -> None:
    reply = await desk.taps("document:report")

    assert reply.attachments == ()
    assert reply.asks == ("route",)


async def test_the_spreadsheet_has_true_dates_and_each_once(desk: Desk) -> None:
    await desk.says(LISTED)
    sheet = load_workbook((await made(desk, "spreadsheet")).path).active
    assert sheet is not None

    days = [sheet.cell(line, 1).value.date().isoformat() for line in range(2, sheet.max_row + 1)]
    assert days == ["2026-12-20", "2027-01-20", "2027-11-20"]
    assert all(sheet.cell(line, 1).is_date for line in range(2, sheet.max_row + 1))


async def test_the_roster_result_has_a_line_for_everybody(desk: Desk, tmp_path: Path) -> None:
    await desk.taps("goal:consultant-voluntary")
    path = csv_file(tmp_path, FULL, (NEARLY[0], *NEARLY[1:]), ("=1+1", *FULL[1:]))
    await desk.assistant.respond(Incoming(desk.here, desk.now, file=path))
    sheet = load_workbook((await made(desk, "roster")).path).active
    assert sheet is not None

    assert [sheet.cell(line, 2).value for line in range(2, 5)] == ["张三", "李四", "=1+1"]
    assert sheet.cell(4, 2).data_type == "s"
    assert any("11 / 12" in str(cell.value) for cell in sheet[3])


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
async def test_the_template_filled_in_is_read_back_whole(
    desk: Desk, language: Language, tmp_path: Path
) -> None:
    reply = await desk.assistant.respond(
        Incoming(desk.here, desk.now, tap="document:template", language=language)
    )
    path = reply.attachments[0].path
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.append(["李四", *(cell.value for cell in sheet[2][1:])])
    book.save(path)
    people = read_people(read_file(path), RULES, TODAY).people

    assert [one.name for one in people] == ["李四"]
    assert people[0].unclear == ()
    assert set(people[0].record) == {column.name for column in RULES.facts["roster"].fields}


@pytest.mark.skipif(find_face("清洁生产审核", "zh-Hans") is None, reason="no Chinese font on this machine")
async def test_the_timeline_is_a_picture(desk: Desk) -> None:
    await desk.says(LISTED)

    assert (await made(desk, "timeline")).media_type == "image/png"


async def test_without_a_font_the_timeline_comes_as_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "find_face", lambda *_: None)
    await desk.says(LISTED)
    reply = await desk.taps("document:timeline")

    assert reply.attachments == ()
    assert any(isinstance(block, Timeline) for block in reply.blocks)
    assert "字体" in headline(reply)


async def _send_a_reminder(desk: Desk, company_id: str) -> None:
    now = desk.now.astimezone(UTC)
    await desk.store.enqueue(
        [NewDelivery("d1", desk.here, "lead", now, {"due": "2026-12-20"}, company_id=company_id)]
    )
    (row,) = await desk.store.claim("t", now=now, lease=timedelta(minutes=1), limit=1)
    assert await desk.store.begin(row, now=now)
    await desk.store.settle(row, Settlement("sent", now, message_id="7", text="还有 27 天"))


async def test_the_delivery_journal_is_the_companys_own(desk: Desk) -> None:
    await desk.says(LISTED)
    talk = await desk.talk()
    await _send_a_reminder(desk, str(talk.contact.company_id))
    file = await made(desk, "proof")
    rows = list(csv.reader(file.path.read_text(encoding="utf-8-sig").splitlines()))

    assert file.path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows) == 2
    assert "还有 27 天" in rows[1]
    assert {"到期提醒", "已发出", "已送达"} <= set(rows[1])
    assert {"编号", "到期日", "结果", "发送内容"} <= set(rows[0])
    assert (await desk.taps("document:proof", chat="jsonl:b")).attachments == ()


async def test_where_nothing_was_sent_there_is_no_journal(desk: Desk) -> None:
    await desk.says(LISTED)

    assert (await desk.taps("document:proof")).attachments == ()


async def test_asked_in_words_the_journal_is_a_tap_away(desk: Desk) -> None:
    await desk.says(LISTED)

    assert [button.tap for button in (await desk.says("我要送达记录")).buttons] == ["document:proof"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("名册模板", "名册模板.xlsx"),
        ("给我一个人员名册的模板", "名册模板.xlsx"),
        ("导出excel表格", "期限表.xlsx"),
        ("生成word报告", "核对报告.docx"),
        ("日历", "xize.ics"),
        ("把日历文件发给我", "xize.ics"),
        ("导出我的数据", "xize.json"),
        ("download the roster template", "roster-template.xlsx"),
    ],
)
async def test_a_file_can_be_asked_for_in_words(desk: Desk, said: str, name: str) -> None:
    await desk.says(LISTED)
    await desk.says(CHECK)
    reply = await desk.says(said)

    assert reply.intent is Intent.EXPORT
    assert [file.name for file in reply.attachments] == [name]


@pytest.mark.parametrize("name", ["spreadsheet", "timeline", "calendar"])
async def test_without_dates_the_event_is_asked_for(desk: Desk, name: str) -> None:
    assert (await desk.taps(f"document:{name}")).asks == ("list_published",)


@pytest.mark.parametrize("tap", ["document", "document:nonsense", "files"])
async def test_a_button_without_a_name_lists_what_there_is(desk: Desk, tap: str) -> None:
    assert "document:template" in {button.tap for button in (await desk.taps(tap)).buttons}
    assert text_of(await desk.taps(tap))
