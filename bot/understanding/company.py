"""Companies named as the speaker's own or switched to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from bot.understanding.clause import Clause
from bot.understanding.lexicon import DIRECTORY, Lexicon
from knowledge.finding import Finder
from knowledge.kept import read_table

_NEAR: Final = 75.0  # of 100: one sign of four may differ
_SHORT_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_WHERE = re.compile("^[一-鿿]{2,4}?的")  # 光明区的恒兴电镀
_LATIN_WORD = re.compile("[A-Z][A-Za-z]{3,}")  # by which a company is called in English
_IN_FULL = re.compile("[A-Za-z]|.{6}")  # a name that stands for itself wherever it is written
_PLACES: Final = ("abcdef", "甲乙丙丁", "一二三四五六")
_IN_SHORT: Final = 8  # signs: a longer name is one in full
_SHORTEST: Final = 3  # signs of a name that may be misspelt

_OF_A_NAME: Final = frozenset({"gap", "industry", "self", "soft", "have", "other"})


class CompanyReader:
    """Finds the company that a message names. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["company"]
        self._lexicon = lexicon
        self._switches = [Finder(form) for form in (table["listed"], *table["switches"])]
        self._own = [Finder(_filled(form, table)) for form in table["own"]]
        self._introduced = re.compile(_filled(table["introduced"], table))
        self._another = re.compile(_filled(table["another"], table))
        self._rows = [Finder(_filled(form, table)) for form in table["row"]]
        self._apart = re.compile(table["apart"])
        self._joining = re.compile(table["joining"])
        self._called = re.compile(table["named"].replace("@trade@", f"(?:{table['trade']})"))
        self._shared = re.compile(table["shared"])
        self._made_up = re.compile(_filled(table["made_up"], table))
        self._full = re.compile(table["full"])
        self._head = re.compile(table["head"])
        self._before = re.compile(table["before_name"])
        self._after = re.compile(table["after_name"])
        self._renamed = re.compile(table["renamed"])
        self._foreign = re.compile(table["foreign"])
        self._nameless = re.compile(table["nameless"])
        self._asked_for = re.compile(table["asked_for"])
        self._letters = re.compile(table["letters"])
        self._behind = re.compile(table["behind"])
        self._two = re.compile(table["two"])
        self._alone = re.compile(table["alone"])
        self._placed = re.compile(table["placed"])

    def read(self, text: str, known: Sequence[str]) -> str | None:
        """The company named as theirs or switched to, in full where it is one of ``known``."""
        named = self._switched(text, known) or self._told(text, known)
        return named or self._by_place(text, known) or self._at_head(text, known)

    def _by_place(self, text: str, known: Sequence[str]) -> str | None:
        """A的注册, 第二家呢: of several known companies the one at that place, as they were named."""
        found = self._placed.search(text.lower()) if len(known) > 1 else None
        if found is None:
            return None
        sign = found["letter"] or found["nth"] or "一"
        place = next(row.index(sign) for row in _PLACES if sign in row)
        lettered = [name for name in known if found["letter"] and name.lower().startswith(sign)]
        return lettered[0] if lettered else known[place] if place < len(known) else None

    def row(self, text: str, known: Sequence[str]) -> tuple[str, ...]:
        """The companies that a message names in a row: 我管三家:瑞丰电镀、金海岸印染."""
        for form in self._rows:
            found = form.search(text)
            names = self._parted(found["x"]) if found else []
            if len(names) > 1 and all(len(name) == 1 or self._names(name) for name in names):
                return tuple(dict.fromkeys(_known(name, known) or name for name in names))
        return ()

    def _parted(self, row: str) -> list[str]:
        """The names of a row; 和 between two parts them, and within one (嘉和印染) is a part of it."""
        names: list[str] = []
        for part in (one.strip() for one in self._apart.split(row)):
            ends = [(part[: mark.start()], part[mark.end() :]) for mark in self._joining.finditer(part)]
            both = next((pair for pair in ends if all(map(self._called.fullmatch, pair))), None)
            if both is None and self._called.fullmatch(part) is None:
                names += [one.strip() for one in self._joining.split(part)]
            else:
                names += both or (part,)
        return names

    def of_all(self, text: str) -> bool:
        """Whether what a message tells beside a row of companies holds for each: before it, or said so."""
        rows = [found for form in self._rows if (found := form.search(text))]
        behind = text[rows[0].end("x") :].strip(" ,。;!") if rows else ""
        return not behind or self._shared.search(text) is not None

    def on_behalf(self, text: str) -> bool:
        """Whether an adviser asks for a client: 帮客户问一下，他们10月20号进了名单."""
        return self._asked_for.search(text) is not None

    def renamed(self, text: str) -> str:
        """The right name of the company in play, where one was misspelt: 公司名写错了，是…"""
        found = self._renamed.search(text)
        name = self._after.sub("", next(filter(None, found.groups()), "").strip()) if found else ""
        return name if name and self._names(name) else ""

    def several(self, text: str, known: Sequence[str]) -> tuple[str, ...]:
        """The companies of a message that speaks of more than one; else nothing."""
        lower = text.lower()
        names = [match[0] for match in self._letters.finditer(lower)]
        names += [name for name in known if name.lower() in lower]
        names += [self._own_part(match["x"]) for match in self._full.finditer(text)]
        names += [] if names else [name for name, _ in self._by_short_name(lower, known)]
        found = tuple(dict.fromkeys(names))
        if len(found) > 1:
            return found
        both = self._two.search(lower)
        return (both[0], "") if both else ()

    def alone(self, text: str, clauses: Sequence[Clause]) -> str:
        """The name of a message that may be nothing else: 联创电子, 叫宏达."""
        found = self._alone.fullmatch(text.strip(" 。.!,"))
        bare = len(clauses) == 1 and clauses[0].mood == "tell" and clauses[0].roles <= _OF_A_NAME
        return found["x"] if found and bare and self._names(found["x"]) else ""

    def side_by_side(self, clauses: Sequence[Clause]) -> tuple[str, ...]:
        """Short names before the same noun, one clause each: 鹏远社保5个，佳禾社保3个."""
        named: dict[str, list[str]] = {}
        for clause in clauses:
            head, noun = (*clause.tokens, None, None)[:2]
            if not (head and noun and (head.role, noun.role) == ("gap", "noun") and clause.has("count")):
                continue
            name = head.text.strip()
            if clause.mood == "tell" and _SHORT_NAME.fullmatch(name) and self._names(name):
                named.setdefault(str(noun.value), []).append(name)
        return next((tuple(names) for names in named.values() if len(set(names)) > 1), ())

    def _by_short_name(self, text: str, known: Sequence[str]) -> list[tuple[str, int]]:
        """Known companies called by the first two signs of their name, and where; none by a trade's word
        or by signs that another's name holds too."""
        short = {company: in_short(company) for company in known}
        found = [
            (company, text.index(head))
            for company, head in short.items()
            if head in text and self._names(head) and sum(head in other.lower() for other in known) == 1
        ]
        return sorted(found, key=lambda item: item[1])

    def _named_by_a_word(self, text: str, known: Sequence[str]) -> list[str]:
        """Known companies of which the first word stands in the text as it is written: Harbour."""
        words = {company: found[0] for company in known if (found := _LATIN_WORD.match(company))}
        return [
            company
            for company, word in words.items()
            if list(words.values()).count(word) == 1 and re.search(rf"\b{re.escape(word)}\b", text)
        ]

    def _switched(self, text: str, known: Sequence[str]) -> str | None:
        for form in self._switches:
            for match in form.finditer(text):
                name = self._after.sub("", match["x"].strip())
                if found := _known(name, known) or _near(name, known):
                    return found
                if self._names(name):
                    return name
        return None

    def _told(self, text: str, known: Sequence[str]) -> str | None:
        for form in self._own:
            match = form.search(text)
            name = self._after.sub("", _WHERE.sub("", match["x"].strip())) if match else ""
            if self._names(name):
                return _known(name, known) or name
        return None

    def _at_head(self, text: str, known: Sequence[str]) -> str | None:
        """甲公司呢; 鹏程电镀，审核师4个: a known company at the head; a full name anywhere."""
        for head in self._heads(text):
            if found := _known(head, known):
                return found
        lower = text.lower()
        short = [name for name, at in self._by_short_name(lower, known) if self._behind.fullmatch(lower[:at])]
        whole = [name for name in known if _IN_FULL.match(name) and name.lower() in lower]
        meant = short or whole or self._named_by_a_word(text, known)
        if len(meant) == 1:
            return meant[0]
        match = self._full.search(text) or self._head.search(text) or self._introduced.search(text)
        match = match or (self._another.search(text) if known else None)
        if match is None or self._foreign.search(text[: match.end()]):
            return None
        name = self._own_part(match["x"])
        return _known(name, known) or (name if self._names(name) else None)

    def _heads(self, text: str) -> Iterator[str]:
        """What a message may name first, if it is more than a trade or a place."""
        for part in (re.split(r"[,。:;!?\s]|呢|的|那家|这家|那边|这边|有", text, maxsplit=1)[0], text):
            head = self._own_part(self._after.sub("", part[:30].strip()))
            if len(head) >= 2 and self._lexicon.role_of(head) is None and self._names(head):
                yield head

    def _own_part(self, name: str) -> str:
        return self._before.sub("", name)

    def _names(self, name: str) -> bool:
        unlike = self._nameless.search(name) or self._made_up.match(name)
        return len(name) >= 2 and not unlike and self._lexicon.role_of(name) is None


