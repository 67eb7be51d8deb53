"""The one parser of Chinese legal texts: 编, 分编, 章, 节, 条, 款, 项, 目; 一、（一） where there is no 条.

It never renumbers and never drops text: gaps and doubles become warnings.

Addresses: article ``art_10``, 第一百三十三条之一 ``art_133-1``; its second 款 ``art_10__para_2``; an item
``art_16__item_2`` where one 款 of the article holds items, else ``art_10__para_2__item_1``; a 目 below it
``art_16__item_2__indent_1``; sections ``sec_1``, ``sec_1_2``; divisions ``chp_1``,
``part_2__chp_1__sec_3``. A number that stands twice gets ``~2``: ``art_5~2``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import ParsedArticle, ParsedDivision, ParsedInstrument
from knowledge.parsing.body import BodyReader, find_body
from knowledge.parsing.front import Front, read_front
from knowledge.parsing.furniture import without_furniture
from knowledge.parsing.lines import Line, read_lines
from knowledge.parsing.run_in import parted
from knowledge.parsing.sections import SectionReader, find_sections
from knowledge.parsing.wrapped import joined

_DAY = re.compile(
    r"[12〇○零一二][\d〇○零一二三四五六七八九]{3}\s*年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十廿]{1,3}日"
)
_SIGNATURE = re.compile(r"[^\W\d_](?:[^\W_]|[ 、（）]){1,39}")
_SIGNATURE_LINES = 4


def parse_instrument(text: str) -> ParsedInstrument:
    """The tree of ``text``. Takes time linear in its length and any string: what has neither articles
    nor sections comes back as preamble with a warning."""
    printed, left_out = without_furniture(read_lines(text))
    marked = joined(parted(printed))
    lines = [line.text for line in marked]
    parsed = _tree(marked, lines)
    return replace(parsed, warnings=(*parsed.warnings, *_left_out(left_out)))


def _tree(marked: Sequence[Line], lines: Sequence[str]) -> ParsedInstrument:
    body = find_body(lines)
    if body is not None:
        front = read_front(marked, body, lambda start: _or_end(find_body(lines, start), lines))
        articles = BodyReader(lines, front.body)
        return _instrument(lines, front, articles, articles.divisions)
    if sections := find_sections(lines):
        at, style = sections
        front = read_front(marked, at)
        return _instrument(lines, front, SectionReader(lines, front.body, style), ())
    return _without_articles(lines, read_front(marked, len(lines)))


def _left_out(lines: Sequence[str]) -> tuple[str, ...]:
    return (f"略去页码和页眉{len(lines)}行：{'、'.join(lines)}",) if lines else ()


def _or_end(found: int | None, lines: Sequence[str]) -> int:
    return len(lines) if found is None else found


def _instrument(
    lines: Sequence[str],
    front: Front,
    body: BodyReader | SectionReader,
    divisions: tuple[ParsedDivision, ...],
) -> ParsedInstrument:
    headed = bool(divisions) and divisions[-1].start == len(body.articles)
    articles, closing = (tuple(body.articles), ()) if headed else _split_closing(body.articles)
    warnings = [*body.warnings]
    if not front.title:
        warnings.insert(0, "没有找到标题")
    return ParsedInstrument(
        title=front.title,
        number=front.number,
        chapters=tuple(division.heading for division in divisions if division.level == "chapter"),
        articles=articles,
        preamble=front.preamble,
        annexes=tuple(lines[body.rest :]),
        warnings=tuple(warnings),
        front=front.lines,
        contents=front.contents,
        divisions=divisions,
        closing=closing,
    )


def _split_closing(articles: Sequence[ParsedArticle]) -> tuple[tuple[ParsedArticle, ...], tuple[str, ...]]:
    """Part the signature and the day under a text from its last article."""
    if not articles or not articles[-1].paragraphs:
        return tuple(articles), ()
    paragraphs = articles[-1].paragraphs
    end = len(paragraphs)
    if paragraphs[-1].items or not _DAY.fullmatch(paragraphs[-1].text):
        return tuple(articles), ()
    end -= 1
    while end > 1 and len(paragraphs) - end < _SIGNATURE_LINES and _is_signature(paragraphs[end - 1].text):
        if paragraphs[end - 1].items:
            break
        end -= 1
    if end == 0:
        return tuple(articles), ()
    last = replace(articles[-1], paragraphs=paragraphs[:end])
    return (*articles[:-1], last), tuple(paragraph.text for paragraph in paragraphs[end:])


def _is_signature(text: str) -> bool:
    return bool(_SIGNATURE.fullmatch(text))


def _without_articles(lines: Sequence[str], front: Front) -> ParsedInstrument:
    return ParsedInstrument(
        title=front.title,
        number=front.number,
        chapters=(),
        articles=(),
        preamble=front.preamble,
        warnings=("没有找到第…条，也没有一、二、这样的分段",) if lines else ("文本是空的",),
        front=front.lines,
        contents=front.contents,
    )
