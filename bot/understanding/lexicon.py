"""Words and what they mean to the reader: TOML files in, one scanner out.

A file maps a role to words, or a role to values and their words. ``(a|b)`` stands for either,
``[a|b]`` and ``x?`` for that or nothing, so one line covers a family of spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from knowledge.finding import Finder, Index, finders
from knowledge.kept import read_tables

EITHER: Final = re.compile(
    "(?<!没)有没有|(?<!不)是不是|(?![时动])([\u4e00-\u9fff])[不没]\\1"
)  # so or not: it asks, whatever words hold it
_ASKING: Final = ("ask", "tail")
BRIDGE: Final = "bridge"  # the value of a gap across which a number may find its noun
DIRECTORY: Final = Path(__file__).parents[1] / "lexicon"


@dataclass(frozen=True, slots=True)
class Token:
    """A recognised stretch of text. ``role``: what it does in a sentence; ``value``: what it stands for."""

    role: str
    value: Any
    start: int
    end: int
    text: str


class Lexicon:
    """All words of the reader, and the tables that say more about them."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.tables = tables
        self._lengths: dict[str, list[int]] = {}  # of the words that begin with a sign, longest first
        self._roles: dict[str, tuple[str, str]] = {}
        self._by_role: dict[str, list[tuple[str, str]]] = {}
        self._forms: list[tuple[str, str, str]] = []  # pattern, role, value
        whole: Sequence[str] = tables.get("whole", {}).get("signs", ())
        self._torn = [(word[:at], word[at:]) for word in whole for at in range(1, len(word))]
        for role, table in tables.items():
            for value, entry in _values(table):
                self._forms += [(form, role, value) for form in entry.get("patterns", ())]
            for value, words in _entries(table):
                for word in words:
                    self._add(role, value, word)
        for word in self._roles:
            self._lengths.setdefault(word[0], []).append(len(word))
        for head, lengths in self._lengths.items():
            self._lengths[head] = sorted(set(lengths), reverse=True)

    @cached_property
    def _patterns(self) -> list[tuple[Finder, str, str]]:
        """Compiled with the first message rather than at start-up."""
        found = finders("words", [form for form, _, _ in self._forms])
        return [(finder, role, value) for finder, (_, role, value) in zip(found, self._forms, strict=True)]

    @cached_property
    def _index(self) -> Index:
        return Index([pattern for pattern, _, _ in self._patterns])

    @classmethod
    def load(cls, directory: Path = DIRECTORY) -> Lexicon:
        """Read every ``*.toml`` of ``directory``; a role and its values may be spread over files."""
        tables: dict[str, dict[str, Any]] = {}
        for file in read_tables("words", directory.glob("*.toml")).values():
            for role, table in file.items():
                _join(tables.setdefault(role, {}), table if isinstance(table, dict) else {"rows": table})
        return cls(tables)

    def role_of(self, word: str) -> tuple[str, str] | None:
        """Role and value of exactly this word."""
        return self._roles.get(word)

    def words(self, role: str) -> tuple[tuple[str, str], ...]:
        """Every (word, value) of a role."""
        return tuple(self._by_role.get(role, ()))

    def long_words(self, role: str, length: int) -> Iterator[tuple[str, str]]:
        """(word, value) of a role's words of at least ``length`` signs."""
        return ((word, value) for word, value in self.words(role) if len(word) >= length)

    def table(self, role: str, value: str) -> Mapping[str, Any]:
        """What the data says about a value beyond its words."""
        found = self.tables.get(role, {}).get(value, {})
        return found if isinstance(found, dict) else {}

    def scan(self, text: str) -> list[Token]:
        """What is known in ``text`` (lower case; NUL hides what is settled), left to right.

        Of overlapping readings the longer wins, then the one that begins first.
        """
        tokens: dict[int, Token] = {}  # by where they start
        owners: list[Token | None] = [None] * len(text)
        for token in self._scan_words(text):
            _put(tokens, owners, token)
        patterns = self._patterns
        asked = [match.span() for match in EITHER.finditer(text)]
        for at in self._index.of(text):
            pattern, role, value = patterns[at]
            for start, end in pattern.spans(text):
                if asked and role not in _ASKING and _cuts(asked, start, end):
                    continue
                end -= text[end - 1] == "的" and text.startswith("话", end)  # 没过的话: the 的 is not its own
                self._place(tokens, owners, Token(role, value, start, end, text[start:end]))
        return sorted(tokens.values(), key=lambda token: token.start)

    def _place(self, tokens: dict[int, Token], owners: list[Token | None], new: Token) -> None:
        """Put ``new`` in, in the stead of shorter tokens that it overlaps; a longer one stays."""
        clash = {token.start: token for token in owners[new.start : new.end] if token}.values()
        if any(token.end - token.start >= new.end - new.start for token in clash):
            return
        for token in clash:
            del tokens[token.start]
            owners[token.start : token.end] = [None] * (token.end - token.start)
            for start, end in ((token.start, new.start), (new.end, token.end)):
                if start < end:
                    for rest in self._scan_words(token.text[start - token.start : end - token.start]):
                        _put(tokens, owners, replace(rest, start=rest.start + start, end=rest.end + start))
        _put(tokens, owners, new)

    def _scan_words(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        at, lengths, roles, size = 0, self._lengths, self._roles, len(text)
        while at < size:
            for length in lengths.get(text[at], ()):
                word = text[at : at + length]
                if (meaning := roles.get(word)) and self._stands_free(text, at, word):
                    tokens.append(Token(*meaning, at, at + len(word), word))
                    at += len(word)
                    break
            else:
                at += 1
        return tokens

    def _stands_free(self, text: str, at: int, word: str) -> bool:
        """A Latin word is no part of a longer one; 的 of 的话 and 审核 of 审核师 are not the word's."""
        end = at + len(word)
        if any(word.endswith(head) and text.startswith(tail, end) for head, tail in self._torn):
            return False
        before = at and word[0].isascii() and word[0].isalnum() and _latin(text[at - 1])
        after = end < len(text) and word[-1].isascii() and word[-1].isalnum() and _latin(text[end])
        return not (before or after)

    def _add(self, role: str, value: str, word: str) -> None:
        word = " ".join(word.lower().split())
        if self._roles.setdefault(word, (role, value)) != (role, value):
            raise ValueError(f"{word!r} is both {self._roles[word]} and {(role, value)}")
        self._by_role.setdefault(role, []).append((word, value))


def _join(table: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add what another file says of a role: lists go on, tables are joined."""
    for key, value in more.items():
        if isinstance(value, dict):
            _join(table.setdefault(key, {}), value)
        else:
            table[key] = [*table[key], *value] if isinstance(value, list) and key in table else value


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """(value, spelled-out words) of a role's table."""
    for value, entry in _values(table):
        patterns: Sequence[str] = entry.get("words", ())
        yield value, list(dict.fromkeys(word for pattern in patterns for word in spell_out(pattern)))


def _values(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A role's values; one without values has its words directly."""
    if "words" in table or "patterns" in table:
        yield "", table
    else:
        yield from ((value, entry) for value, entry in table.items() if isinstance(entry, dict))


def _put(tokens: dict[int, Token], owners: list[Token | None], token: Token) -> None:
    tokens[token.start] = token
    owners[token.start : token.end] = [token] * (token.end - token.start)


def _cuts(asked: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """我们是不是强制的: whether a reading takes but a half of 是不是."""
    return any(first < end and start < last and not (start <= first and last <= end) for first, last in asked)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def spell_out(pattern: str) -> list[str]:
    """Every spelling of a pattern: ``审核师[证|证书]`` gives three."""
    spellings, end = _alternatives(pattern, 0, "")
    if end != len(pattern):
        raise ValueError(f"unbalanced {pattern!r}")
    return spellings


def _alternatives(pattern: str, at: int, closing: str) -> tuple[list[str], int]:
    """Spellings of ``a|b…`` from ``at`` up to ``closing``, and where that stands."""
    done: list[str] = []
    current, before_last = [""], [""]
    while at < len(pattern) and (not closing or pattern[at] != closing):
        sign = pattern[at]
        if sign == "|" and closing:
            done, current = done + current, [""]
        elif sign in ")]":
            raise ValueError(f"unbalanced {pattern!r}")
        elif sign == "?":
            current = before_last + current
        else:
            options = [sign]
            if sign in "([":
                inner, at = _alternatives(pattern, at + 1, ")" if sign == "(" else "]")
                options = inner if sign == "(" else ["", *inner]
            before_last = current
            current = [head + tail for head in current for tail in options]
        at += 1
    return done + current, at
