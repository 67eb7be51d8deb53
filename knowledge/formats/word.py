"""Word files: paragraphs with their automatic numbers, tables as lines, tracked changes as accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from knowledge.errors import NotALegalText
from knowledge.formats.numbering import Numbering
from knowledge.formats.opening import SourceText

_UNPACKED_LIMIT = 200 * 2**20  # bytes
_RATIO_LIMIT = 200  # unpacked to packed, for parts that unpack to more than a law's text could
_RATIO_FROM = 20 * 2**20  # bytes
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SILENT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK})


def read(content: bytes, name: str) -> SourceText:
    """The text of a .docx file.

    Raises:
        NotALegalText: damaged, with macros, or unpacking to far more than a law.
    """
    _check_package(content, name)
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(content))
        body = document.element.body
        numbering = Numbering.of(document.part)
        lines = list(_block_lines(body, numbering))
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
        SyntaxError,
        zipfile.BadZipFile,
        OpcError,
    ) as error:
        raise NotALegalText(
            f"{name}：Word 文件已损坏 (a damaged Word file: {type(error).__name__})"
        ) from error
    return SourceText("\n".join(lines), _notes(body))


def _check_package(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except zipfile.BadZipFile:
        raise NotALegalText(f"{name}：不是 .docx 文件，或已损坏 (no .docx file, or a damaged one)") from None
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        p.file_size > _RATIO_FROM and p.file_size > _RATIO_LIMIT * max(1, p.compress_size) for p in parts
    )
    if unpacked > _UNPACKED_LIMIT or swollen:
        raise NotALegalText(f"{name}：解压后过大，不予读取 (unpacks to far more than a text)")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise NotALegalText(f"{name}：文件含宏，不予读取 (the file holds macros)")


def _block_lines(parent: Any, numbering: Numbering) -> Iterator[str]:
    """The lines of paragraphs and tables in order, those inside content controls included."""
    for block in parent:
        if block.tag == f"{_W}p":
            yield from _paragraph(block, numbering)
        elif block.tag == f"{_W}tbl":
            yield from _table(block, numbering)
        elif block.tag in (f"{_W}sdt", f"{_W}ins", f"{_W}customXml", f"{_W}sdtContent"):
            yield from _block_lines(block, numbering)


def _paragraph(paragraph: Any, numbering: Numbering) -> Iterator[str]:
    text = "".join(_runs(paragraph))
    if text.strip():
        yield numbering.label(paragraph) + text.strip()


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SILENT:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t" if element.tag == f"{_W}r" else ""
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _runs(child)


def _table(table: Any, numbering: Numbering) -> Iterator[str]:
    """One line a row, its cells apart; a table of one column is only layout, so that its lines stay lines."""
    for row in table.iter(f"{_W}tr"):
        cells = [list(_block_lines(cell, numbering)) for cell in row.iterchildren(f"{_W}tc")]
        if len(cells) == 1:
            yield from cells[0]
        else:
            line = " | ".join(" ".join(cell) for cell in cells)
            if line.strip(" |"):
                yield line


def _notes(body: Any) -> tuple[str, ...]:
    changes = sum(1 for _ in body.iter(f"{_W}ins", f"{_W}del"))
    if not changes:
        return ()
    return (f"文件有{changes}处修订标记，按接受修订读入 ({changes} tracked changes read as accepted)",)
