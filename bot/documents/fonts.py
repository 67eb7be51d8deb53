"""A font on this machine that truly has the characters of a text. Without one there is no picture: boxes in
the place of words would be worse than none."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.messages import Language

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_PATTERNS: dict[Language, str] = {
    "zh-Hans": "sans-serif:lang=zh-cn",
    "zh-Hant": "sans-serif:lang=zh-hk",
    "en": "sans-serif:lang=zh-cn",  # English pages hold Chinese names too
}
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_NAMES = ("*CJK*", "*PingFang*", "msyh*", "simhei*", "simsun*", "wqy*", "*DroidSansFallback*", "*SourceHan*")
_MOST_FACES = 12  # of a collection
_PROBE = 24  # pixels
_NO_CHARACTER = "\U0010ffff"  # what no font has: it shows how a font draws what it lacks
_ANSWER_WITHIN = 5  # seconds


@dataclass(frozen=True, slots=True)
class Face:
    """A face of a font file; collections hold several."""

    path: str
    index: int = 0


def find_face(text: str, language: Language) -> Face | None:
    """The first face that has every character of the text; None where no font on this machine has."""
    needed = frozenset(text)
    return next((face for face in _candidates(language) if has_all(face, needed)), None)


def sized(face: Face, size: int) -> FreeTypeFont:
    """The face at a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(face.path, size, index=face.index)


def has_all(face: Face, characters: frozenset[str]) -> bool:
    """Whether each character has a drawing of its own, other than the one for what is missing."""
    drawn = _drawn(face)
    return drawn is not None and all(drawn(char) for char in characters if not char.isspace())


class _Drawn:
    """Which characters a face draws; asked again and again for the same few."""

    def __init__(self, face: Face) -> None:
        self._font = sized(face, _PROBE)
        self._known: dict[str, bool] = {}
        self._missing = self._drawing(_NO_CHARACTER)

    def __call__(self, char: str) -> bool:
        if char not in self._known:
            self._known[char] = self._drawing(char) != self._missing
        return self._known[char]

    def _drawing(self, char: str) -> tuple[tuple[int, int], bytes]:
        mask = self._font.getmask(char)
        return mask.size, bytes(mask)


@cache
def _drawn(face: Face) -> _Drawn | None:
    try:
        return _Drawn(face)
    except OSError:
        return None  # no font, or one that the library cannot open


@cache
def _candidates(language: Language) -> tuple[Face, ...]:
    return tuple(dict.fromkeys((*_matched(language), *_lying_about())))


def _matched(language: Language) -> Iterator[Face]:
    """What the system itself would take (fontconfig)."""
    program = shutil.which("fc-match")
    if program is None:
        return
    command = [program, "--format", "%{file}|%{index}", _PATTERNS[language]]
    try:
        said = subprocess.run(  # noqa: S603 - a fixed program, fixed arguments
            command, capture_output=True, text=True, timeout=_ANSWER_WITHIN, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    path, _, index = said.partition("|")
    if Path(path).is_file():
        yield Face(path, int(index) if index.isdecimal() else 0)


def _lying_about() -> Iterator[Face]:
    """Fonts known for their Chinese characters, where systems keep fonts."""
    for folder in _FOLDERS:
        root = Path(folder).expanduser()
        for name in _NAMES if root.is_dir() else ():
            for path in sorted(root.rglob(name)):
                if path.suffix.lower() in (".ttf", ".otf"):
                    yield Face(str(path))
                elif path.suffix.lower() in (".ttc", ".otc"):
                    yield from (Face(str(path), index) for index in range(_MOST_FACES))
