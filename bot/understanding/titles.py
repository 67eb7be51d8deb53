"""Whether a project lead or an outside expert has a senior title, and whether there is an expert."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.polarity import polarity

_THE: Final = ("the", "the ")
_NEITHER: Final = "neither"
_ENGAGING: Final = ("请", "聘请", "邀请")  # not said to be done
_BESIDE: Final = 1  # signs between a title and the person whose it is
_SO: Final = ("是", "也是", "不是", "is", "does", "is not", "isn't", "too", "does too", "is too")


class TitleReader:
    """Reads what one message tells of named persons' titles; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger) -> None:
        self._lexicon = lexicon
        self._ledger = ledger
        self._person: str | None = None  # whose title the next clause tells
        self._titled = False  # the clause before told somebody's title
        self._another = re.compile(lexicon.tables["another_person"]["form"])

    def read(self, clause: Clause) -> None:
        """Take the titles of the next clause, and whether there is an expert."""
        persons = clause.of("person")
        titled, self._titled = self._titled, False
        if persons:
            other = self._person not in (None, persons[-1].value)
            self._person = str(persons[-1].value)
            self._engaged(clause, persons[-1])
            if len(persons) > 1 and clause.has("not"):
                self._of_both(clause, persons)
            if titled and other and not clause.has("noun", "decoy"):
                self._as_before(clause, persons[-1])
        elif (
            (clause.has("self", "count", "among") and not _says_who(clause))
            or any(sign in clause.before for sign in "。!;\n")
            or self._another.search(clause.text) is not None
        ):
            self._person = None
        if self._person is None:
            return
        for index, token in enumerate(clause.tokens):
            if token.role in ("noun", "decoy") and (whose := self._whose(token, persons)) is not None:
                self._title(clause, index, self._lexicon.table("person", whose))

    def _whose(self, title: Token, persons: Sequence[Token]) -> str | None:
        """The person whose title a token tells: the one named before it, or beside it."""
        if not persons:
            return self._person
        before = [person for person in persons if person.start <= title.start]
        if before:
            return str(before[-1].value)
        return str(persons[-1].value) if self._beside(title, persons[-1]) else None

    def _title(self, clause: Clause, index: int, table: Mapping[str, Any]) -> None:
        """Take what a title, or one of another rank, says of the person of ``table``."""
        token, title = clause.tokens[index], str(table["title"])
        if token.value == "senior_title_staff" and token.role == "noun":
            said = polarity(clause.tokens, index, stop_at=("noun", "decoy"))
            said = False if clause.text.startswith(_NEITHER) else said
            lacks = any(one.value == token.value for one in clause.of("unfit"))  # 没评上高级
            self._ledger.state(clause, title, said is not False and not lacks)
            self._titled = True
        elif token.role == "decoy":
            other = token.value in ("title", "intermediate")
            held = polarity(clause.tokens, index)
            if (other and held is not False) or (held is False and re.search(table["titled"], token.text)):
                self._ledger.state(clause, title, False)

    def _of_both(self, clause: Clause, persons: Sequence[Token]) -> None:
        """Neither the lead nor the expert has a senior title; 项目负责人和外部专家都没有高级职称."""
        joined = clause.text.startswith(_NEITHER) or clause.has("all")
        if joined and any(token.value == "senior_title_staff" for token in clause.of("noun")):
            for person in persons[:-1]:
                self._ledger.state(clause, self._lexicon.table("person", str(person.value))["title"], False)

    def _beside(self, title: Token, person: Token) -> bool:
        """请了外面一位高级职称的专家: the title of a person whom they do have."""
        engaged = self._lexicon.table("person", str(person.value)).get("engaged")
        have = engaged in self._ledger.facts and self._ledger.facts[engaged].value is True
        return have and title.end >= person.start - _BESIDE

    def _as_before(self, clause: Clause, person: Token) -> None:
        """项目负责人不是高工，外聘专家是; the expert does: the title just told of somebody else."""
        last = clause.tokens[-1]
        if last.start > person.start and last.text.strip() in _SO:
            denied = any(token.role == "not" for token in clause.tokens if token.start > person.start)
            title = self._lexicon.table("person", str(person.value))["title"]
            self._ledger.state(clause, title, last.role != "not" and not denied)

    def _engaged(self, clause: Clause, person: Token) -> None:
        table = self._lexicon.table("person", str(person.value))
        name, outside = table.get("engaged"), str(table.get("outside", "(?!)"))
        if name is None:
            return
        denial = [token for token in clause.of("not") if _denies(clause, token, person)]
        if clause.mood == "plan" and denial:
            clause = replace(clause, mood="tell")  # 不打算请外部专家
        denial += _not_engaged(clause, person)
        entered = _entered(clause, person)  # 外部专家:无
        denial += [token for token in entered if token.role == "not"]
        from_outside = re.search(outside, person.text) is not None
        clause = _considered(clause)
        hired = clause.has("engage", "gain") or person.text.startswith(("外聘", "外请", "聘请", "请"))
        titled = from_outside and clause.has("noun", "decoy") and not denial
        owned = from_outside and any(
            token.role in ("have", "count") and token.text not in _THE and token.start < person.start
            for token in clause.tokens
        )
        owned = owned or (from_outside and any(token.role == "have" for token in entered))
        if len(denial) % 2:
            self._ledger.state(clause, name, False)
            self._person = None
        elif hired or owned or titled or denial:
            self._ledger.state(clause, name, True)


def _considered(clause: Clause) -> Clause:
    """请外面专家来，他的职称能顶吗: whom one would have to engage, asked of by what follows; 请了 is done."""
    bare = all(token.text in _ENGAGING for token in clause.of("engage")) and not clause.has("gain", "not")
    first = clause.before == "" and clause.has("engage")  # 自己做，请专家指导，够不够: their own way
    return clause.as_condition() if bare and first else clause


def _says_who(clause: Clause) -> bool:
    """是我们的技术总监, of the person named before."""
    return bool(clause.tokens) and clause.tokens[0].text in _SO and not clause.has("count", "among")


def _denies(clause: Clause, denial: Token, person: Token) -> bool:
    """Whether the having of a person is denied before him; not so in has no title, so we hired one."""
    between = [token for token in clause.tokens if denial.start < token.start < person.start]
    roles = {token.role for token in between}
    other = roles & {"noun", "decoy"} and roles & {"engage", "gain"}
    return denial.start < person.start and not other


def _not_engaged(clause: Clause, person: Token) -> list[Token]:
    """外部专家我们没请."""
    behind = [token for token in clause.tokens if token.start > person.start]
    return [first for first, after in pairwise(behind) if first.role == "not" and after.role == "engage"]


def _entered(clause: Clause, person: Token) -> list[Token]:
    """What a form has for a person, a bare 有 or 无."""
    behind = [token for token in clause.tokens if token.start > person.start and token.role != "soft"]
    counted = len(behind) == 2 and behind[1].role == "count"  # 外部专家有一位
    return behind[:1] if (len(behind) == 1 or counted) and behind[0].role in ("have", "not") else []
