"""A check as a Word report to print, sign and file: verdict, requirements, what they rest on, the clauses'
words, lines for signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.documents.tables import plain
from bot.phrases import Phrases

if TYPE_CHECKING:
    from docx.document import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT = {"zh-Hans": "宋体", "zh-Hant": "新細明體", "en": "宋体"}
_SIGNATORIES = ("prepared", "checked", "approved")
_BLANK = "＿" * 12


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row of the table of requirements, in words."""

    title: str
    required: str
    given: str
    outcome: str
    clause: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a requirement was judged on: the value, the words that it came from, and the day."""

    name: str
    value: str
    words: str
    day: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause: its label, how near the wording is and its standing, its words."""

    label: str
    standing: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that the report says."""

    company: str
    goal: str
    day: str
    rules: str
    verdict: str
    requirements: Sequence[Requirement]
    facts: Sequence[Fact]
    provisions: Sequence[Provision]
    fixes: Sequence[str] = ()
    notes: Sequence[str] = ()


def write_report(path: Path, report: Report, say: Phrases) -> None:
    """Write the document."""
    import docx

    document = docx.Document()
    _set_font(document, _FONT[say.language])
    document.core_properties.title = say.say("document.title")
    document.core_properties.author = "Xize"
    document.add_heading(say.say("document.title"), level=0)
    _table(document, (), _particulars(report, say), first_bold=True)
    document.add_heading(say.say("document.requirements"), level=1)
    _requirements(document, report, say)
    _paragraphs(document, say.say("document.fixes"), report.fixes)
    _facts(document, report, say)
    _provisions(document, report, say)
    _paragraphs(document, say.say("document.notes"), [*report.notes, say.say("document.limit")])
    _signatures(document, say)
    document.save(str(path))


def _particulars(report: Report, say: Phrases) -> list[tuple[str, str]]:
    values = (
        ("company", report.company or say.say("document.unnamed")),
        ("goal", report.goal),
        ("day", report.day),
        ("rules", report.rules),
        ("verdict", report.verdict),
    )
    return [(say.say(f"document.{name}"), value) for name, value in values]


def _requirements(document: Document, report: Report, say: Phrases) -> None:
    headers = [
        say.say(f"document.{name}") for name in ("requirement", "required", "given", "result", "clause")
    ]
    rows = [(one.title, one.required, one.given, one.outcome, one.clause) for one in report.requirements]
    _table(document, headers, rows)


def _facts(document: Document, report: Report, say: Phrases) -> None:
    if not report.facts:
        return
    document.add_heading(say.say("document.facts"), level=1)
    headers = [say.say(f"document.{name}") for name in ("fact", "value", "words", "said_on")]
    _table(document, headers, [(one.name, one.value, one.words, one.day) for one in report.facts])


def _provisions(document: Document, report: Report, say: Phrases) -> None:
    document.add_heading(say.say("document.provisions"), level=1)
    for one in report.provisions:
        heading = document.add_paragraph()
        heading.add_run(plain(one.label)).bold = True
        heading.add_run(plain(f"　{one.standing}"))
        if one.text:
            document.add_paragraph(plain(one.text), style="Intense Quote")


def _paragraphs(document: Document, heading: str, texts: Sequence[str]) -> None:
    if texts:
        document.add_heading(heading, level=1)
    for text in texts:
        document.add_paragraph(plain(text), style="List Bullet")


def _signatures(document: Document, say: Phrases) -> None:
    document.add_heading(say.say("document.signatures"), level=1)
    for name in _SIGNATORIES:
        document.add_paragraph(f"{say.say(f'document.{name}')}{_BLANK}")
    document.add_paragraph(say.say("document.stamp"))


def _table(
    document: Document, headers: Sequence[str], rows: Sequence[Sequence[str]], *, first_bold: bool = False
) -> None:
    """A table with borders; its header row comes again on each page."""
    every = [headers, *rows] if headers else list(rows)
    table = document.add_table(rows=len(every), cols=len(every[0]) if every else 1, style="Table Grid")
    for line, texts in zip(table.rows, every, strict=True):
        for place, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            run = cell.paragraphs[0].add_run(plain(text))
            run.bold = texts is headers or (first_bold and place == 0)
    if headers:
        _repeat(table.rows[0])


def _repeat(row: Any) -> None:
    """Let Word repeat a row at the top of each page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _set_font(document: Document, name: str) -> None:
    """Word takes Chinese characters' font from a setting of their own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for style in document.styles:
        if getattr(style, "font", None) is None or not hasattr(style.element, "get_or_add_rPr"):
            continue
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    document.styles["Normal"].font.size = Pt(10.5)
