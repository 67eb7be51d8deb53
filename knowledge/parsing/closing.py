"""What stands below the last article: signature and day, and the notes of the printing office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import ParsedArticle, ParsedParagraph

_DAY = re.compile(
    r"[12〇○零一二][\d〇○零一二三四五六七八九]{3}\s*年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十廿]{1,3}日"
)
_SIGNATURE = re.compile(r"[^\W\d_](?:[^\W_]|[ 、（）]){1,39}")
_SIGNATURE_LINES = 4
_IMPRINT = re.compile(
    r"[（(]?此件.{2,12}[）)]?|(?:信息)?公开(?:方式|属性|选项|类别)[：:].{2,20}|(?:主题词|抄送|抄报|分送|主送|校对)[：:].*"
    r"|.{2,30}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发"
)


def split_closing(
    articles: Sequence[ParsedArticle],
) -> tuple[tuple[ParsedArticle, ...], tuple[str, ...], tuple[str, ...]]:
    """Part what is not of the last article from it: the articles, signature and day, the imprint."""
    if not articles:
        return (), (), ()
    paragraphs = articles[-1].paragraphs
    printed = _imprint_from(paragraphs)
    signed = _signature_from(paragraphs[:printed])
    last = replace(articles[-1], paragraphs=paragraphs[:signed])
    closing = tuple(paragraph.text for paragraph in paragraphs[signed:printed])
    return (*articles[:-1], last), closing, tuple(paragraph.text for paragraph in paragraphs[printed:])


def _imprint_from(paragraphs: Sequence[ParsedParagraph]) -> int:
    start = len(paragraphs)
    while (
        start > 1 and _stands_alone(paragraphs[start - 1]) and _IMPRINT.fullmatch(paragraphs[start - 1].text)
    ):
        start -= 1
    return start


def _signature_from(paragraphs: Sequence[ParsedParagraph]) -> int:
    """Where the signature begins whose last line is a day; the end where there is none."""
    end = len(paragraphs)
    if not end or not _stands_alone(paragraphs[-1]) or not _DAY.fullmatch(paragraphs[-1].text):
        return end
    start = end - 1
    while (
        start > 1
        and end - start < _SIGNATURE_LINES
        and _stands_alone(paragraphs[start - 1])
        and _SIGNATURE.fullmatch(paragraphs[start - 1].text)
    ):
        start -= 1
    return start or end


def _stands_alone(paragraph: ParsedParagraph) -> bool:
    return not paragraph.items
