"""Which instruments a text names, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.model import Instrument
from knowledge.wording import plain

# So short a name (办法, 说明) is also an everyday word: it counts only right before a number.
_SHORT = 2
# People leave the beginning of a long title away; what they keep is at least so long.
_SHORTEST_TAIL, _LONGEST_TAIL = 6, 60
_YEAR = re.compile(r"\s*[〔\[(]?((?:19|20)\d\d)[〕\])]?(?:\s|年|第|-)*(?=\d+号)")
# 2019年细则 is also said 2019年正式的那份细则.
_YEAR_THEN_WORD = re.compile(r"(?<=\d年)(?=[\u3400-\u9fff])")
_LOOSELY = r"(?:的|[那这]个?(?:份|版|套|部)?|新?版的?|[出发定]的|新的?|正式的?){0,3}"
_SAID_LOOSELY = re.compile(rf"(?<=\d年){_LOOSELY}")
_LATIN = re.compile(r"[a-z0-9 .]+")
_OPTIONAL = frozenset("〔〕")  # signs of a name that may be left out


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
        instruments = tuple(instruments)
        self._owner: dict[str, str] = {}
        self._sharers: dict[str, set[str]] = {}
        for instrument in instruments:
            for name in (instrument.title, instrument.short_title, instrument.number, *instrument.aliases):
                if key := _one_bracket(plain(name).strip("《》")):
                    self._owner.setdefault(key, instrument.id)
                    self._sharers.setdefault(key, set()).add(instrument.id)
        longest_first = sorted(self._owner, key=len, reverse=True)
        self._signs = {name: frozenset(name) - _OPTIONAL for name in longest_first}
        self._tails = self._unshared_tails(one.id for one in instruments if not one.built_in)

    def sharing(self, identity: str) -> frozenset[str]:
        """The other instruments that go by one of the same names: a draft and its final text."""
        groups = [group for group in self._sharers.values() if identity in group and len(group) > 1]
        return frozenset().union(*groups) - {identity}

    def find(self, text: str) -> tuple[Mention, ...]:
        """The mentions in ``text`` (already plain), from left to right, none overlapping."""
        named = [
            Mention(at, at + len(words), self._owner_of(words), words, len(words) <= _SHORT)
            for at, words in self._named_in(text)
        ]
        for tail in self._ends_of_titles(text):
            touched = [one for one in named if one.start < tail.end and tail.start < one.end]
            if all(len(one.words) < len(tail.words) for one in touched):
                named = [one for one in named if one not in touched] + [tail]
        return tuple(sorted(named, key=lambda one: one.start))

    def _named_in(self, text: str) -> Iterator[tuple[int, str]]:
        """The names in a text and where they stand. A pattern is made only of those whose signs are there."""
        held = set(text)
        forms = [_form(name) for name, signs in self._signs.items() if signs <= held]
        at = 0
        while at < len(text):
            found = next((found for form in forms if (found := form.match(text, at))), None)
            if found is not None:
                yield at, found[0]
            at = found.end() if found is not None else at + 1

    def _owner_of(self, words: str) -> str:
        return self._owner.get(_one_bracket(words)) or self._owner[_one_bracket(_SAID_LOOSELY.sub("", words))]

    def _unshared_tails(self, imported: Iterable[str]) -> dict[str, str]:
        """Ends of the titles of imported texts, 绿色工厂评价管理办法, that no other text's name ends with."""
        wanted = set(imported)
        enders: dict[str, set[str]] = {}
        for name, sharers in self._sharers.items() if wanted else ():
            for start in range(len(name) - _SHORTEST_TAIL + 1):
                enders.setdefault(name[start:], set()).update(sharers)
        tails = {}
        for tail, group in enders.items():
            owner = next((one for one in self._sharers_in_order(group) if one in wanted), None)
            if owner and tail not in self._owner and group <= {owner, *self.sharing(owner)}:
                tails[tail] = owner
        return tails

    def _sharers_in_order(self, group: set[str]) -> list[str]:
        """Those of a group, whoever owns a name of it first."""
        return [*dict.fromkeys(one for one in self._owner.values() if one in group)]

    def _ends_of_titles(self, text: str) -> Iterator[Mention]:
        at = 0
        while self._tails and at <= len(text) - _SHORTEST_TAIL:
            longest = min(_LONGEST_TAIL, len(text) - at)
            lengths = range(longest, _SHORTEST_TAIL - 1, -1)
            length = next((one for one in lengths if text[at : at + one] in self._tails), 0)
            if length:
                words = text[at : at + length]
                yield Mention(at, at + length, self._tails[words], words, weak=False)
            at += length or 1


def _one_bracket(name: str) -> str:
    """A document number with its year in 〔〕, whichever brackets it was typed with, or none."""
    return _YEAR.sub(r"〔\1〕", name)


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(_bounded(name))


def _bounded(name: str) -> str:
    escaped = re.escape(name).replace("〔", r"\s*[〔\[(]?").replace("〕", r"[〕\])]?(?:\s|年|第|-)*")
    escaped = _YEAR_THEN_WORD.sub(_LOOSELY, escaped)
    if _LATIN.fullmatch(name):
        return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])"
    # 3号文 is not part of 23号文, nor 5号 of 15号 or of 12月5号.
    return rf"(?<![0-9月]){escaped}" if name[0].isdigit() else escaped
