"""Bare answers: 4个, 没有, 是 mean nothing by themselves; the question before gives them their fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.understanding.clause import FILLER, Clause
from bot.understanding.dates import FoundDate
from bot.understanding.events import EventReader
from bot.understanding.industry import IndustryReader
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext
from bot.understanding.numbers import Quantity
from knowledge.numerals import to_int

_DECIMAL: Final = re.compile(r"(?<![\d.])\d{1,3}\.\d+(?![\d.])")
_SETS: Final = ("yes", "no", "none", "some", "all", "retort", "assent", "willing", "heard")
_LONGEST: Final = 80  # signs: what is longer answers nothing by itself


class Answers:
    """What counts as a whole answer, and which kind each fact is of. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table: Mapping[str, Any] = lexicon.tables["answers"]
        self._sets = {name: frozenset(table[name]) for name in _SETS}
        self._around = re.compile(table["around"], re.IGNORECASE)
        self._on, self._hold = re.compile(table["go_on"]), re.compile(table["hold"])
        self._own = {
            said: {name: re.compile(form) for name, form in lexicon.tables[table].items()}
            for said, table in ((True, "answered"), (False, "denied"))
        }
        self._only = {
            said: {name: re.compile(form) for name, form in lexicon.tables[table].items()}
            for said, table in ((True, "answered_only"), (False, "denied_only"))
        }
        self._halves = {name: re.compile(form) for name, form in lexicon.tables["half"].items()}
        self._happenings = {
            str(entry["dates"]): (name, int(entry["months"]))
            for name, entry in lexicon.tables["history"].items()
            if "counted_from" in entry
        }
        self._kinds = {fact: kind for kind, facts in lexicon.tables["kind"].items() for fact in facts}

    def kind(self, fact: str) -> str:
        """count, flag, date, dates, score, choice, text, or "" for what no bare answer can fill."""
        return self._kinds.get(fact, "")

    def happening(self, days: str) -> tuple[str, int] | None:
        """Of which happening a fact holds the days, and within how many months it counts."""
        return self._happenings.get(days)

    def plain(self, text: str) -> str:
        """An answer without what may stand around it."""
        words = text.strip().lower()
        if len(words) > _LONGEST:
            return words
        while (shorter := self._around.sub("", words).strip()) != words and shorter:
            words = shorter
        return words

    def yes_or_no(self, text: str) -> bool | None:
        """Whether the message, or its first clause, is a plain yes or no."""
        words = self.plain(text)
        first = self.plain(re.split(r"[,。.!?;\s]", words, maxsplit=1)[0])
        for part in (words, first):
            if part is first and part != words and part in self._sets["heard"]:
                return None  # ok, keep 83: taken note of, and no yes
            if part in self._sets["no"]:
                return False
            if part in self._sets["yes"]:
                return True
        return None

    def only_assents(self, name: str, text: str) -> bool:
        """Whether the message, or its first clause, agrees to something, where no wish was asked for."""
        first = self.plain(re.split(r"[,。.!?;]", text, maxsplit=1)[0])
        return first in self._sets["assent"] and name not in self._sets["willing"]

    def go_on(self, text: str) -> bool | None:
        """Whether the message is a yes or no to something about to be done: 确定删除, 先不."""
        words = text.strip(" 。.!！~").lower()
        if self._hold.search(words):
            return False
        return True if self._on.search(words) else self.yes_or_no(text)

    def reason(self, name: str, text: str) -> bool | None:
        """What the words alone answer to the question for this fact: 厂房搬迁, to 有特殊原因吗; 还没交."""
        found = (said for said, forms in self._own.items() if name in forms and forms[name].search(text))
        return next(found, None)

    def to_the_question(self, name: str, text: str) -> bool | None:
        """The same, with words that say yes or no only to this very question: 他是高工, 没超."""
        found = (said for said, forms in self._only.items() if name in forms and forms[name].search(text))
        return next(found, None) if (said := self.reason(name, text)) is None else said

    def half_named(self, names: Iterable[str], text: str) -> list[str]:
        """Those of ``names`` of which the words hold half a noun: 持证的5个."""
        return [name for name in names if name in self._halves and self._halves[name].search(text)]

    @property
    def halved(self) -> tuple[str, ...]:
        """The facts that have a noun that may be cut short."""
        return tuple(self._halves)

    def is_(self, name: str, text: str) -> bool:
        """Whether the message is one of the answers ``name``."""
        return self.plain(text) in self._sets[name]

    def asked(self, context: ReadingContext, *kinds: str) -> str | None:
        """The first fact asked for that is of one of these kinds."""
        return next((name for name in context.asked if self.kind(name) in kinds), None)


