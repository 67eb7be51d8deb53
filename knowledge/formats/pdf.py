"""PDF files with text in them: wrapped lines joined, page numbers and running heads left out and named."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

from knowledge.errors import NotALegalText
from knowledge.formats.opening import SourceText
from knowledge.parsing.labels import article_label, ends_sentence, is_label

_PAGE_LIMIT = 2_000
_SCANNED = 8  # signs a page; below this the pages are pictures
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／,，共]\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－·\s]*"
)
_SPACED_OUT = re.compile(r"(?<=[㐀-鿿，。；：、（）《》]) (?=[㐀-鿿，。；：、（）《》])")


def read(content: bytes, name: str) -> SourceText:
    """The text of a PDF.

    Raises:
        NotALegalText: damaged, protected, too long, or scanned pages without text.
    """
    pages = _pages(content, name)
    if sum(len("".join(page)) for page in pages) < _SCANNED * len(pages):
        raise NotALegalText(f"{name}：扫描件，没有文字层，请先做文字识别 (a scanned PDF without text)")
    pages, notes = _without_furniture(pages)
    return SourceText("\n".join(join_wrapped([line for page in pages for line in page])), notes)


def _pages(content: bytes, name: str) -> list[list[str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # Its warnings on small damage say nothing that a reader of the import could act on.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotALegalText(f"{name}：PDF 有密码 (the PDF is protected by a password)")
        if len(reader.pages) > _PAGE_LIMIT:
            raise NotALegalText(f"{name}：超过 {_PAGE_LIMIT} 页 (over {_PAGE_LIMIT} pages)")
        return [_lines(page.extract_text()) for page in reader.pages] or [[]]
    except NotALegalText:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise NotALegalText(
            f"{name}：PDF 已损坏，无法读取 (a damaged PDF: {type(error).__name__})"
        ) from error


def _lines(text: str) -> list[str]:
    # Fonts that place each sign by itself come out with a blank between all signs.
    if len(_SPACED_OUT.findall(text)) * 3 > len(text):
        text = _SPACED_OUT.sub("", text)
    return [line.strip() for line in text.split("\n") if line.strip()]


def _without_furniture(pages: list[list[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Leave out page numbers that count with the pages, and heads repeated on most pages but their first."""
    numbers = _counting_lines(pages)
    heads = _repeated_edges(pages)
    kept: list[list[str]] = []
    seen: Counter[str] = Counter()
    dropped = 0
    for page, number_at in zip(pages, numbers, strict=True):
        lines = []
        for index, line in enumerate(page):
            edge = index in (0, len(page) - 1)
            seen[line] += edge and line in heads
            if index == number_at or (edge and line in heads and seen[line] > 1):
                dropped += 1
            else:
                lines.append(line)
        kept.append(lines)
    note = f"已略去页码和页眉页脚{dropped}行 ({dropped} page numbers and running heads left out)"
    return kept, (note,) if dropped else ()


def _counting_lines(pages: Sequence[Sequence[str]]) -> list[int | None]:
    """For each page the index of its page number. One page alone has none that is clearly such."""
    for edge in (-1, 0):
        found = [_PAGE_NUMBER.fullmatch(page[edge]) if page else None for page in pages]
        shifts = Counter(int(match[1]) - index for index, match in enumerate(found) if match)
        if not shifts:
            continue
        shift, times = shifts.most_common(1)[0]
        if times >= 2 and times * 2 >= len(pages):
            return [
                (len(page) - 1 if edge else 0) if match and int(match[1]) - index == shift else None
                for index, (page, match) in enumerate(zip(pages, found, strict=True))
            ]
    return [None] * len(pages)


def _repeated_edges(pages: Sequence[Sequence[str]]) -> set[str]:
    edges = Counter(line for page in pages if page for line in {page[0], page[-1]})
    return {line for line, times in edges.items() if times >= 3 and times * 5 >= len(pages) * 3}


def join_wrapped(lines: Sequence[str]) -> list[str]:
    """Lines broken by the page's width, made whole again."""
    if not lines:
        return []
    lengths = sorted(map(len, lines))
    full = lengths[len(lengths) * 4 // 5] - 3
    joined = [lines[0]]
    last = lines[0]  # the last line as printed: its own length tells whether it was full
    for line in lines[1:]:
        if _goes_on(joined[-1], last, line, full):
            blank = (
                " " if joined[-1][-1:].isascii() and joined[-1][-1:].isalnum() and line[0].isascii() else ""
            )
            joined[-1] += blank + line
        else:
            joined.append(line)
        last = line
    return joined


def _goes_on(paragraph: str, last: str, line: str, full: int) -> bool:
    if paragraph[-1:] in "，、（":
        return True
    if ends_sentence(paragraph) or len(last) < full:
        return False
    label = article_label(line)
    return not label.spaced if label else not is_label(line)
