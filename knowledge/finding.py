"""All places of a pattern in a text, faster than ``finditer``: only where one of its first signs stands is it
tried. Most patterns begin with words that may be left out, and those ``re`` tries at every sign. And of many
patterns most stand in no text that is ever read: each is compiled for the first in which it may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

from knowledge.kept import kept

_ZERO_WIDTH: Final = ("(?=", "(?!", "(?<=", "(?<!")
_GROUP: Final = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_QUANTIFIER: Final = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_ESCAPE: Final = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_CLASS: Final = re.compile(r"\[(?P<signs>(?!\^)(?:\\.|[^\\\]])+)\]", re.DOTALL)
_SIGN: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([^a-zA-Z0-9])|([^\\])", re.DOTALL)
_NEEDED: Final = 3  # lists of signs are told for an alternative, the shortest
_WIDEST: Final = 64  # signs of a range that are listed
_BACK_REFERENCE: Final = re.compile(r"\\[1-9]")

_Signs = tuple[str, list[list[str]]]  # those it may begin with, and by alternative those that it needs


class Finder:
    """A pattern, ready to be found everywhere."""

    def __init__(self, pattern: str, known: _Signs | None = None, flags: int = 0) -> None:
        """``known``: its signs, where they were worked out before. ``flags``: none by which a letter stands
        for others."""
        self.pattern, self._flags = pattern, flags
        if known is not None:
            self._signs = known[0]
            self.needs = tuple(tuple(map(frozenset, way)) for way in known[1])

    @cached_property
    def heads(self) -> frozenset[str] | None:
        """The signs with which a match may begin; None where they cannot be listed."""
        return _listed(self._signs)

    @cached_property
    def _signs(self) -> str:
        return first_signs(self.pattern)

    @cached_property
    def _form(self) -> tuple[re.Pattern[str], int]:
        """The pattern as it is looked for, and its group in that."""
        pattern, signs = self.pattern, self._signs
        if not signs:
            return re.compile(pattern, self._flags), 0
        # The sign is looked up first, and from behind it the whole pattern is tried where it stands.
        return re.compile(f"[{signs}](?<=(?=({pattern}))[{signs}])", self._flags), 1

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the pattern stands, left to right, as ``finditer`` has them; nothing of no length."""
        if not self.may_stand_in(text):
            return
        form, group = self._form
        last = 0
        for match in form.finditer(text):
            start, end = match.span(group)
            if last <= start < end:
                last = end
                yield start, end

    def may_stand_in(self, text: str) -> bool:
        """Whether a text holds a sign with which a match may begin; and all others that it needs, as long as
        the pattern is not compiled: that takes longer than to look for them."""
        signs = signs_of(text)
        if self.heads is not None and self.heads.isdisjoint(signs):
            return False
        held = self.__dict__
        return "_plain" in held or "_form" in held or self.has_all_it_needs(signs)

    def has_all_it_needs(self, signs: Set[str]) -> bool:
        """Whether the signs of a text are enough for a match: 证明 stands in none without 明."""
        for way in self.needs:  # plain loops: this is asked of hundreds of patterns for each message
            for needed in way:
                if needed.isdisjoint(signs):
                    break
            else:
                return True
        return False

    @cached_property
    def needs(self) -> tuple[tuple[frozenset[str], ...], ...]:
        """For each alternative the lists of signs of each of which a match holds one."""
        return needed_signs(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, as ``re`` has it."""
        return self._plain.search(text) if self.may_stand_in(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text, as ``re`` has it."""
        return self._plain.fullmatch(text) if self.may_stand_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, as ``re`` has them."""
        return self._plain.finditer(text) if self.may_stand_in(text) else iter(())

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of ``spans``, for a pattern with groups of its own."""
        for start, _ in self.spans(text):
            if match := self._plain.match(text, start):
                yield match


@lru_cache(maxsize=8)
def signs_of(text: str) -> frozenset[str]:
    """The signs of a text. Many patterns are held against one text after the other."""
    return frozenset(text)


def finders(name: str, patterns: Sequence[str], flags: int = 0) -> list[Finder]:
    """Many patterns, ready to be found; their signs are kept as ``name`` from start to start."""
    sources = ("\0".join(patterns).encode(), Path(__file__).read_bytes())
    signs = kept(f"signs-{name}", sources, lambda: [*map(_signs, patterns)])
    return [Finder(pattern, known, flags) for pattern, known in zip(patterns, signs, strict=True)]


def _signs(pattern: str) -> _Signs:
    return first_signs(pattern), [["".join(sorted(one)) for one in way] for way in needed_signs(pattern)]


class Index:
    """Which of many patterns may stand in a text at all. All are asked at once: each alternative of each is
    a bit, and for each sign there is the number of those that it serves."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        self._owners: list[int] = []
        # Of each column an alternative needs one sign: one to begin with, and one of each of its lists.
        self._serving: list[dict[str, int]] = [{} for _ in range(1 + _NEEDED)]
        self._always = [0] * len(self._serving)  # those that need none
        for at, finder in enumerate(finders):
            for way in finder.needs:
                self._add(at, (finder.heads, *way))

    def _add(self, at: int, lists: Sequence[Set[str] | None]) -> None:
        bit = 1 << len(self._owners)
        self._owners.append(at)
        for column, signs in zip_longest(range(len(self._serving)), lists):
            if signs is None:
                self._always[column] |= bit
            for sign in signs or ():
                self._serving[column][sign] = self._serving[column].get(sign, 0) | bit

    def of(self, text: str) -> list[int]:
        """Places, in order, of the patterns that are worth trying."""
        signs, ways = signs_of(text), -1
        for serving, held in zip(self._serving, self._always, strict=True):
            for sign in signs:
                held |= serving.get(sign, 0)
            ways &= held
        owners: list[int] = []
        while ways:
            lowest = ways & -ways
            owners.append(self._owners[lowest.bit_length() - 1])
            ways ^= lowest
        return list(dict.fromkeys(owners))


def _listed(signs: str) -> frozenset[str] | None:
    """The signs of a character class; None for one that has no list: no signs, ``\\d``, a wide range."""
    found: list[str] = []
    at, ranging = 0, False
    while at < len(signs):
        if signs[at] == "-" and found and not ranging and at + 1 < len(signs):
            at, ranging = at + 1, True
            continue
        one = _SIGN.match(signs, at)
        if one is None:
            return None
        at = one.end()
        code = one[1] or one[2]
        sign = chr(int(code, 16)) if code else one[3] or one[4]
        if ranging and ord(sign) - ord(found[-1]) > _WIDEST:
            return None
        found += map(chr, range(ord(found[-1]), ord(sign) + 1)) if ranging else (sign,)
        ranging = False
    return frozenset(found) or None


def first_signs(pattern: str) -> str:
    """The signs with which a match may begin, as in a character class; "" where that may be any."""
    if _BACK_REFERENCE.search(pattern):
        return ""
    signs, _, nothing = _alternatives(pattern, 0)
    return "" if signs is None or nothing else "".join(dict.fromkeys(signs))


def needed_signs(pattern: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """For each alternative of a pattern a few lists of signs, of each of which any match holds one."""
    ways: list[tuple[frozenset[str], ...]] = []
    at = 0
    while True:
        lists: list[frozenset[str]] = []
        while at < len(pattern) and pattern[at] != "|":
            signs, at, nothing = _quantified(pattern, at)
            if signs and not nothing and (listed := _listed("".join(signs))):
                lists.append(listed)
        ways.append(tuple(sorted(dict.fromkeys(lists), key=len)[:_NEEDED]))
        if at == len(pattern):
            return tuple(ways)
        at += 1


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
        more, at, nothing = _quantified(pattern, at)
        if empty:
            signs = None if signs is None or more is None else signs + more
            empty = nothing
    return signs, at, empty


def _quantified(pattern: str, at: int) -> _First:
    """A piece with what says how often it stands."""
    signs, at, nothing = _piece(pattern, at)
    if quantifier := _QUANTIFIER.match(pattern, at):
        at = quantifier.end()
        nothing = nothing or quantifier[0].startswith(("?", "*", "{0", "{,"))
    return signs, at, nothing


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
