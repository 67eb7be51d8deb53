"""Dates as facts: which happening a day belongs to, and the year where none was said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, Final

from bot.understanding.clause import Clause, dated, willed
from bot.understanding.dates import (
    FoundDate,
    Prefer,
    day_of,
    in_month_of,
    of_one_month,
    settle,
    turned_round,
    whole_year,
)
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext

LISTED: Final = "list_published"
REAPPLY: Final = "reapply_on"
FAILED: Final = "acceptance_failed_on"
PASSED: Final = "acceptance_on"
ACCEPTANCE: Final = "acceptance"  # of which the outcome is not said
ROUND: Final = "last_round_completed"


class EventReader:
    """Reads the dated events of one message; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext) -> None:
        self._lexicon = lexicon
        self._ledger = ledger
        self._context = context
        self._today = context.now.date()
        self._municipal = re.compile(lexicon.tables["municipal"]["within"])
        # whether the acceptance spoken of is the city's
        self._city = context.goal in lexicon.tables["municipal"]["goals"]
        self._joining = lexicon.table("event", LISTED)["joining"]
        self._by_choice: str = lexicon.table("event", LISTED)["by_choice"]
        self._other_paper = re.compile(lexicon.tables["published"]["not_of"])
        self._outcomes = lexicon.tables["outcome"]
        self._event: str | None = None  # spoken of before, still without a date
        self._waiting: tuple[Clause, list[FoundDate]] | None = None  # dates still without an event
        self._spoken = False  # of an acceptance
        self._same_day = re.compile(lexicon.tables["same_day"]["form"])
        self._day: FoundDate | None = None  # the day told last
        self._paper = False  # another paper is what the sentence is of: 环评批复，2019年发的
        self._sentence_year: tuple[int, int] | None = None  # sentence and its year
        self._month: int | None = None  # that was told in it
        self._yearless: tuple[Clause, str, FoundDate] | None = (
            None  # the day told last, where it said no year
        )
        self.bare: list[tuple[Clause, FoundDate]] = []  # dates of which the message does not say the event

    def read(self, clause: Clause) -> None:
        """Take the dates of the next clause."""
        self._outcome(clause)
        if self._year_behind(clause):
            return
        events = clause.of("event", "other_event")
        dates = [token for token in clause.of("date") if not _belongs_to_history(clause)]
        for token in dates or self._that_day(clause, events):
            if token in clause.tokens and self._denied(clause, token):
                self._ledger.correcting = True
            else:
                self._place(clause, token, events)
        own = [token for token in events if token.role == "event"]
        if own and all(
            self._elsewhere(clause, token, events) or self._denied(clause, token) for token in dates
        ):
            self._undated(clause, str(_foremost(own).value))
        elif events and not own:
            self._event = None
        self._day = dates[-1].value if dates else self._day
        paper = not clause.has("event") and self._other_paper.search(clause.text) is not None
        self._paper = (paper or (self._paper and not own)) and not any(sign in clause.after for sign in _ENDS)

    def _that_day(self, clause: Clause, events: list[Token]) -> list[Token]:
        """落款是11月10号，名单就是那天公布的: the day told before."""
        named = self._same_day.search(clause.text)
        if named is None or self._day is None or not any(event.role == "event" for event in events):
            return []
        self.bare = [item for item in self.bare if item[1] is not self._day]
        start = clause.tokens[0].start + named.start()
        return [Token("date", self._day, start, start + len(named[0]), named[0])]

    def _year_behind(self, clause: Clause) -> bool:
        """名单10月20号出的，是去年的: the year of the day before, which said none."""
        years = [token.value for token in clause.of("date")]
        if (
            self._yearless is None
            or len(years) != 1
            or clause.mood != "tell"
            or not clause.roles <= _YEAR_ALONE
        ):
            return False
        told, name, found = self._yearless
        name = name if name in self._ledger.facts else FAILED  # 8月2号验收，没过，去年的事
        if not whole_year(years[0]) or name not in self._ledger.facts:
            return False
        self._yearless = None
        moved = settle(found, self._today, "nearest", years[0].first.year)
        if moved.value is not None and not moved.fault:
            self._ledger.state(replace(told, mood="tell"), name, moved.value)
        return True

    def _elsewhere(self, clause: Clause, token: Token, events: list[Token]) -> bool:
        """上一轮2020年3月启动，…: a day that is not of the event named, which may have its own behind."""
        return self._event_of(clause, token, events) == "" and not self._names_the_list(clause, token)

    def _denied(self, clause: Clause, token: Token) -> bool:
        """不是3月3号: the day that a correction takes back."""
        at = clause.tokens.index(token) - 1
        while at > 0 and clause.tokens[at].role in _OF_THE_DAY:
            at -= 1
        return at >= 0 and clause.tokens[at].role == "not" and clause.tokens[at].value == "be"

    def _place(self, clause: Clause, token: Token, events: list[Token]) -> None:
        found: FoundDate = token.value
        name = self._event_of(clause, token, events)
        if name == "":
            if found.first and whole_year(found) and any(event.value == LISTED for event in events):
                self._sentence_year = (clause.sentence, found.first.year)  # 今年的名单，5月20号发的
            return
        if name is None:
            self._waiting = (clause, [found])
            self.bare.append((clause, found))
            return
        self._waiting = None
        self.state(clause, name, found)

    def _event_of(self, clause: Clause, token: Token, events: list[Token]) -> str | None:
        """Fact name, "" where the date belongs to something that is no fact, None where nothing is said."""
        names = {str(event.value) for event in events if event.role == "event"}
        if names & {FAILED, PASSED} and ROUND in names:
            events = [
                event for event in events if event.value != ROUND
            ]  # acceptance day is not completion day
        if self._names_the_list(clause, token):
            return ""
        if events:
            nearest = min(events, key=lambda event: (_gap(event, token), event.start < token.start))
            if nearest.value in _NOT_OF_A_YEAR and whole_year(token.value) and not clause.has("published"):
                return ""  # 去年验收的时候, 今年被列入强制了
            return str(nearest.value) if nearest.role == "event" else ""
        if self._meant_by_goal(clause, token):
            return REAPPLY  # 12月报行不行, in the check for a second application
        if any(re.search(self._by_choice, choice.text) for choice in clause.of("choice")):
            return "" if whole_year(token.value) else LISTED  # 11月2号我们被列强制了
        failed = re.search(self._outcomes["failed_on"], clause.text) and not clause.has("near_miss")
        if self._of_acceptance() and failed:
            return FAILED  # 今年8月没过的
        if clause.has("published"):
            other = clause.has("reference", "rule", "guard") or self._other_paper.search(clause.text)
            mended = self._ledger.correcting and LISTED in self._context.last_facts
            wanted = clause.has("self") or LISTED in self._context.asked or mended
            if other or (self._paper and not wanted):
                return ""
            unlike = clause.has("gap", "topic", "claim", "denial") and not self._of_the_list()
            return None if unlike else LISTED  # 延期批文昨天下来了
        if self._event and (clause.has("finished") or not clause.has("gap", "noun", "topic", "count")):
            return self._event
        return "" if clause.has("finished") and clause.has("gap") else None  # 报告7月份就做完了

    def _meant_by_goal(self, clause: Clause, token: Token) -> bool:
        """Whether a day ahead is the one that the check in play turns on, though its event is not named."""
        table, found = self._lexicon.table("event", REAPPLY), token.value
        if self._context.goal != table["in_goal"] or clause.has("count", "noun", "topic", "published"):
            return False
        settled = settle(found, self._today, "future")
        ahead = settled.first is not None and settled.first > self._today
        return ahead and re.search(table["plainly"], clause.text) is not None

    def _of_the_list(self) -> bool:
        """Whether the talk is of a list."""
        return self._event == LISTED or LISTED in (*self._context.asked, *self._context.facts)

    def _of_acceptance(self) -> bool:
        """Whether the message, the question before it, or the message before that is of an acceptance."""
        talk = {*self._context.asked, *self._context.last_facts, *self._context.offered}
        return self._spoken or not talk.isdisjoint(self._outcomes["facts"])

    def _names_the_list(self, clause: Clause, token: Token) -> bool:
        """2026年强制名单 is a list's name, not its day."""
        found: FoundDate = token.value
        if clause.has("published") or found.first is None or found.last is None:
            return False
        behind = [event for event in clause.of("event") if 0 <= event.start - token.end <= _NAME_GAP]
        return (
            whole_year(found)
            and bool(behind)
            and behind[0].value == LISTED
            and re.match(self._joining, behind[0].text) is None
        )

    def _undated(self, clause: Clause, name: str) -> None:
        self._event = name
        if self._waiting and self._waiting[0].mood == clause.mood == "tell":
            held, dates = self._waiting
            if not any(sign in held.after for sign in _ENDS) and held.roles <= _DAY_ALONE:
                for found in dates:
                    self.bare = [item for item in self.bare if item[1] is not found]
                    self.state(clause, name, found)
        self._waiting = None

    def answer(self, clause: Clause, name: str, found: FoundDate) -> None:
        """Take a date for an event that was asked for; a bare year changes the year of the day held."""
        held = self._context.facts.get(name)
        found = self._in_the_year_said(name, found)
        if isinstance(held, str) and whole_year(found) and found.first:
            day = date.fromisoformat(held)
            moved = day_of(found.first.year, day.month, day.day)
            if moved:
                found = replace(found, first=moved, last=moved)
        self.state(clause, name, found)

    def _in_the_year_said(self, name: str, found: FoundDate) -> FoundDate:
        """打错了，是2月28号: a corrected day keeps the year that was written, if it may be that one."""
        held = self._context.facts.get(name)
        if self._ledger.correcting and isinstance(held, str) and found.floating and not found.floating.month:
            day = date.fromisoformat(held)
            moved = settle(in_month_of(found, day), self._today, "nearest", day.year)
            return replace(moved, assumed=False)
        refused = self._context.last_rejected.get(name)
        said = str(self._context.facts.get(name)) if name in self._context.last_facts else None
        year = _YEAR_WRITTEN.match((refused or said or "").strip())
        if found.floating is None or year is None or (not self._ledger.correcting and not refused):
            return found
        moved = settle(found, self._today, "nearest", int(year[0]))
        past = self._lexicon.table("event", name).get("tense") == "past"
        fits = moved.first is not None and not (past and moved.first > self._today)
        return replace(moved, assumed=False) if fits else found

    def state(self, clause: Clause, name: str, found: FoundDate) -> None:
        """Take a date for an event, its year supplied where none was said."""
        table = self._lexicon.table("event", name)
        prefer: Prefer = table.get("tense", "nearest")
        named, name = name, str(table.get("fact", name))
        if named == ACCEPTANCE and prefer != "future" and self._failed_before():
            name = FAILED  # 不对，是上周四验收的, of the acceptance that was failed
        if name == REAPPLY and clause.has("score"):
            return  # 今年重新验收88分: done, and no day of a wish
        if "done" in table and re.search(table["done"], clause.text):
            prefer = "past"
        elif (clause.mood in ("plan", "suppose") and prefer == "past") or re.search(
            table.get("planned", "(?!)"), clause.text
        ):
            prefer = "future"
        found = self._in_the_year_said(name, found) if self._ledger.correcting else found
        coming = prefer == "past" and self._is_coming(clause, name, found)
        settled = self._settled(clause, found, "nearest" if coming else prefer)
        if settled.fault:
            self._ledger.reject(clause, name, settled.fault, settled.words)
            return
        if settled.value is None or settled.first is None:
            self._ledger.doubt("date", name, clause)
            self._event = named  # 国庆后第一天，10月8日: its day may follow
            return
        if prefer == "past":
            settled = turned_round(settled, self._today)
        self._sentence_year = (clause.sentence, (settled.first or self._today).year)
        self._month = settled.first.month if settled.first and of_one_month(settled) else None
        if table.get("tense") != "past":
            clause = willed(clause)
        if prefer == "past" and settled.first and settled.first > self._today:
            self._ledger.doubt("date", name, clause, (settled.value,))
            return
        if clause.hedged and not self._ledger.correcting:
            self._ledger.doubt("date", name, clause, (settled.value,))
            return
        confirm = "order" if settled.swapped else "year" if settled.assumed else None
        self._yearless = (clause, name, found) if settled.assumed and clause.mood == "tell" else None
        if clause.mood == "ask" and name == REAPPLY:
            clause = replace(clause, mood="suppose")
        self._ledger.state(dated(clause), name, self._clipped(settled, prefer), confirm=confirm)
        self._event = None

    def _failed_before(self) -> bool:
        """Whether the acceptance that the talk is of was told to be failed."""
        held = self._context.facts
        return PASSED not in held and (FAILED in held or held.get("acceptance_result") == "failed")

    def _is_coming(self, clause: Clause, name: str, found: FoundDate) -> bool:
        """名单11月30号会发: a day without its year that lies ahead, not a year back."""
        if found.floating is None:
            return False
        marks = self._lexicon.tables["published"]
        if re.search(marks["coming"], clause.text):
            return True
        nearest = settle(found, self._today, "nearest")
        ahead = nearest.first is not None and 0 < (nearest.first - self._today).days <= _SOON
        return ahead and name == LISTED and not re.search(marks["done"], clause.text)

    def _settled(self, clause: Clause, found: FoundDate, prefer: Prefer) -> FoundDate:
        if found.floating and found.floating.month is None and self._month and self._ledger.correcting:
            # 9月12号，不对，13号: of the month just told
            found = replace(found, floating=replace(found.floating, month=self._month))
        if found.floating and self._sentence_year and self._sentence_year[0] == clause.sentence:
            inherited = settle(found, self._today, prefer, self._sentence_year[1])
            if inherited.first and inherited.last and self._may_be(prefer, inherited.first, inherited.last):
                return inherited
        return settle(found, self._today, prefer)

    def _may_be(self, prefer: Prefer, first: date, last: date) -> bool:
        """Whether the year that the sentence has told fits: 上月没过，3月再申请 is of the next."""
        if prefer == "past":
            return first <= self._today
        return prefer != "future" or last >= self._today

    def _clipped(self, found: FoundDate, prefer: Prefer) -> Any:
        """A wish for this year lies in what is left of it."""
        if prefer == "future" and found.first and found.last and found.first < self._today < found.last:
            return replace(found, first=self._today).value
        return found.value

    def _outcome(self, clause: Clause) -> None:
        """Whether an acceptance was passed: 差点没过 is passed."""
        for token in clause.of("event", "near_miss", "near_hit"):
            passed = _PASSED_BY.get(token.role if token.role != "event" else str(token.value))
            if passed is None or _DAY_NAMED.search(token.text):
                continue
            city = self._municipal.search(token.text) is not None
            if any(yet in token.text for yet in _NOT_YET):
                if city or clause.has("municipal"):
                    self._ledger.state(clause.as_condition(), "municipal_acceptance_passed", False)
                continue
            clause = clause if clause.has("date", "score") else clause.as_condition()
            self._judged(clause, passed, city=city)
        if (self._spoken or clause.has("municipal")) and (said := self._said_behind(clause)) is not None:
            self._judged(clause, said, city=False)
            if not said and clause.mood == "tell":
                self._failed_then()
        self._city = self._city or clause.has("municipal")
        self._spoken = self._spoken or re.search(self._outcomes["spoken"], clause.text) is not None

    def _failed_then(self) -> None:
        """10月12号评估，结果不合格; 上周三专家来了，没通过: the day before is that of failing."""
        if (held := self._ledger.facts.pop(PASSED, None)) is not None:
            self._ledger.facts[FAILED] = replace(held, name=FAILED)
        elif self._waiting and re.search(self._outcomes["coming"], self._waiting[0].text):
            clause, dates = self._waiting
            self._waiting = None
            self.bare = [item for item in self.bare if item[1] not in dates]
            self.state(clause, FAILED, dates[-1])

    def _judged(self, clause: Clause, passed: bool, *, city: bool) -> None:
        self._city = self._city or clause.has("municipal")
        if self._city or city:
            self._ledger.state(clause, "municipal_acceptance_passed", passed)
        else:
            self._ledger.state(dated(clause), "acceptance_result", "passed" if passed else "failed")

    def _said_behind(self, clause: Clause) -> bool | None:
        """…，已经通过: whether a clause that says nothing else tells the outcome."""
        if re.search(self._outcomes["passed"], clause.text):
            return True
        return False if re.search(self._outcomes["failed"], clause.text) else None


