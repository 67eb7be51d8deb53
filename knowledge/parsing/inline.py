"""Items that run on in one line: …下列条件：（一）甲；（二）乙。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.parsing.labels import Marker, item_marker

_LIKE_A_MARKER = re.compile(r"[（(]\s*[零〇一二三四五六七八九十百廿卅\d]+\s*[）)]|\d[.．、）)]|[①-⑳㈠-㈩⑴-⒇]")
_LOOKED_AT = 12  # signs that tell a marker from a sentence
_FEWEST = 2  # items of a list in a line
_BETWEEN = "；;。，,、"
_OPENING, _CLOSING = "“「『（(《", "”」』）)》"
_UNSEPARATED = frozenset({"circle", "paren_sign"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A marker within a line and the sign before it."""

    at: int
    marker: Marker
    before: str


def enumerated(text: str) -> list[str]:
    """``text`` cut before each item that it counts out; whole where it counts out none."""
    if len(_LIKE_A_MARKER.findall(text)) < _FEWEST:
        return [text]
    cuts = list(_cuts(text))
    return [text[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _cuts(text: str) -> Iterator[int]:
    places = list(_places(text))
    opening = item_marker(text[:_LOOKED_AT])
    counted = {opening.style: opening.number} if opening else {}
    for index, place in enumerate(places):
        style, number = place.marker.style, place.marker.number
        if number == 1:
            begins = _begins(place, places[index + 1 :])
        else:
            parted = place.before in _BETWEEN or style in _UNSEPARATED
            begins = parted and counted.get(style) == number - 1
        if begins:
            counted[style] = number
            yield place.at


def _begins(first: _Place, later: list[_Place]) -> bool:
    """Whether a list begins at ``first``: a colon stands before it, or its items are parted as items are."""
    style = first.marker.style
    second = next((one for one in later if one.marker.style == style), None)
    if second is None or second.marker.number != first.marker.number + 1 or first.before == "第":
        return False
    if first.before in "：:":
        return second.before in _BETWEEN or style in _UNSEPARATED
    return second.before in "；;"


def _places(text: str) -> Iterator[_Place]:
    """The markers in ``text`` that stand in no quotation and no brackets, but not one that opens it."""
    opening = item_marker(text[:_LOOKED_AT])
    at, depth, before = len(opening.written) if opening else 0, 0, ""
    while at < len(text):
        sign = text[at]
        marker = item_marker(text[at : at + _LOOKED_AT]) if depth == 0 and not before.isdigit() else None
        if marker and marker.style != "han" and before:
            yield _Place(at, marker, before)
            at += len(marker.written)
            before = marker.written[-1]
            continue
        depth += (sign in _OPENING) - (sign in _CLOSING and depth > 0)
        before = before if sign.isspace() else sign
        at += 1
