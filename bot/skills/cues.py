"""What people say to steer the talk: leave it, begin anew, go back, another language, a word of annoyance.

The words are data (``cue_words``, ``remarks.toml``); here is only how they are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from bot.understanding.dialect import mandarin
from knowledge.finding import Finder, Index, finders
from knowledge.kept import read_table, read_tables

TABLES = Path(__file__).with_name("cue_words")
REMARKS = Path(__file__).with_name("remarks.toml")
_SIGN = re.compile(r"[^\W_]")
_PIECE = re.compile(r"[^,。.!?~…;:、\n]+")
_STROKE = re.compile(
    r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff\d])"
)  # 烦死了 凭啥: a blank that parts as a comma does
_SHORT = 80  # characters: a word that steers the talk is no letter
_LONGEST = 40  # characters of a piece that steers the talk
_SOME = 4  # characters that something new has at least


@dataclass(frozen=True, slots=True)
class Heard:
    """What steers the talk in one message. ``whole``: what it is nothing else but. ``rest``: what follows a
    word that leaves or begins anew."""

    cues: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    rest: str = ""
    trade: str | None = None  # the route of whoever describes their own trade
    language: str | None = None

    def __contains__(self, cue: str) -> bool:
        return cue in self.cues


class _Whole:
    """What a message or a piece of it is nothing else but, and what may stand around that."""

    def __init__(self, core: Finder, around: Mapping[str, list[str]]) -> None:
        self.core = core
        self._around = around

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        before, after = ("|".join(self._around[side]) for side in ("before", "after"))
        return re.compile(f"(?:(?:{before}) ?)*(?:{self.core.pattern})(?: ?(?:{after}))*")

    def is_said(self, piece: str) -> bool:
        """Whether the piece is that."""
        return self._pattern.fullmatch(piece) is not None


@dataclass(frozen=True, slots=True)
class _Cue:
    whole: _Whole | None = None
    forms: tuple[Finder, ...] = ()
    unless: tuple[Finder, ...] = ()
    goes_on: bool = False
    small: bool = False  # only stands beside what else is said
    alone: bool = False  # means this only where nothing but small talk stands beside it

    def denied_in(self, text: str) -> bool:
        return any(form.search(text) for form in self.unless)


@lru_cache(maxsize=16)
def hear(text: str) -> Heard:
    """The cues of a message's plain text."""
    text = _STROKE.sub(",", text)
    words = mandarin(text.lower())
    said, rest = _steering(mandarin(text) if len(text) <= _SHORT else text)
    bare, held = _without_sighs(words), _in_words(words)
    return Heard(
        cues=frozenset((*said, *held["cue"], *(_in_words(bare)["cue"] if bare else ()))),
        whole=frozenset(said),
        rest=rest,
        trade=next(iter(held["trade"]), None),
        language=next(iter(held["language"]), None),
    )


def says_nothing(text: str) -> bool:
    """Whether a message holds no letter, digit or character: only signs, or nothing at all."""
    return _SIGN.search(text) is None


def _steering(text: str) -> tuple[tuple[str, ...], str]:
    """The cues that a message is nothing else but, or that it begins with before something new."""
    if len(text) > _SHORT:
        return (), ""
    said: list[tuple[str, ...]] = []
    for piece in _PIECE.finditer(text):
        named = _whole(piece[0].strip().lower())
        if named is None:
            return _before(said, text[piece.start() :].strip())
        said += [named] if named else ()
    return _with_each_other(said), ""


