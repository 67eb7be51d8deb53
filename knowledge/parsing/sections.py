"""Texts without 条: their sections 一、 and （一）, as replies, notices and amendments have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from knowledge.model import ParsedArticle
from knowledge.parsing.content import ContentReader, may_open
from knowledge.parsing.labels import Marker, ends_sentence, item_marker, opens_annex
from knowledge.parsing.quotation import opens_quotation
from knowledge.parsing.tree import OpenArticle, repeated

_TOP_STYLES = ("han", "paren_han", "dot", "comma", "decimal")
_LONGEST_HEADING = 50


class SectionReader:
    """Reads the sections from ``start`` on, whose outermost enumerator is of style ``top``."""

    def __init__(self, lines: Sequence[str], start: int, top: str) -> None:
        self._lines = lines
        self._content = ContentReader(lines, lambda line: False)
        self._path: list[tuple[str, int]] = []  # style and count of the open sections, outermost first
        self._top = top
        self._headed = False  # the open section has a heading alone, so that sections may stand in it
        self._seen: Counter[str] = Counter()
        self._open: OpenArticle | None = None
        self.articles: list[ParsedArticle] = []
        self.warnings: list[str] = []
        self.rest = len(lines)
        self._read(start)

    def _read(self, index: int) -> None:
        while index < len(self._lines):
            line = self._lines[index]
            if opens_annex(line) and self._open:
                self.rest = index
                break
            marker = None if opens_quotation(line) else item_marker(line)
            if marker and self._opens_section(marker):
                index = self._section(index, marker)
            else:
                index = self._text(index, line)
        self._close()

    def _opens_section(self, marker: Marker) -> bool:
        styles = [style for style, _ in self._path]
        if marker.style in styles:
            count = self._path[styles.index(marker.style)][1]
            return marker.number == count + 1 or (marker.style == self._top and marker.number > count)
        if marker.style == self._top:
            return True
        article = self._open
        if article is None or not self._headed or marker.number != 1 or not may_open(article, marker):
            return False
        introduced = article.last_line.endswith(("：", ":"))
        return not introduced or _is_heading(marker.rest)

    def _section(self, index: int, marker: Marker) -> int:
        self._close()
        depth = next((i for i, (style, _) in enumerate(self._path) if style == marker.style), len(self._path))
        before = self._path[depth][1] if depth < len(self._path) else 0
        del self._path[depth:]
        self._path.append((marker.style, marker.number))
        numbers = [str(number) for _, number in self._path]
        if marker.number != before + 1:
            self.warnings.append(f"编号不连续：{marker.written}之前缺第{before + 1}部分")
        address = "sec_" + "_".join(numbers)
        self._seen[address] += 1
        if self._seen[address] > 1:
            self.warnings.append(f"编号重复：{marker.written}（{'.'.join(numbers)}）")
        address = repeated(address, self._seen[address])
        self._open = OpenArticle(".".join(numbers), address, marker.written, marker=marker.written)
        self._headed = False
        return self._text(index, marker.rest) if marker.rest else index + 1

    def _text(self, index: int, text: str) -> int:
        """Take the text of line ``index``: right after the label it may be the section's heading."""
        article = self._open
        assert article is not None  # noqa: S101 - the first line opens a section
        bare = not article.heading and not article.paragraphs
        if bare and item_marker(text) is None and _is_heading(text):
            article.heading = text
            self._headed = True
            return index + 1
        return self._content.take(article, index, text)

    def _close(self) -> None:
        if self._open is not None:
            self.warnings.extend(self._open.warnings)
            self.articles.append(self._open.freeze())
            self._open = None


def find_sections(lines: Sequence[str]) -> tuple[int, str] | None:
    """The first section's line and its style; None where the text has no enumerated sections."""
    firsts: dict[str, int] = {}
    for index, line in enumerate(lines):
        marker = None if opens_quotation(line) else item_marker(line)
        if marker and marker.number == 1:
            firsts.setdefault(marker.style, index)
    return next(((firsts[style], style) for style in _TOP_STYLES if style in firsts), None)


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and not ends_sentence(text) and "。" not in text
