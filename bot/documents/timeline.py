"""The timeline as a picture for phones: a line with a dot for each date, words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.documents.fonts import find_face, sized
from bot.messages import Language, TimelineRow

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

MEDIA_TYPE = "image/png"

_WIDTH, _MARGIN, _DOT = 1080, 64, 14  # pixels
_TEXT_LEFT = _MARGIN + 60
_PAPER, _INK, _FAINT, _LINE = "#ffffff", "#1b1f24", "#57606a", "#c9d1d9"
_COLOURS: Mapping[str, str] = {
    "upcoming": "#1f6feb",
    "due_today": "#bf5f00",
    "overdue": "#c62828",
    "done": "#2e7d32",
}
_LEADING = 1.45
_SHADES = 48
_CLOSING = "，。；：、！？）】》”’…,.;:!?)"
_TALLEST = 12_000  # pixels; messengers refuse more


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says around its rows."""

    title: str
    notes: Sequence[str]
    language: Language


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of text on the picture; ``dot``: a date's colour, on its first line."""

    text: str
    font: FreeTypeFont
    colour: str
    left: int
    dot: str = ""
    gap: int = 0  # pixels above

    @property
    def height(self) -> int:
        return self.gap + round(self.font.size * _LEADING)


def draw_timeline(path: Path, rows: Sequence[TimelineRow], words: Words) -> bool:
    """Draw it; False, and no file, where no font here has all the characters."""
    face = find_face(_all_text(rows, words), words.language)
    if face is None:
        return False
    from PIL import Image, ImageDraw

    pieces = list(_pieces(rows, words, {size: sized(face, size) for size in (48, 38, 30)}))
    height = min(2 * _MARGIN + sum(piece.height for piece in pieces), _TALLEST)
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    _draw(ImageDraw.Draw(picture), pieces)
    picture.quantize(_SHADES).save(path, "PNG")  # a third of the size, and nobody sees the difference
    return True


def _all_text(rows: Sequence[TimelineRow], words: Words) -> str:
    shown = [part for row in rows for part in (row.day, row.title, row.remaining, row.note)]
    return "".join((words.title, *words.notes, *shown, "·"))


def _pieces(rows: Sequence[TimelineRow], words: Words, fonts: Mapping[int, FreeTypeFont]) -> Iterator[_Piece]:
    """Every line from top to bottom."""
    large, middle, small = fonts[48], fonts[38], fonts[30]
    for text in _wrapped(words.title, large, _WIDTH - 2 * _MARGIN):
        yield _Piece(text, large, _INK, _MARGIN)
    room = _WIDTH - _TEXT_LEFT - _MARGIN
    for row in rows:
        colour = _COLOURS[row.status]
        day = f"{row.day}  ·  {row.remaining}" if row.remaining else row.day
        for place, text in enumerate(_wrapped(day, middle, room)):
            yield _Piece(
                text, middle, colour, _TEXT_LEFT, colour if not place else "", 28 if not place else 0
            )
        for text in _wrapped(row.title, middle, room):
            yield _Piece(text, middle, _INK, _TEXT_LEFT)
        for text in _wrapped(row.note, small, room):
            yield _Piece(text, small, _FAINT, _TEXT_LEFT)
    for note in words.notes:
        for place, text in enumerate(_wrapped(note, small, _WIDTH - 2 * _MARGIN)):
            yield _Piece(text, small, _FAINT, _MARGIN, gap=24 if not place else 0)


def _wrapped(text: str, font: FreeTypeFont, room: int) -> Iterator[str]:
    """The text in lines that fit; Latin words and numbers stay whole where a line can hold them."""
    line = ""
    for word in _words(text):
        if line and font.getlength(line + word.rstrip()) > room:
            yield line.rstrip()
            line = ""
        for char in word:
            if line and font.getlength(line + char) > room:
                yield line.rstrip()
                line = ""
            line += char
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Chinese characters one by one, runs of others with the blank behind them; what closes stays with what
    it closes."""
    run = ""
    for char in " ".join(text.split()):
        begins = char > "\u2e7f" or (run and run[-1] > "\u2e7f") or run.endswith(" ")
        if run and begins and char not in _CLOSING:
            yield run
            run = ""
        run += char
    if run:
        yield run


def _draw(pen: ImageDraw, pieces: Sequence[_Piece]) -> None:
    top, dots = _MARGIN, []
    for piece in pieces:
        middle = top + piece.gap + (piece.height - piece.gap) // 2
        if piece.dot:
            dots.append((middle, piece.dot))
        pen.text((piece.left, middle), piece.text, font=piece.font, fill=piece.colour, anchor="lm")
        top += piece.height
    centre = _MARGIN + _DOT
    if len(dots) > 1:
        pen.line([(centre, dots[0][0]), (centre, dots[-1][0])], fill=_LINE, width=4)
    for middle, colour in dots:
        pen.ellipse([centre - _DOT, middle - _DOT, centre + _DOT, middle + _DOT], fill=colour)