class AnswerReader:
    """Fits the bare words of one message to what was asked."""

    def __init__(
        self, answers: Answers, industries: IndustryReader, ledger: Ledger, context: ReadingContext
    ) -> None:
        self._answers = answers
        self._industries = industries
        self._ledger = ledger
        self._context = context

    def read(
        self,
        clauses: list[Clause],
        counts: list[tuple[Clause, Quantity]],
        dates: list[tuple[Clause, FoundDate]],
        events: EventReader,
    ) -> None:
        """Take what answers the question before; nothing where none was asked."""
        self._no_longer(clauses)
        self._offered(clauses)
        if not self._context.asked or not clauses or self._ledger.correcting:
            return
        if counts and self._count(*counts[0]):
            return
        if dates and (name := self._answers.asked(self._context, "date")):
            events.answer(dates[0][0], name, dates[0][1])
            return
        firm = [clause for clause in clauses if not clause.hedged and not clause.has(FILLER)] or clauses[:1]
        # 行，那一年内…还是…: taken note of before something else, and no answer
        said = (clause for clause in firm if len(clauses) == 1 or not self._answers.is_("heard", clause.text))
        self._whole(next(said, firm[0]))

    def _no_longer(self, clauses: list[Clause]) -> None:
        """昨天交上去了, after 还没交: what was denied is done now."""
        denied = [name for name, held in self._context.facts.items() if held is False]
        for clause in (one for one in clauses if one.mood == "tell" and not one.hedged):
            done = (name for name in denied if self._answers.reason(name, clause.text))
            name = next((one for one in done if one not in self._ledger.facts), None)
            if name is not None:
                self._ledger.state(clause, name, True)

    def _offered(self, clauses: list[Clause]) -> None:
        """我们是厂房搬迁，有拆迁文件, behind the law on extensions: words that only one fact has."""
        for clause in (one for one in clauses if one.mood == "tell" and not one.hedged):
            for name in self._context.offered:
                said = self._answers.reason(name, clause.text) if name not in self._ledger.facts else None
                if said is not None:
                    self._ledger.state(clause, name, said)

    def _count(self, clause: Clause, quantity: Quantity) -> bool:
        name = self._answers.asked(self._context, "count", "score")
        if name is None or name in self._ledger.facts:
            return False
        if self._answers.kind(name) == "score" and (points := _DECIMAL.search(clause.text)):
            self._ledger.state(clause, name, float(points[0]))
        elif quantity.fault:
            self._ledger.reject(clause, name, quantity.fault, clause.text)
        elif (quantity.low is None and quantity.high is None) or (
            quantity.vague and quantity.low == quantity.high
        ):
            self._ledger.doubt("value", name, clause, (quantity.value,) if quantity.low is not None else ())
        elif self._ledger.state(clause, name, quantity.value) and quantity.vague:
            self._ledger.doubt("value", name, clause, (quantity.low, quantity.high))
        return True

    def _whole(self, clause: Clause) -> None:
        """A clause that is nothing but an answer."""
        name = self._context.asked[0]
        if name in self._ledger.facts or clause.mood != "tell":
            return
        kind = self._answers.kind(name)
        if kind == "count":
            self._count_words(clause, name)
        elif kind == "flag" and (said := self._said(clause, name)) is not None:
            self._ledger.state(clause, name, said)
        elif kind == "text" and self._ledger_is_empty() and (words := self._industries.answer(clause.text)):
            self._ledger.state(clause, name, words)

    def _said(self, clause: Clause, name: str) -> bool | None:
        """Yes or no, unless the words told another fact: 还没批 to the question for proof."""
        told = self._ledger.facts.values()
        if any(fact.words == clause.text for fact in told):
            return None
        if told and self._answers.is_("retort", clause.text):
            return None
        said = self._answers.yes_or_no(clause.text)
        if said and self._answers.only_assents(name, clause.text):
            return None
        if said is False and self._said_of_another():
            return None
        return self._answers.to_the_question(name, clause.text) if said is None else said

    def _count_words(self, clause: Clause, name: str) -> None:
        number = to_int(self._answers.plain(clause.text), digit_strings=False)
        if number is not None:
            self._ledger.state(clause, name, number)
        elif self._answers.is_("none", clause.text):
            retort = bool(self._ledger.facts) and self._answers.is_("retort", clause.text)
            if not retort and not self._said_of_another():
                self._ledger.state(clause, name, 0)
        elif self._answers.is_("all", clause.text):
            self._all(clause, name)
        elif self._answers.is_("some", clause.text) and not self._ledger.facts:
            self._ledger.state(clause, name, {"min": 1})

    def _said_of_another(self) -> bool:
        """没有哦，高工一个都没有: of what there are none, it is told behind it."""
        told = [
            fact for fact in self._ledger.facts.values() if self._answers.kind(fact.name) in ("count", "flag")
        ]
        return any(not fact.value and "也" not in fact.words for fact in told)

    def _all(self, clause: Clause, name: str) -> None:
        held = {
            value
            for fact, value in self._context.facts.items()
            if self._answers.kind(fact) == "count" and fact != name and isinstance(value, int) and value > 0
        }
        if len(held) == 1:
            self._ledger.state(clause, name, held.pop())
        else:
            self._ledger.doubt("referent", name, clause, tuple(sorted(held)))

    def _ledger_is_empty(self) -> bool:
        return not (self._ledger.facts or self._ledger.unknown or self._ledger.doubts)