def _filled(form: str, table: Mapping[str, Any]) -> str:
    """A form of the data with the parts it names put in: ``@trade@``."""
    for part in ("named", "trade", "titled", "works"):
        form = form.replace(f"@{part}@", f"(?:{table[part]})")
    return form


def in_short(company: str) -> str:
    """What a company is called in short: its first two signs behind the place, or its first word."""
    latin = _LATIN_WORD.match(company)
    return (latin[0] if latin else _place().sub("", company)[:2]).lower()


@cache
def _place() -> re.Pattern[str]:
    return re.compile(read_table(DIRECTORY / "companies.toml")["company"]["place"])


def _known(name: str, known: Sequence[str]) -> str | None:
    """The one known company whose name holds ``name``, or holds its signs in this order: 四海电镀."""
    lower = name.lower()
    exact = [company for company in known if company.lower() == lower]
    holding = exact or [company for company in known if lower and lower in company.lower()]
    if not holding and len(lower) > _SHORTEST:
        holding = [company for company in known if _abbreviates(lower, company.lower())]
    if not holding:
        holding = [company for company in known if len(company) > 2 and lower.startswith(company.lower())]
    return holding[0] if len(holding) == 1 else None


def _abbreviates(short: str, company: str) -> bool:
    signs = iter(company)
    return all(sign in signs for sign in short)


def _may_be_meant(name: str, company: str) -> bool:
    """深圳市禾木咨询有限公司 is like 深圳市木兰咨询有限公司 in all but what tells the two apart."""
    own, other = in_short(name), in_short(company)
    if len(name) > _IN_SHORT and len(company) > _IN_SHORT:
        return own == other
    return not set(own).isdisjoint(other)


def _near(name: str, known: Sequence[str]) -> str | None:
    """The one known company whose name is misspelt."""
    if len(name) < _SHORTEST or not known:
        return None
    from rapidfuzz.fuzz import partial_ratio

    alike = [company for company in known if _may_be_meant(name, company)]
    near = [company for company in alike if partial_ratio(name.lower(), company.lower()) >= _NEAR]
    return near[0] if len(near) == 1 else None
