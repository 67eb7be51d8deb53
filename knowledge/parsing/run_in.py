"""Articles that run on in one line, as text copied from a page without its line ends does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.numerals import NUMERAL_SIGNS
from knowledge.parsing.counting import Counting
from knowledge.parsing.front import is_instrument_title
from knowledge.parsing.labels import ArticleLabel, article_label, division_label
from knowledge.parsing.lines import Line

_LABEL = re.compile(rf"第\s?[{NUMERAL_SIGNS}]{{1,9}}[条條]")
_DIVISION = re.compile(rf"(?:^|(?<=[\s。；]))第\s?[{NUMERAL_SIGNS}]{{1,5}}(?:分编|[编編章節节])\s")
_LOOKED_AT = 40  # signs of what follows a label
_ENDS = "。；！？”）)"


def parted(lines: Sequence[Line]) -> list[Line]:
    """The lines, cut before each article that the count expects and that no line of its own holds."""
    whole = {_key(label) for line in lines if (label := article_label(line.text))}
    cutter = _Cutter(whole)
    return [replace(line, text=piece) for line in lines for piece in cutter.pieces(line) if piece]


class _Cutter:
    """Goes through the lines in order; ``counting`` follows the labels of the text."""

    def __init__(self, whole: set[tuple[int, int]]) -> None:
        self._whole = whole
        self._counting = Counting()

    def pieces(self, line: Line) -> Iterator[str]:
        """The line in pieces, each beginning with a label but the first."""
        text, start = line.text, 0
        if label := article_label(text):
            self._counting.count(label, [])
        for found in _LABEL.finditer(text, 1) if not line.marked else ():
            label = self._opened_at(text, found.start())
            if label is None:
                continue
            before, headings = _headings_off(text[start : found.start()].rstrip())
            if _is_complete(before, label, bool(headings)):
                self._counting.count(label, [])
                yield from (before, *headings)
                start = found.start()
        yield text[start:]

    def _opened_at(self, text: str, at: int) -> ArticleLabel | None:
        label = article_label(text[at : at + _LOOKED_AT])
        if label is None or not self._counting.is_next(label) or _key(label) in self._whole:
            return None
        quoted = text.count("“", 0, at) > text.count("”", 0, at)
        return None if quoted else label


def _is_complete(before: str, label: ArticleLabel, headed: bool) -> bool:
    """Whether what stands before a label is finished, so that the label can open an article."""
    if headed and not before:
        return True
    if label.number == 1 and not label.inserted:
        titled = is_instrument_title(before) and "《" not in before[1:]
        return label.spaced and (titled or before[-1:] in tuple(_ENDS))
    if not before or before[-1] not in _ENDS:
        return False
    return label.spaced or (not label.doubtful and before[-1] in "。；")


def _headings_off(text: str) -> tuple[str, list[str]]:
    """Take the headings of divisions off the end of ``text``: … 第二章 审核."""
    headings: list[str] = []
    while starts := [found.start() for found in _DIVISION.finditer(text)]:
        heading = text[starts[-1] :]
        if not division_label(heading):
            break
        headings.insert(0, heading)
        text = text[: starts[-1]].rstrip()
    return text, headings


def _key(label: ArticleLabel) -> tuple[int, int]:
    return label.number, label.inserted
