"""Lines that were broken by the width of a page, or in the middle of a sentence, made whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.parsing.labels import article_label, division_label, ends_sentence, is_label, item_marker
from knowledge.parsing.lines import Line

_CELLS = re.compile(r"\t|\||[ \u3000]{2}")
_STOPS = re.compile(r"[，。；：、,;]")
_WITHIN = re.compile(r"[。；：;]")
_HANGING = "，、,（(《〈“‘"
_LONG = 20  # signs; a line without any stop that is shorter may be a heading, a cell, a formula
_WIDEST_PAGE = 60  # signs; lines that are longer were not broken by a page
_NEARLY = 0.85  # share of the width from which a line is full
_REST = 10  # signs; a paragraph below a heading is longer than the rest of a sentence may be


def joined(lines: Sequence[Line]) -> list[Line]:
    """The lines with each sentence on one line; headings, cells and signatures stay apart."""
    closes = _closing(lines)
    full = max(_LONG, _NEARLY * _width(lines))
    body = next((i for i, line in enumerate(lines) if is_label(line.text)), len(lines))
    whole: list[Line] = []
    for index, line in enumerate(lines):
        if whole and _goes_on(whole[-1], line, full, in_body=index > body, closes=closes[index]):
            whole[-1] = replace(whole[-1], text=_together(whole[-1].text, line.text))
        else:
            whole.append(line)
    return whole


def _width(lines: Sequence[Line]) -> float:
    """How many signs a full line has; endless where the text was not broken by a page."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return width if width <= _WIDEST_PAGE else float("inf")


def _goes_on(before: Line, line: Line, full: float, *, in_body: bool, closes: bool) -> bool:
    if before.marked or line.marked or _CELLS.search(line.text):
        return False
    if _closes_bracket(before.text, line.text) and not is_label(line.text):
        return True
    if not in_body or not _is_open(before.text) or not _may_follow(before.text, line.text):
        return False
    if before.text[-1] in _HANGING:
        return True
    return closes and (len(line.text) < _REST or _is_no_heading(before.text, full))


def _is_open(text: str) -> bool:
    """Whether ``text`` stops in the middle of a sentence."""
    content = _content(text)
    if not content or division_label(text) or _CELLS.search(content):
        return False
    if content[-1] in _HANGING:
        return True
    return not ends_sentence(content) and (bool(_STOPS.search(content)) or len(content) >= _LONG)


def _is_no_heading(text: str, full: float) -> bool:
    """Whether an open line is a sentence; （一）强化管控，推进转型 may head the paragraph below it."""
    return bool(article_label(text)) or len(text) >= full or bool(_WITHIN.search(text))


def _content(text: str) -> str:
    """``text`` without the label that opens it."""
    label = article_label(text) or item_marker(text)
    return label.rest if label else text


def _may_follow(before: str, text: str) -> bool:
    if not is_label(text):
        return True
    label = article_label(text)
    return before[-1] in "、和或及" and label is not None and not label.spaced


def _closes_bracket(before: str, text: str) -> bool:
    """Whether ``before`` opens a bracket that ``text`` closes before it opens another."""
    for opening, closing in (("《", "》"), ("（", "）")):
        opened = before.rfind(opening) > before.rfind(closing)
        closed = text.find(closing)
        if opened and closed >= 0 and opening not in text[:closed]:
            return True
    return False


def _closing(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it, or the lines that it goes on in, come to the end of a sentence."""
    closes = [False] * len(lines)
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        following = index + 1 < len(lines) and not is_label(lines[index + 1].text)
        goes_on = following and not _CELLS.search(_content(text)) and not division_label(text)
        closes[index] = ends_sentence(text) or (goes_on and closes[index + 1])
    return closes


def _together(first: str, second: str) -> str:
    words = first[-1].isascii() and first[-1].isalnum() and second[0].isascii() and second[0].isalnum()
    return f"{first} {second}" if words else first + second
