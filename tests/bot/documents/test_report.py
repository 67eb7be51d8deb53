"""The report as Word opens it: every part is there, and no character of a user breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from bot.documents.report import Fact, Provision, Report, Requirement, write_report
from bot.messages import Language
from bot.phrases import phrases

REPORT = Report(
    company="甲公司",
    goal="受托咨询服务机构的人员证明",
    day="2026年11月23日",
    rules="rules 1",
    verdict="不够",
    requirements=[Requirement("审核师", "4", "3", "不符合", "第十条")],
    facts=[Fact("审核师", "3", "我们有3个\x00审核师", "2026-11-23")],
    provisions=[Provision("第十条", "原文", "“4名以上”")],
    fixes=["补 1 名"],
    notes=["说明"],
)


def _text(path: Path) -> str:
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_everything_is_in_it_with_lines_to_sign(tmp_path: Path, language: Language) -> None:
    path, say = tmp_path / "r.docx", phrases(language)
    write_report(path, REPORT, say)
    text = _text(path)

    for part in ("甲公司", "rules 1", "不够", "第十条", "“4名以上”", "我们有3个审核师", "补 1 名"):
        assert part in text
    for name in ("title", "signatures", "prepared", "checked", "approved", "limit"):
        assert say.say(f"document.{name}") in text


def test_a_report_without_facts_has_no_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    write_report(path, Report("", "", "", "", "", [], [], []), phrases("zh-Hans"))

    assert phrases("zh-Hans").say("document.facts") not in _text(path).splitlines()
    assert phrases("zh-Hans").say("document.unnamed") in _text(path)
