"""Titles of texts that are not held: 循环经济促进法第五条 is no article of the promotion law, 国发5号文 is no
document of ours. A name of ours counts only where nothing before it makes it the end of a longer title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from knowledge.grammar import APPOSITION, CHAPTER, CHINESE, ENGLISH, POINT
from knowledge.model import Instrument
from knowledge.naming import InstrumentNames, Mention
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.lexicon import Lexicon

_BRACKETED = re.compile(r"《([^《》]{2,60})》")
_RUN = re.compile(r"[\u3400-\u9fff\d〔〕\[\]()]+$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBERED = re.compile(r"[〔\[(]?\d")  # 5号文, 〔2018〕5号: a number's issuer stands before it
_KIND = re.compile(r"(?:文件?|令|函|规定|要求|里?的?规定)?")  # of a name of ours: 3号 文, 细则规定
_OPEN = re.compile(r"[》\s\"'的之里中]*$")  # what may stand between a title and its clause
_ENGLISH_HEAD = re.compile(r"([a-z][a-z-]*) $")
_LAW = ("法", "法典", " law", " act", " code")
_LONGEST = 24  # characters of a title
_SHORT = 2  # so short a name is the end of very many titles
_ISSUER = 3  # characters of an office's short name: 环保部, 经信委
_A_NAME = 7  # characters of a name that is no end of another title


@dataclass(frozen=True, slots=True)
class Alien:
    """The title of a text that is not held, where it stands. ``cited``: a clause of it is named, or it stands
    in 《》."""

    start: int
    end: int
    title: str
    cited: bool


class Titles:
    """Tells titles of other texts from names of ours, by endings and words kept as data."""

    def __init__(
        self, instruments: Iterable[Instrument], names: InstrumentNames, lexicon: Lexicon | None = None
    ) -> None:
        table: Mapping[str, Any] = lexicon.titles if lexicon else {}
        self._names = names
        self._ending = _either(table.get("endings", ()), "$")
        self._weak_ending = _either(table.get("weak_endings", ()), "$")
        self._other_kind = _either(table.get("other_kinds", ()))
        self._known = _either(table.get("known", ()))
        self._english = re.compile(table.get("english") or r"(?!)")
        self._lead = _either(table.get("lead", ()))
        self._first = _either(table.get("lead_first", ()))
        self._generic: tuple[str, ...] = tuple(table.get("generic", ()))
        self._offices: tuple[str, ...] = tuple(table.get("offices", ()))
        self._number_heads: tuple[str, ...] = tuple(table.get("number_heads", ()))
        never = frozenset(table.get("never_before", ()))
        small = lexicon.small_talk if lexicon else frozenset()
        self._before = {*table.get("before", ()), *(word for word in small - never if len(word) > 1)}
        self._beside = self._before | (lexicon.terms_of(lexicon.subject) if lexicon else set())
        self._longest = max((len(word) for word in self._beside), default=0)
        self._issuers = {one.id: plain(one.issuer) for one in instruments}
        self._own = {one.id: _letters(one) for one in instruments}
        self._on = bool(table)

    def find(self, text: str, mentions: tuple[Mention, ...]) -> tuple[Alien, ...]:
        """The titles of other texts in ``text`` (plain), from left to right, none twice. ``mentions``: the
        names of ours that stand in it."""
        if not self._on:
            return ()
        found: dict[int, Alien] = {}
        for alien in (
            *self._bracketed(text, mentions),
            *self._cited(text, mentions),
            *self._extended(text, mentions),
            *self._well_known(text, mentions),
        ):
            if not any(alien.start < one.end and one.start < alien.end for one in found.values()):
                found[alien.start] = alien
        return tuple(found[start] for start in sorted(found))

    # --- where titles stand ------------------------------------------------------------------

    def _bracketed(self, text: str, mentions: tuple[Mention, ...]) -> Iterator[Alien]:
        for found in _BRACKETED.finditer(text):
            title = found[1]
            inside = [one for one in mentions if found.start() <= one.start and one.end <= found.end()]
            ours = any(not self._longer(text[: one.start], one, weak=False) for one in inside)
            if self._ending.search(title) and not ours and not self._part_of_ours(title):
                yield Alien(found.start(), found.end(), title, cited=True)

    def _cited(self, text: str, mentions: tuple[Mention, ...]) -> Iterator[Alien]:
        """Titles right before a clause: 水污染防治法第10条."""
        for place in chain(*(pattern.finditer(text) for pattern in (CHINESE, CHAPTER, POINT))):
            before = _OPEN.sub("", text[: place.start()])
            ahead = [one for one in mentions if one.end <= len(before)]
            named = next((one for one in ahead if _KIND.fullmatch(before, one.end)), None)
            if named is None:
                behind = max((one.end for one in ahead), default=0)
                yield from self._unknown(before, behind)
            elif not _taken_up(text, named, mentions) and self._longer(
                text[: named.start], named, weak=named.weak
            ):
                yield self._alien(text, named, cited=True)
        for place in ENGLISH.finditer(text):
            if title := self._in_english(text, place):
                yield title

    def _unknown(self, before: str, start: int) -> Iterator[Alien]:
        """A title at the end of what stands before a clause, behind the last name of ours."""
        run = _RUN.search(before, start)
        title = self._bare(run[0][-_LONGEST:]) if run else ""
        weak = self._weak_ending.search(title)
        sure = self._ending.search(title) and not self._ending.fullmatch(title)
        if not (sure or weak) or title.endswith(self._generic) or self._part_of_ours(title):
            return
        if weak and (weak.start() <= _SHORT or self._may_stand_before(title[: weak.start()], self._beside)):
            return
        yield Alien(len(before) - len(title), len(before), title, cited=True)

    def _extended(self, text: str, mentions: tuple[Mention, ...]) -> Iterator[Alien]:
        """Our name as the end of another title, without a clause: 就业促进法哪年施行的."""
        for one in mentions:
            kind = self._other_kind.match(text, one.end) if _NUMBERED.match(one.words) else None
            if kind:
                yield Alien(one.start, kind.end(), text[one.start : kind.end()], cited=False)
            law = not one.weak and (one.words.endswith(_LAW) or _NUMBERED.match(one.words))
            if law and self._longer(text[: one.start], one, weak=False):
                yield self._alien(text, one, cited=False)

    def _well_known(self, text: str, mentions: tuple[Mention, ...]) -> Iterator[Alien]:
        for found in self._known.finditer(text):
            if not any(one.start < found.end() and found.start() < one.end for one in mentions):
                title = self._bare(found[0])
                yield Alien(found.end() - len(title), found.end(), title, cited=False)

    def _in_english(self, text: str, place: re.Match[str]) -> Alien | None:
        """Water pollution law article 10, article 10 of the water pollution law."""
        for found in self._english.finditer(text):
            beside = found.start() - place.end() <= 1 if found.start() >= place.end() else None
            beside = place.start() - found.end() <= _SHORT if beside is None else beside
            title = self._bare_english(found["title"])
            if beside and " " in title and not self._names.find(found[0]):
                return Alien(found.end("title") - len(title), found.end("title"), title, cited=True)
        return None

    # --- whose a name is ---------------------------------------------------------------------

    def _longer(self, head: str, name: Mention, *, weak: bool) -> bool:
        """Whether what stands before a name of ours makes it the end of another title."""
        if "a" <= name.words[0] <= "z":
            word = _ENGLISH_HEAD.search(head)
            return word is not None and not self._ours_in_english(word[1], name)
        if len(name.words) >= _A_NAME and not _NUMBERED.match(name.words):
            return False
        run = _RUN.search(head)
        if not run or not _HAN.search(run[0]):
            return False
        numbered = _NUMBERED.match(name.words) is not None
        if numbered and run[0].endswith(self._offices):
            return not self._shortens(run[0][-_ISSUER:], name)
        if self._may_stand_before(run[0], self._before if weak else self._beside):
            return False
        if numbered:
            return run[0].endswith(self._number_heads)
        return run[0][-_SHORT:] not in self._own.get(name.instrument, "")

    def _shortens(self, words: str, name: Mention) -> bool:
        """环保部 for 环境保护部: all its letters stand there in this order."""
        letters = iter(self._issuers.get(name.instrument, ""))
        return words.endswith(self._offices) and all(letter in letters for letter in words)

    def _may_stand_before(self, head: str, allowed: Set[str]) -> bool:
        """Whether the last word of ``head`` leads to a name and belongs to no title."""
        return any(head[-size:] in allowed for size in range(1, min(self._longest, len(head)) + 1))

    def _ours_in_english(self, word: str, name: Mention) -> bool:
        return word in self._before or word in self._own.get(name.instrument, "").split()

    def _alien(self, text: str, name: Mention, *, cited: bool) -> Alien:
        run = _RUN.search(text[: name.start])
        if "a" <= name.words[0] <= "z":
            title = self._bare_english(text[: name.end].rsplit(",", 1)[-1])
        else:
            title = self._bare(((run[0] if run else "") + name.words)[-_LONGEST:])
        return Alien(name.end - len(title), name.end, title, cited)

    def _bare(self, title: str) -> str:
        """A title without the words that lead to it: 请问一下, 违反了."""
        ends = [found.end() for found in self._lead.finditer(title) if found.end() <= len(title) - _SHORT]
        title = title[max(ends, default=0) :]
        while (first := self._first.match(title)) and first.end() <= len(title) - _SHORT:
            title = title[first.end() :]
        return title

    def _bare_english(self, title: str) -> str:
        """The same of a title in letters: what does the, according to."""
        words = title.split()
        while words and words[0] in self._before:
            words = words[1:]
        return " ".join(words)

    def _part_of_ours(self, title: str) -> bool:
        return any(title in letters for letters in self._own.values())


def _taken_up(text: str, word: Mention, mentions: tuple[Mention, ...]) -> bool:
    """广东2010年那个管理办法: the name of ours before it is what the word takes up."""
    before = [one for one in mentions if one.end <= word.start]
    return any(APPOSITION.fullmatch(text[one.end : word.start]) for one in before)


def _letters(instrument: Instrument) -> str:
    named = (instrument.title, instrument.title_en, instrument.short_title, instrument.number)
    return plain(" ".join((*named, instrument.issuer, *instrument.aliases))).replace("cleaner-", "cleaner ")


def _either(patterns: Iterable[str], end: str = "") -> re.Pattern[str]:
    joined = "|".join(patterns)
    return re.compile(f"(?:{joined}){end}" if joined else r"(?!)")
