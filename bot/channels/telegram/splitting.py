"""Long HTML becomes several messages: cut between blocks, else between paragraphs, else after a sentence,
never inside a tag or an entity. Tags open at a cut are closed before it and opened again after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import accumulate

LIMIT = 4096  # UTF-16 units after entity parsing: Telegram's limit for a message

_PIECE = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);|.", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_SENTENCE_ENDS = frozenset("。！？；!?;")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A tag (of no width), an entity or one character."""

    markup: str
    width: int  # UTF-16 units that the reader's message grows by

    @property
    def is_tag(self) -> bool:
        return len(self.markup) > 1 and self.markup.startswith("<")


def plain(html: str) -> str:
    """The words of HTML without their markup."""
    return unescape(_TAG.sub("", html))


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(html: str, limit: int = LIMIT) -> list[str]:
    """``html`` in parts of at most ``limit`` units each; an empty text gives none."""
    if units(html) <= limit or units(plain(html)) <= limit:
        return [html] if plain(html).strip() else []
    return list(_parts([_piece(match.group()) for match in _PIECE.finditer(html)], limit))


def _piece(markup: str) -> _Piece:
    return _Piece(markup, units(plain(markup)))


def _parts(pieces: list[_Piece], limit: int) -> Iterator[str]:
    open_tags: list[str] = []
    start = 0
    while start < len(pieces):
        end = _cut(pieces, start, limit)
        opened = "".join(open_tags)
        for piece in pieces[start:end]:
            _follow(piece, open_tags)
        body = "".join(piece.markup for piece in pieces[start:end]).strip()
        part = opened + body + "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        if plain(part).strip():
            yield part
        start = end


def _cut(pieces: list[_Piece], start: int, limit: int) -> int:
    """Where the part that begins at ``start`` ends: the last good border within the limit."""
    widths = accumulate(piece.width for piece in pieces[start:])
    end = next((start + n for n, total in enumerate(widths) if total > limit), len(pieces))
    if end == len(pieces):
        return end
    for is_border in (_block_border, _line_border, _sentence_border, _word_border):
        for place in range(end, start + 1, -1):
            if is_border(pieces, place) and _has_words(pieces, start, place):
                return place
    return max(end, start + 1)


def _block_border(pieces: list[_Piece], place: int) -> bool:
    return pieces[place - 1].markup == "\n" and place > 1 and pieces[place - 2].markup == "\n"


def _line_border(pieces: list[_Piece], place: int) -> bool:
    return pieces[place - 1].markup == "\n"


def _sentence_border(pieces: list[_Piece], place: int) -> bool:
    return pieces[place - 1].markup in _SENTENCE_ENDS


def _word_border(pieces: list[_Piece], place: int) -> bool:
    return pieces[place - 1].markup.isspace()


def _has_words(pieces: list[_Piece], start: int, end: int) -> bool:
    return any(piece.width and not piece.markup.isspace() for piece in pieces[start:end])


def _follow(piece: _Piece, open_tags: list[str]) -> None:
    if not piece.is_tag:
        return
    if piece.markup.startswith("</"):
        if open_tags:
            open_tags.pop()
    else:
        open_tags.append(piece.markup)


def _name(tag: str) -> str:
    return tag.strip("<>").split()[0]
