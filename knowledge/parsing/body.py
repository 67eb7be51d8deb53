"""Divisions and articles, read line by line in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import ParsedArticle, ParsedDivision
from knowledge.numerals import article_label as written_label
from knowledge.parsing.content import ContentReader, is_remark, take_heading
from knowledge.parsing.counting import Counting
from knowledge.parsing.divisions import Divisions
from knowledge.parsing.labels import (
    ArticleLabel,
    DivisionLabel,
    article_label,
    division_label,
    ends_sentence,
    is_label,
    opens_annex,
)
from knowledge.parsing.quotation import opens_quotation
from knowledge.parsing.tree import OpenArticle

_TITLE_LINE = re.compile(r"[^\W\d_]{2,12}")


class BodyReader:
    """Reads the lines from ``start`` on. Afterwards ``articles``, ``divisions``, ``warnings`` and
    ``rest`` (the index of the first line that belongs to no article) hold the result."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self._lines = lines
        self._divisions = Divisions()
        self._counting = Counting()
        self._content = ContentReader(lines, self._is_next_article)
        self._labels_ahead = _labels_ahead(lines)
        self._open: OpenArticle | None = None
        self.articles: list[ParsedArticle] = []
        self.warnings: list[str] = []
        self.rest = len(lines)
        self._read(start)

    @property
    def divisions(self) -> tuple[ParsedDivision, ...]:
        """All divisions in order."""
        return self._divisions.frozen()

    def _read(self, index: int) -> None:
        while index < len(self._lines):
            line = self._lines[index]
            if self._open and opens_annex(line) and self._is_the_end(index):
                self.rest = index
                break
            index = self._take(index, line)
        self._close()

    def _take(self, index: int, line: str) -> int:
        """Take line ``index``; returns the index of the next one to take."""
        if opens_quotation(line):
            return self._text(index, line)
        if division := division_label(line):
            return self._division(index, division)
        label = article_label(line)
        if label and self._counting.accepts(label, self._lines[index - 1] if self._open else ""):
            return self._article(index, label)
        if label:
            self.warnings.append(f"按正文处理，不作新的一条：{line[:24]}")
        return self._text(index, line)

    def _division(self, index: int, label: DivisionLabel) -> int:
        self._close()
        taken = self._divisions.open(label, self._line_after(index), len(self.articles))
        return index + 1 + taken

    def _article(self, index: int, label: ArticleLabel) -> int:
        self._close()
        number, address = self._counting.count(label, self.warnings)
        name = written_label(label.number, label.inserted)
        self._open = OpenArticle(number, address, name, self._divisions.path)
        return self._text(index, label.rest) if label.rest else index + 1

    def _text(self, index: int, text: str) -> int:
        """Take the text of line ``index``, or what stands on it after a label."""
        article = self._open
        if article is None:
            self._divisions.add_text(text)
            return index + 1
        if not article.paragraphs and not article.heading:
            if self._is_title(text, self._line_after(index)):
                article.heading = text
                return index + 1
            text = take_heading(article, text)
        return self._content.take(article, index, text) if text else index + 1

    def _line_after(self, index: int) -> str:
        return self._lines[index + 1] if index + 1 < len(self._lines) else ""

    @staticmethod
    def _is_title(rest: str, following: str) -> bool:
        """Whether ``rest`` on the label's line is a title, the article's text starting below it."""
        below = bool(following) and not is_label(following) and ends_sentence(following)
        return below and bool(_TITLE_LINE.fullmatch(rest)) and not is_remark(rest)

    def _is_next_article(self, line: str) -> bool:
        label = article_label(line)
        return label is not None and self._counting.is_next(label)

    def _is_the_end(self, index: int) -> bool:
        """Whether the annex at ``index`` closes the text: this text's next article does not follow it."""
        label = self._labels_ahead[index]
        return label is None or not self._counting.is_next(label)

    def _close(self) -> None:
        if self._open is not None:
            self.warnings.extend(self._open.warnings)
            self.articles.append(self._open.freeze())
            self._open = None
        self.warnings.extend(self._divisions.take_warnings())


def find_body(lines: Sequence[str], start: int = 0) -> int | None:
    """The first line from ``start`` on that is a division or an article of this text; None where no
    article follows."""
    first, counting = None, Counting()
    for index in range(start, len(lines)):
        line = lines[index]
        label = article_label(line)
        if label and counting.accepts(label, _sentence(lines[index - 1]) if index else ""):
            return index if first is None else first
        if first is None and division_label(line):
            first = index
    return None


def _sentence(line: str) -> str:
    """``line`` where it is part of a sentence, "" where it is a title or heading, which ends by itself."""
    return line if re.search("[，；：,]", line) else ""


def _labels_ahead(lines: Sequence[str]) -> list[ArticleLabel | None]:
    """For each line the first article label at or after it."""
    labels: list[ArticleLabel | None] = [None] * len(lines)
    following: ArticleLabel | None = None
    for index in range(len(lines) - 1, -1, -1):
        following = article_label(lines[index]) or following
        labels[index] = following
    return labels
