"""Which instruments a text names, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import Instrument
from knowledge.wording import plain

# So short a name (办法, 说明) is also an everyday word: it counts only right before a number.
_SHORT = 2
_YEAR = re.compile(r"\s*[〔\[(]?((?:19|20)\d\d)[〕\])]?(?:\s|年|第|-)*(?=\d+号)")
_LATIN = re.compile(r"[a-z0-9 .]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument named at a place of a text. ``weak``: the word has an everyday meaning too."""

    start: int
    end: int
    instrument: str
    words: str
    weak: bool


class InstrumentNames:
    """All names of a set of instruments; the longest name wins where several fit."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._owner: dict[str, str] = {}
        self._sharers: dict[str, set[str]] = {}
        for instrument in instruments:
            for name in (instrument.title, instrument.short_title, instrument.number, *instrument.aliases):
                if key := _one_bracket(plain(name).strip("《》")):
                    self._owner.setdefault(key, instrument.id)
                    self._sharers.setdefault(key, set()).add(instrument.id)
        longest_first = sorted(self._owner, key=len, reverse=True)
        self._pattern = re.compile("|".join(_bounded(name) for name in longest_first) or r"(?!)")

    def sharing(self, identity: str) -> frozenset[str]:
        """The other instruments that go by one of the same names: a draft and its final text."""
        groups = [group for group in self._sharers.values() if identity in group and len(group) > 1]
        return frozenset().union(*groups) - {identity}

    def find(self, text: str) -> tuple[Mention, ...]:
        """The mentions in ``text`` (already plain), from left to right, none overlapping."""
        return tuple(
            Mention(
                found.start(),
                found.end(),
                self._owner[_one_bracket(found[0])],
                found[0],
                len(found[0]) <= _SHORT,
            )
            for found in self._pattern.finditer(text)
        )


def _one_bracket(name: str) -> str:
    """A document number with its year in 〔〕, whichever brackets it was typed with, or none."""
    return _YEAR.sub(r"〔\1〕", name)


def _bounded(name: str) -> str:
    escaped = re.escape(name).replace("〔", r"\s*[〔\[(]?").replace("〕", r"[〕\])]?(?:\s|年|第|-)*")
    if _LATIN.fullmatch(name):
        return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])"
    # 3号文 is not part of 23号文, nor 5号 of 15号.
    return rf"(?<![0-9]){escaped}" if name[0].isdigit() else escaped
