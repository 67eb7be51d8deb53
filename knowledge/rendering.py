"""A parsed instrument as text again, in the ordinary form of a Chinese legal text.

Parsing what this writes gives the same tree.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from knowledge.model import ParsedArticle, ParsedDivision, ParsedInstrument, ParsedItem
from knowledge.numerals import article_label
from knowledge.parsing.labels import is_contents_heading, item_marker

_AFTER_LABEL = "\u3000"


def render(instrument: ParsedInstrument) -> str:
    """The whole text of ``instrument``; the title carries a heading mark ``#``."""
    return "".join(f"{line}\n" for line in _lines(instrument))


def render_article(article: ParsedArticle) -> str:
    """One article or section with its label, as it stands in the whole text."""
    return "\n".join(_article(article))


def _lines(instrument: ParsedInstrument) -> Iterator[str]:
    yield from instrument.front
    if instrument.title:
        yield f"# {instrument.title}"
    headed = bool(instrument.contents) and is_contents_heading(instrument.contents[0])
    if headed:
        yield from instrument.contents
    yield from instrument.preamble
    if not headed:
        yield from instrument.contents
    divisions = deque(instrument.divisions)
    for index, article in enumerate(instrument.articles):
        yield from _divisions(divisions, before=index)
        yield from _article(article)
    yield from _divisions(divisions, before=len(instrument.articles))
    yield from instrument.closing
    yield from instrument.annexes


def _divisions(divisions: deque[ParsedDivision], *, before: int) -> Iterator[str]:
    """The headings that stand before article number ``before`` (from zero); they are taken off the list."""
    while divisions and divisions[0].start <= before:
        division = divisions.popleft()
        yield division.heading
        yield from division.text


def _article(article: ParsedArticle) -> Iterator[str]:
    label = article.marker or _label(article)
    first = article.paragraphs[0].text if article.paragraphs else ""
    if article.marker:
        # A section's heading stands alone on its line: that is what makes it a heading.
        yield _joined(article.marker, article.heading or first)
        if article.heading and first:
            yield first
    else:
        heading = f"【{article.heading}】" if article.heading else ""
        content = heading + first
        yield f"{label}{_AFTER_LABEL}{content}" if content else label
    for index, paragraph in enumerate(article.paragraphs):
        if index and paragraph.text:
            yield paragraph.text
        yield from _items(paragraph.items)


def _items(items: Iterable[ParsedItem]) -> Iterator[str]:
    for item in items:
        yield _joined(item.marker, item.text)
        yield from _items(item.items)


def _label(article: ParsedArticle) -> str:
    number, _, inserted = article.number.partition("-")
    return article_label(int(number), int(inserted or 0))


def _joined(marker: str, text: str) -> str:
    """Marker and text on one line, a blank between them only where they would read otherwise without."""
    together = marker + text
    read = item_marker(together)
    return together if read and read.written == marker else f"{marker} {text}"