def _with_each_other(said: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What was said piece by piece: 不对, 是6个 is a correction, and no doubt about an answer."""
    table = _table()["cue"]
    matters = [piece for piece in said if not all(table[name].small for name in piece)]
    if len(matters) > 1 and not all(all(table[name].alone for name in piece) for piece in matters):
        said = [tuple(name for name in piece if not table[name].alone) for piece in said]
        if not all(said):
            return ()
    return tuple(name for piece in said for name in piece)


def _without_sighs(words: str) -> str:
    """The words without what only stands before them: 烦死了, 凭啥不行. Nothing where all or none is that."""
    if len(words) > _SHORT:
        return ""
    starts = (piece.start() for piece in _PIECE.finditer(words) if not _is_small(piece[0].strip()))
    first = next(starts, 0)
    return words[first:] if first else ""


def _is_small(piece: str) -> bool:
    """Whether a piece only stands beside what else is said: 好的, 你好, 辛苦了."""
    named, table = _whole(piece), _table()["cue"]
    return named is not None and all(table[name].small for name in named)


def _before(said: list[tuple[str, ...]], rest: str) -> tuple[tuple[str, ...], str]:
    table = _table()["cue"]
    on = tuple(name for piece in said for name in piece if table[name].goes_on)
    return (on, rest) if on and len(rest) >= _SOME else ((), "")


@lru_cache(maxsize=8)
def _whole(piece: str) -> tuple[str, ...] | None:
    """The cues that a piece is; none for a word that only stands beside them, None for anything else."""
    if len(piece) > _LONGEST:
        return None
    index, cores = _cores()
    said = [cores[at][0] for at in index.of(piece) if cores[at][1].is_said(piece)]
    apart = _table()["around"]["apart"].forms
    named = said or not piece or any(form.fullmatch(piece) for form in apart)
    return tuple(said) if named else None


@cache
def _cores() -> tuple[Index, list[tuple[str, _Whole]]]:
    """What a message may be nothing else but, by the names of the cues."""
    cores = [(name, cue.whole) for name, cue in _table()["cue"].items() if cue.whole]
    return Index([core.core for _, core in cores]), cores


def _in_words(words: str) -> dict[str, list[str]]:
    """By group the cues that the words hold."""
    index, forms = _index()
    found: set[tuple[str, str]] = set()
    for at in index.of(words):
        group, name, form = forms[at]
        if (group, name) not in found and form.search(words):
            found.add((group, name))
    return {
        group: [name for name, cue in cues.items() if (group, name) in found and not cue.denied_in(words)]
        for group, cues in _table().items()
    }


@cache
def _index() -> tuple[Index, list[tuple[str, str, Finder]]]:
    """All forms of the cues, by group and name."""
    forms = [
        (group, name, form)
        for group, cues in _table().items()
        for name, cue in cues.items()
        for form in cue.forms
    ]
    return Index([form for _, _, form in forms]), forms


@cache
def _table() -> Mapping[str, Mapping[str, _Cue]]:
    """Read with the first message rather than at start-up."""
    rows = dict(read_table(REMARKS))
    for table in read_tables("cue_words", TABLES.glob("*.toml")).values():
        rows |= table
    around = rows.pop("around")
    groups = {name: rows.pop(name) for name in ("trade", "language")} | {"cue": rows}
    forms = [form for held in groups.values() for row in held.values() for form in _forms(row)]
    every = dict(zip(forms, finders("cues", forms), strict=True))
    table = {
        group: {name: _cue(row, around, every) for name, row in held.items()}
        for group, held in groups.items()
    }
    return table | {"around": {"apart": _Cue(forms=tuple(map(Finder, around["apart"])))}}


def _forms(row: Mapping[str, Any]) -> list[str]:
    """All patterns of a cue; what a message is nothing else but is one."""
    whole = ["|".join(row["whole"])] if "whole" in row else []
    return [*whole, *row.get("forms", ()), *row.get("unless", ())]


def _cue(row: Mapping[str, Any], around: Mapping[str, list[str]], every: Mapping[str, Finder]) -> _Cue:
    return _Cue(
        whole=_Whole(every["|".join(row["whole"])], around) if "whole" in row else None,
        forms=tuple(every[form] for form in row.get("forms", ())),
        unless=tuple(every[form] for form in row.get("unless", ())),
        goes_on=row.get("goes_on", False),
        small=row.get("small", False),
        alone=row.get("alone", False),
    )
