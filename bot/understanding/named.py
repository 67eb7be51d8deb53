"""Several people by name are as good as their number: 审核师有老王、小李和我; 张工、李工都考过了审核师."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers import FoundQuantity, Quantity
from knowledge.numerals import to_int

_STOPS: Final = ",。;!?\n"
_EXCLUSIVE: Final = re.compile("(?:^|[^有])(?:就|就是|只|只有|仅|仅有|只是)$")
_WORDS: Final = {"俩": 2, "仨": 3}
_APART: Final = r"(?=、|和|跟|与|及|$|[\u0000,。;!\s都也是有一两二三四五六七八九十\d)])"  # behind a full name


class Names:
    """What people are called. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["named"]
        self.signs = str(table["surnames"])
        self.called, self.full = (str(table[name]).replace("S", self.signs) for name in ("called", "full"))
        self.self, self.others = str(table["self"]), str(table["others"])
        told = f"(?=(?:{table['told']}))"
        self._one = re.compile(rf"(?:{self.called}|{self.self}|(?:{table['posts']}|{self.full}){told})")
        self._whole = re.compile(f"{self.called}|{self.self}|{self.full}")
        self._rest = re.compile(table["rest"])

    @staticmethod
    @lru_cache(maxsize=2)
    def of(lexicon: Lexicon) -> Names:
        """The names that a lexicon knows."""
        return Names(lexicon)

    def begins(self, text: str) -> bool:
        """Whether words begin with somebody's name."""
        return self._one.match(text) is not None

    def whole(self, text: str) -> bool:
        """Whether words are a name and no more."""
        return self._whole.fullmatch(text) is not None

    def of_the_others(self, text: str) -> bool:
        """Whether words are of all beside those named: 别人都没有."""
        return self._rest.match(text) is not None


class NamedPeople:
    """Finds lists of names of whom a trait that the rules count is told. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["named"]
        names = Names.of(lexicon)
        others = names.others.replace("(?P<many>", "(?:")
        part = rf"(?:{names.called}|{names.self}|{others}|{names.full}{_APART})"
        beside = rf"(?:{names.called})(?=[老小阿])"
        self._list = re.compile(rf"(?:{beside}|{part}(?:{table['link']}))+{part}(?:{table['count']})?")
        one = rf"{names.called}|{names.self}|{names.full}(?={table['told']})"
        self._only = re.compile(rf"(?<=[就只仅有])(?:{one})(?:自己|一个人?|一人)?")
        self._part = re.compile(
            rf"(?P<others>{names.others})|(?P<called>{names.called})|(?P<self>{names.self})"
        )
        self._link = re.compile(table["link"])
        self._may_hold = re.compile(rf"[{names.signs}我]")
        self._about = re.compile(table["about"])
        forms = ("holding", "naming", "alone", "answering", "left_out")
        self._holding, self._naming, self._alone, self._answering, self._left_out = (
            re.compile(table[name]) for name in forms
        )

    def find(self, text: str) -> Iterator[FoundQuantity]:
        """The lists of names that stand for a number of people, each as that number."""
        if not self._may_hold.search(text):
            return
        for match in self._list.finditer(text):
            many = self._many(match)
            if many > 1 and self._told_of(text, match.start(), match.end()):
                yield FoundQuantity(Quantity(many, many, "个"), match.start(), match.end())
        for match in self._only.finditer(text):
            if self._alone_holds(text, match.start(), match.end()):
                yield FoundQuantity(Quantity(1, 1, "个"), match.start(), match.end())

    def _alone_holds(self, text: str, start: int, end: int) -> bool:
        """就我自己考了审核师, 只有老王有高级职称: who alone has it."""
        behind = re.split(f"[{_STOPS}]", text[end:], maxsplit=1)[0]
        about = self._about.search(behind)
        if about is None or not about.start() or not self._holding.fullmatch(behind[: about.start()]):
            return False
        return _EXCLUSIVE.search(text[:start]) is not None

    def _many(self, match: re.Match[str]) -> int:
        """How many are named; the number said behind them where it is more: 老王等五人."""
        names = match[0] if match["count"] is None else match[0][: match.start("count") - match.start()]
        many = 0
        for piece in filter(None, self._link.split(names)):
            found = list(self._part.finditer(piece))
            many += sum(_number(part["many"]) if part["others"] else 1 for part in found) or 1
        return max(many, _number(match["count"]))

    def _told_of(self, text: str, start: int, end: int) -> bool:
        """Whether the words around them say what they hold, or nothing else at all."""
        before = text[max(text.rfind(sign, 0, start) for sign in _STOPS) + 1 : start]
        stop = min((at for sign in _STOPS if (at := text.find(sign, end)) >= 0), default=len(text))
        behind = text[end:stop]
        if self._left_out.search(before):
            return False
        if (about := self._about.search(behind)) and self._holding.fullmatch(behind[: about.start()]):
            return True
        if spoken_of := list(self._about.finditer(before)):
            return self._naming.fullmatch(before[spoken_of[-1].end() :]) is not None
        return bool(self._alone.fullmatch(before) and self._answering.fullmatch(behind))


def _number(written: str | None) -> int:
    return _WORDS.get(written or "") or to_int(written or "", digit_strings=False) or 0
