"""Word's automatic numbers (第一条, （一）, 1.), counted as Word counts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from knowledge.numerals import to_chinese

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9


def _positional(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_WRITTEN: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": to_chinese,
    "chineseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "taiwaneseCountingThousand": to_chinese,
    "taiwaneseCounting": to_chinese,
    "ideographDigital": _positional,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    written: Callable[[int], str]
    pattern: str  # 第%1条


class Numbering:
    """The numbered lists of one file. :meth:`label` must be asked of its paragraphs in order."""

    def __init__(
        self, lists: dict[str, tuple[str, dict[int, _Level]]], styles: dict[str, tuple[str, int]]
    ) -> None:
        self._lists = lists  # list id -> what it counts with, its levels
        self._styles = styles  # paragraph style -> list id and level
        self._counts: dict[str, list[int | None]] = {}

    @classmethod
    def of(cls, part: Any) -> Numbering:
        """The lists and numbered styles of a document part."""
        try:
            root = part.numbering_part.element
        except (KeyError, NotImplementedError):
            return cls({}, {})
        abstract = {one.get(f"{_W}abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
        lists = {}
        for one in root.iterchildren(f"{_W}num"):
            base = abstract.get(_value(one, "abstractNumId"))
            if base is not None:
                lists[one.get(f"{_W}numId")] = _list_of(one, base)
        return cls(lists, _numbered_styles(part))

    def label(self, paragraph: Any) -> str:
        """The number before ``paragraph`` with a blank after it, "" where it has none."""
        list_id, level = self._place(paragraph)
        counter, levels = self._lists.get(list_id, ("", {}))
        if level not in levels:
            return ""
        counts = self._counts.setdefault(counter, [None] * _LEVELS)
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        for below in range(level + 1, _LEVELS):
            counts[below] = None
        return _written(levels, level, counts)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """List and level of a paragraph: its own, else its style's."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        style_id, style_level = self._styles.get(_value(properties, "pStyle"), ("", 0))
        numbered = properties.find(f"{_W}numPr")
        if numbered is None:
            return style_id, style_level
        level = _value(numbered, "ilvl")
        return _value(numbered, "numId") or style_id, int(level) if level else style_level


def _written(levels: dict[int, _Level], level: int, counts: list[int | None]) -> str:
    label = levels[level].pattern
    for depth in range(level + 1):
        number = counts[depth]
        shown = levels[depth].start if number is None and depth in levels else number or 0
        written = levels[depth].written if depth in levels else str
        label = label.replace(f"%{depth + 1}", written(shown))
    return f"{label} " if label.strip() and any(sign.isalnum() for sign in label) else ""


def _list_of(one: Any, base: Any) -> tuple[str, dict[int, _Level]]:
    """What a list counts with (lists of one origin share a count unless they start anew), and its levels."""
    levels = {int(level.get(f"{_W}ilvl")): _level(level) for level in base.iterchildren(f"{_W}lvl")}
    counter = f"base {base.get(f'{_W}abstractNumId')}"
    for override in one.iterchildren(f"{_W}lvlOverride"):
        depth = int(override.get(f"{_W}ilvl"))
        if (replaced := override.find(f"{_W}lvl")) is not None:
            levels[depth] = _level(replaced)
        if (start := _value(override, "startOverride")) and depth in levels:
            levels[depth] = _Level(int(start), levels[depth].written, levels[depth].pattern)
            counter = f"list {one.get(f'{_W}numId')}"
    return counter, levels


def _level(level: Any) -> _Level:
    form = _value(level, "numFmt")
    pattern = "" if form in ("bullet", "none") else _value(level, "lvlText")
    return _Level(int(_value(level, "start") or 1), _WRITTEN.get(form, str), pattern)


def _numbered_styles(part: Any) -> dict[str, tuple[str, int]]:
    """Styles that number their paragraphs, those based on another included."""
    elements = {one.get(f"{_W}styleId"): one for one in part.styles.element.iterchildren(f"{_W}style")}

    def place(style: Any, depth: int = 0) -> tuple[str, int]:
        properties = style.find(f"{_W}pPr")
        numbered = properties.find(f"{_W}numPr") if properties is not None else None
        if numbered is not None:
            return _value(numbered, "numId"), int(_value(numbered, "ilvl") or 0)
        base = elements.get(_value(style, "basedOn"))
        return place(base, depth + 1) if base is not None and depth < _LEVELS else ("", 0)

    return {name: place(style) for name, style in elements.items()}


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return "" if child is None else str(child.get(f"{_W}val") or "")
