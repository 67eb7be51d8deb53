"""All places of a pattern in a text, faster than ``finditer``: only where one of its first signs stands is it
tried. Most patterns begin with words that may be left out, and those ``re`` tries at every sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

_ZERO_WIDTH: Final = ("(?=", "(?!", "(?<=", "(?<!")
_GROUP: Final = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_QUANTIFIER: Final = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_ESCAPE: Final = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_CLASS: Final = re.compile(r"\[(?P<signs>(?!\^)(?:\\.|[^\\\]])+)\]", re.DOTALL)
_FOREIGN: Final = "\u9f98\u00e9\u3000\u0663\u2605"  # named by no pattern: a class that has one is open
_RANGE: Final = re.compile(r"(?:[^\x00-\x7f]|\\u[0-9a-fA-F]{4})-|(?<!\\)-[^\x00-\x7f]")
_BACK_REFERENCE: Final = re.compile(r"\\[1-9]")


class Finder:
    """A pattern, ready to be found everywhere."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.signs = signs = first_signs(pattern)
        # The sign is looked up first, and from behind it the whole pattern is tried where it stands.
        self._form = re.compile(f"[{signs}](?<=(?=({pattern}))[{signs}])" if signs else pattern)
        self._group = 1 if signs else 0

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the pattern stands, left to right, as ``finditer`` has them; nothing of no length."""
        last = 0
        for match in self._form.finditer(text):
            start, end = match.span(self._group)
            if last <= start < end:
                last = end
                yield start, end

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of ``spans``, for a pattern with groups of its own."""
        plain = self._plain
        for start, _ in self.spans(text):
            if match := plain.match(text, start):
                yield match

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return re.compile(self._pattern)


class Index:
    """Which patterns may stand in a text at all, by the signs with which they begin."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        self._anywhere: list[int] = []
        self._by_sign: dict[str, list[int]] = {}
        named = "".join(finder.signs for finder in finders)
        escaped = (chr(int(code, 16)) for code in re.findall(r"\\u([0-9a-fA-F]{4})", named))
        known = "".join(sorted({*map(chr, range(128)), *named, *escaped}))
        for at, finder in enumerate(finders):
            first = re.compile(f"[{finder.signs}]") if finder.signs else None
            if first is None or _RANGE.search(finder.signs) or first.search(_FOREIGN):
                self._anywhere.append(at)
            else:
                for sign in first.findall(known):
                    self._by_sign.setdefault(sign, []).append(at)

    def of(self, text: str) -> list[int]:
        """Places, in order, of the patterns that are worth trying."""
        found = set(self._anywhere)
        for sign in set(text):
            found.update(self._by_sign.get(sign, ()))
        return sorted(found)


def first_signs(pattern: str) -> str:
    """The signs with which a match may begin, as in a character class; "" where that may be any."""
    if _BACK_REFERENCE.search(pattern):
        return ""
    signs, _, nothing = _alternatives(pattern, 0)
    return "" if signs is None or nothing else "".join(dict.fromkeys(signs))


_First = tuple[list[str] | None, int, bool]  # signs (None: any), where it ends, whether it may be empty


def _alternatives(pattern: str, at: int) -> _First:
    """What ``a|b…`` begins with, up to its closing bracket or the end."""
    signs: list[str] | None = []
    nothing = False
    while True:
        more, at, empty = _sequence(pattern, at)
        signs = None if signs is None or more is None else signs + more
        nothing = nothing or empty
        if at == len(pattern) or pattern[at] == ")":
            return signs, at, nothing
        at += 1


def _sequence(pattern: str, at: int) -> _First:
    signs: list[str] | None = []
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        more, at, nothing = _piece(pattern, at)
        if quantifier := _QUANTIFIER.match(pattern, at):
            at = quantifier.end()
            nothing = nothing or quantifier[0].startswith(("?", "*", "{0", "{,"))
        if empty:
            signs = None if signs is None or more is None else signs + more
            empty = nothing
    return signs, at, empty


def _piece(pattern: str, at: int) -> _First:
    """One sign, class or group."""
    if pattern.startswith(_ZERO_WIDTH, at):
        inside = at + (4 if pattern[at + 2] == "<" else 3)
        return [], _alternatives(pattern, inside)[1] + 1, True
    if group := _GROUP.match(pattern, at):
        signs, end, nothing = _alternatives(pattern, group.end())
        return signs, end + 1, nothing
    if listed := _CLASS.match(pattern, at):
        return [_unhyphened(listed["signs"])], listed.end(), False
    if escape := _ESCAPE.match(pattern, at):
        return _escaped(escape[0]), escape.end(), escape[0] in (r"\b", r"\B")
    if pattern[at] in "^$":
        return [], at + 1, True
    if pattern[at] in ".([":
        return None, _behind(pattern, at), False
    return [re.escape(pattern[at])], at + 1, False


def _unhyphened(signs: str) -> str:
    """``[.-]`` beside other signs: its hyphen makes no range with them."""
    signs = rf"\-{signs[1:]}" if signs.startswith("-") else signs
    return rf"{signs[:-1]}\-" if signs.endswith("-") and not signs.endswith(r"\-") else signs


def _escaped(escape: str) -> list[str] | None:
    if escape in (r"\b", r"\B"):
        return []
    return None if escape in (r"\D", r"\W", r"\S") else [escape]


def _behind(pattern: str, at: int) -> int:
    """The end of what begins with any sign: ``.``, ``[^…]``, ``(?i:…)``."""
    if pattern[at] == "[":
        closing = re.compile(r"\[\^?\]?(?:\\.|[^\\\]])*\]", re.DOTALL).match(pattern, at)
        return closing.end() if closing else len(pattern)
    if pattern[at] == "(":
        return _alternatives(pattern, pattern.index(":", at) + 1)[1] + 1
    return at + 1