_ENDS: Final = "。!?;\n"
_DAY_ALONE: Final = frozenset(
    {"date", "soft", "only", "self", "have", "conj", "published", "finished", "correct"}
)
_OF_THE_DAY: Final = ("published", "finished", "soft")  # the list wasn't published on 5 March
_YEAR_ALONE: Final = frozenset({"date", "soft", "have", "only", "affirm"})
_DAY_NAMED: Final = re.compile("日期|时间|日$|date")  # 验收日是7月1日 does not say how it went
_YEAR_WRITTEN: Final = re.compile(r"20\d\d")
_NOT_YET: Final = ("还没", "尚未", "还未")  # it is not decided
_SOON: Final = 31  # days
_NAME_GAP: Final = 3  # characters: 2025年那批名单
_NOT_OF_A_YEAR: Final = ("acceptance", LISTED)
_PASSED_BY: Final = {"near_miss": True, "near_hit": False, PASSED: True, FAILED: False}


def _foremost(events: list[Token]) -> Token:
    """Of several, the one that outweighs: an acceptance before the round that it closes."""
    return next((event for event in events if event.value in (FAILED, PASSED, REAPPLY)), events[-1])


def _gap(event: Token, token: Token) -> int:
    return event.start - token.end if event.start >= token.end else token.start - event.end


def _belongs_to_history(clause: Clause) -> bool:
    return clause.has("history") and not clause.has("event")
