"""What people say to steer the talk: leave it, begin anew, go back, another language, a word of annoyance.

The words are data (``cues.toml``); here is only how they are looked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bot.understanding.dialect import mandarin

TABLE = Path(__file__).with_name("cues.toml")
_SIGN = re.compile(r"[^\W_]")
_PIECE = re.compile(r"[^,。.!?~…;:、\n]+")
_SHORT = 80  # characters: a word that steers the talk is no letter
_LONGEST = 40  # characters of a piece that steers the talk
_SOME = 4  # characters that something new has at least


@dataclass(frozen=True, slots=True)
class Heard:
    """What steers the talk in one message. ``rest``: what follows a word that leaves or begins anew."""

    cues: frozenset[str] = frozenset()
    rest: str = ""
    trade: str | None = None  # the route of whoever describes their own trade
    language: str | None = None

    def __contains__(self, cue: str) -> bool:
        return cue in self.cues


@dataclass(frozen=True, slots=True)
class _Cue:
    whole: re.Pattern[str] | None = None
    forms: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    goes_on: bool = False

    def in_words(self, text: str) -> bool:
        if self.forms is None or not self.forms.search(text):
            return False
        return self.unless is None or not self.unless.search(text)


@lru_cache(maxsize=16)
def hear(text: str) -> Heard:
    """The cues of a message's plain text."""
    words = mandarin(text.lower())
    table = _table()
    said, rest = _steering(text)
    return Heard(
        cues=frozenset((*said, *_in_words(table["cue"], words))),
        rest=rest,
        trade=next(_in_words(table["trade"], words), None),
        language=next(_in_words(table["language"], words), None),
    )


def says_nothing(text: str) -> bool:
    """Whether a message holds no letter, digit or character: only signs, or nothing at all."""
    return _SIGN.search(text) is None


def _steering(text: str) -> tuple[tuple[str, ...], str]:
    """The cues that a message is nothing else but, or that it begins with before something new."""
    if len(text) > _SHORT:
        return (), ""
    said: list[str] = []
    for piece in _PIECE.finditer(text):
        named = _whole(piece[0].strip().lower())
        if named is None:
            return _before(said, text[piece.start() :].strip())
        said += named
    return tuple(said), ""


def _before(said: list[str], rest: str) -> tuple[tuple[str, ...], str]:
    table = _table()["cue"]
    on = tuple(name for name in said if table[name].goes_on)
    return (on, rest) if on and len(rest) >= _SOME else ((), "")


def _whole(piece: str) -> list[str] | None:
    """The cues that a piece is; none for a word that only stands beside them, None for anything else."""
    if len(piece) > _LONGEST:
        return None
    table = _table()
    named = [name for name, cue in table["cue"].items() if cue.whole and cue.whole.fullmatch(piece)]
    apart = table["around"]["apart"].forms
    return named if named or not piece or (apart and apart.fullmatch(piece)) else None


def _in_words(cues: Mapping[str, _Cue], words: str) -> Iterator[str]:
    return (name for name, cue in cues.items() if cue.in_words(words))


@cache
def _table() -> Mapping[str, Mapping[str, _Cue]]:
    """Compiled with the first message rather than at start-up."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    around = rows.pop("around")
    groups = {name: rows.pop(name) for name in ("trade", "language")} | {"cue": rows}
    table = {group: {name: _cue(row, around) for name, row in held.items()} for group, held in groups.items()}
    return table | {"around": {"apart": _Cue(forms=_either(around["apart"]))}}


def _cue(row: Mapping[str, Any], around: Mapping[str, list[str]]) -> _Cue:
    before, after = ("|".join(around[side]) for side in ("before", "after"))
    whole = f"(?:(?:{before}) ?)*(?:{'|'.join(row['whole'])})(?: ?(?:{after}))*" if "whole" in row else None
    return _Cue(
        whole=re.compile(whole) if whole else None,
        forms=_either(row["forms"]) if "forms" in row else None,
        unless=_either(row["unless"]) if "unless" in row else None,
        goes_on=row.get("goes_on", False),
    )


def _either(forms: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(forms))
