"""The one parser of Chinese legal texts: 编, 分编, 章, 节, 条, 款, 项, 目; 一、（一） where there is no 条.

It never renumbers and never drops text: gaps and doubles become warnings.

Addresses: article ``art_10``, 第一百三十三条之一 ``art_133-1``; its second 款 ``art_10__para_2``; an item
``art_16__item_2`` where one 款 of the article holds items, else ``art_10__para_2__item_1``; a 目 below it
``art_16__item_2__indent_1``; sections ``sec_1``, ``sec_1_2``; divisions ``chp_1``,
``part_2__chp_1__sec_3``. A number that stands twice gets ``~2``: ``art_5~2``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import ParsedDivision, ParsedInstrument
from knowledge.parsing.body import BodyReader, find_body
from knowledge.parsing.closing import split_closing
from knowledge.parsing.front import Front, read_front
from knowledge.parsing.furniture import without_furniture
from knowledge.parsing.lines import Line, read_lines
from knowledge.parsing.run_in import parted
from knowledge.parsing.sections import SectionReader, find_sections
from knowledge.parsing.wrapped import joined


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
    articles, closing, imprint = (tuple(body.articles), (), ()) if headed else split_closing(body.articles)
    warnings = [*body.warnings]
    if not front.title:
        warnings.insert(0, "没有找到标题")
    return ParsedInstrument(
        title=front.title,
        number=front.number,
        chapters=tuple(division.heading for division in divisions if division.level == "chapter"),
        articles=articles,
        preamble=front.preamble,
        annexes=(*imprint, *lines[body.rest :]),
        warnings=tuple(warnings),
        front=front.lines,
        contents=front.contents,
        divisions=divisions,
        closing=closing,
    )


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
