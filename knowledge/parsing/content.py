"""What stands inside an article or section: heading, paragraphs, items, quoted labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.parsing.inline import enumerated
from knowledge.parsing.labels import Marker, article_label, division_label, item_marker
from knowledge.parsing.quotation import Quotations, opens_quotation
from knowledge.parsing.tree import OpenArticle, OpenItem

_BRACKETED = re.compile(r"【([^】]{1,40})】\s*|[（(]([^（）()，。；：]{2,20})[）)]\s*")
_REMARK = re.compile(
    r"已?被?(?:删去|刪去|删除|刪除|废止|廢止|失效|略|省略|修改|修正|新增)|注[：:].*|原第.*|.*\d.*|[一二三四五六七八九十]+"
)
_SELF_STARTING = frozenset({"paren_han", "paren_sign", "circle"})


class ContentReader:
    """Adds lines to an open article. ``is_own_label`` tells a label of this very text, which no
    quotation can hold: one that seems to has lost a quotation mark."""

    def __init__(self, lines: Sequence[str], is_own_label: Callable[[str], bool]) -> None:
        self._lines = lines
        self._quotations = Quotations(lines)
        self._is_own_label = is_own_label

    def take(self, article: OpenArticle, index: int, text: str) -> int:
        """Add ``text``, line ``index`` or the rest of it after a label; returns the next line to read."""
        for piece in [text] if opens_quotation(text) else enumerated(text):
            _add(article, piece)
        return self.take_quotation(article, index, text)

    def take_quotation(self, article: OpenArticle, index: int, text: str) -> int:
        """Add the lines of the quotation that ``text`` leaves open, if it does."""
        end = self._quotations.end(index, text)
        if end is None or any(self._is_own_label(self._lines[i]) for i in range(index + 1, end + 1)):
            return index + 1
        for inside in range(index + 1, end + 1):
            article.go_on(self._lines[inside])
        return end + 1


def _add(article: OpenArticle, text: str) -> None:
    marker = None if opens_quotation(text) else item_marker(text)
    if marker and may_open(article, marker):
        article.add_item(OpenItem(marker.style, marker.number, marker.written, [marker.rest]))
    elif article.last_line.endswith(("：", ":")) and _quotes_a_label(text):
        article.go_on(text)
    else:
        article.add_paragraph(text)


def take_heading(article: OpenArticle, text: str) -> str:
    """Take a heading in brackets, 【目的】 or （目的）, off the start of an article; returns the rest."""
    found = _BRACKETED.match(text)
    if not found or (found[2] and is_remark(found[2])):
        return text
    article.heading = (found[1] or found[2]).strip()
    return text[found.end() :]


def is_remark(text: str) -> bool:
    """Whether ``text`` says what became of the article (删去, 已废止) rather than what it is about."""
    return bool(_REMARK.fullmatch(text))


def may_open(article: OpenArticle, marker: Marker) -> bool:
    """Arabic enumerators must start with one or go on: 3.5 and 2018. open no items."""
    if marker.style in _SELF_STARTING or marker.number == 1:
        return True
    if article.counted.get(marker.style) == marker.number - 1:
        return True
    return any(item.style == marker.style and marker.number > item.number for item in article.chain)


def _quotes_a_label(text: str) -> bool:
    if not opens_quotation(text):
        return False
    inner = text[1:]
    return bool(article_label(inner) or division_label(inner) or item_marker(inner))
