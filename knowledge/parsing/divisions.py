"""The open path of 编, 分编, 章 and 节, and all divisions in order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from knowledge.model import ParsedDivision
from knowledge.numerals import to_chinese
from knowledge.parsing.labels import LEVELS, DivisionLabel, close_up, is_label, is_unnumbered
from knowledge.parsing.tree import repeated

_SHORT = {"part": "part", "subpart": "subpart", "chapter": "chp", "section": "sec"}
_SIGN = {"part": "编", "subpart": "分编", "chapter": "章", "section": "节"}
_TITLE = re.compile(r"[^\W\d_](?:[^\W_]|[、和与 《》（）]){0,29}")


@dataclass(slots=True)
class _OpenDivision:
    level: str
    number: int | None
    heading: str
    address: str
    start: int
    text: list[str] = field(default_factory=list)


class Divisions:
    """Collects divisions; ``path`` are the headings above the next article, outermost first."""

    def __init__(self) -> None:
        self._all: list[_OpenDivision] = []
        self._open: list[_OpenDivision] = []
        self._last: dict[str, int] = {}  # level -> its last count
        self._seen: Counter[str] = Counter()
        self._warnings: list[str] = []

    @property
    def path(self) -> tuple[str, ...]:
        """Headings of the open divisions."""
        return tuple(division.heading for division in self._open)

    def open(self, label: DivisionLabel, following: str, start: int) -> int:
        """Open the division that ``label`` heads, before article number ``start`` (from zero).

        Returns 1 if ``following``, the next line, was taken as its title, else 0.
        """
        level = label.level or (self._open[0].level if self._open else "chapter")
        heading, taken = label.heading, 0
        if label.number is not None and not label.title and is_division_title(following):
            heading, taken = f"{heading} {close_up(following)}", 1
        self._open = [above for above in self._open if LEVELS.index(above.level) < LEVELS.index(level)]
        self._count(level, label.number)
        address = self._address(level, label)
        division = _OpenDivision(level, label.number, heading, address, start)
        self._open.append(division)
        self._all.append(division)
        return taken

    def add_text(self, line: str) -> None:
        """A line between a heading and its first article."""
        self._all[-1].text.append(line)

    def take_warnings(self) -> list[str]:
        """Warnings since the last call."""
        taken, self._warnings = self._warnings, []
        return taken

    def frozen(self) -> tuple[ParsedDivision, ...]:
        """All divisions in order."""
        return tuple(
            ParsedDivision(
                division.level,
                "" if division.number is None else str(division.number),
                division.heading,
                division.address,
                division.start,
                tuple(division.text),
            )
            for division in self._all
        )

    def _count(self, level: str, number: int | None) -> None:
        """Warn of a gap or a double. Below a new 编 or 章 the count may go on or start again."""
        if number is None:
            return
        last, sign = self._last.get(level, 0), _SIGN[level]
        if number > last + 1:
            self._warnings.append(
                f"编号不连续：第{to_chinese(number)}{sign}之前缺第{to_chinese(last + 1)}{sign}"
            )
        elif 1 < number <= last:
            self._warnings.append(
                f"编号重复或倒退：第{to_chinese(last)}{sign}之后是第{to_chinese(number)}{sign}"
            )
        self._last[level] = number

    def _address(self, level: str, label: DivisionLabel) -> str:
        above = self._open[-1].address + "__" if self._open else ""
        own = f"{above}{_SHORT[level]}_{'end' if label.number is None else label.number}"
        self._seen[own] += 1
        return repeated(own, self._seen[own])


def is_division_title(line: str) -> bool:
    """Whether a line below a bare 第一章 reads like its title."""
    return bool(_TITLE.fullmatch(close_up(line))) and (is_unnumbered(line) or not is_label(line))
