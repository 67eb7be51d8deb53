"""Facts that are so or not: a topic with a word of having or lacking, a claim, a thing of the past."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from bot.understanding.behind import Behind
from bot.understanding.clause import Clause
from bot.understanding.dates import FoundDate, add_months, settle
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext
from bot.understanding.polarity import from_gap, of_having, polarity, until_gap, without_being, without_one
from bot.understanding.titles import TitleReader

_DAY_ONLY: Final = frozenset({"date", "soft", "have", "only", "self"})
_TELLING: Final = frozenset({"not", "history", "event", "topic", "noun", "choice", "claim", "denial"})
_OPENING: Final = frozenset({"count", "decoy", "only", "soft", "all"})


class FlagReader:
    """Reads the yes-or-no facts of one message; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext) -> None:
        self._lexicon = lexicon
        self._ledger = ledger
        self._context = context
        self._listed: bool | None = None  # what 没有 or 有 says of a list
        self._happened: str | None = None  # what the clause before tells without its day
        self._dates: list[FoundDate] = []  # of the clause before, within the sentence
        self._past = False  # a thing of the past was told in this sentence; later days are of that
        self._period: Clause | None = None  # the clause before, where it tells a time and no happening
        self._theirs = re.compile(lexicon.tables["theirs"]["form"])
        self._of_it = re.compile(lexicon.tables["another_thing"]["behind"])
        self._not_it = re.compile(lexicon.tables["another_thing"]["before"])
        self._getting: str = lexicon.tables["getting"]["form"]
        self._heard = ""  # the message so far
        self._ours = False  # the sentence so far told of the speaker
        self._sentence = ""  # the clauses before, of the same sentence
        self._behind = Behind(lexicon, ledger)
        self._titles = TitleReader(lexicon, ledger)
        self._named: list[tuple[Clause, str]] = []  # 重点企业, alone in its clause

    def read(self, clause: Clause) -> None:
        """Take the flags of the next clause."""
        if clause.before not in ("、", ""):
            self._listed = None
        self._heard += clause.text
        self._sentence = "" if any(sign in clause.before for sign in "。!;\n") else self._sentence
        self._behind.read(clause)
        self._dated_behind(clause)
        clause = self._ahead(clause)
        bygone = clause.has("former")  # how it was is not how it is; what happened then did happen
        for index, token in enumerate(clause.tokens):
            if token.role == "topic" and not bygone and not self._of_another_thing(clause, token):
                self._topic(clause, index)
            elif token.role in ("claim", "denial") and not bygone:
                self._claim(clause, index)
            elif token.role == "history":
                self._history(clause, index)
        self._sentence += clause.text
        self._ours = clause.has("self") or (self._ours and not _ends_sentence(clause))
        self._titles.read(clause)
        self._past = (self._past or clause.has("history")) and not _ends_sentence(clause)
        dated = not self._past and not clause.has("event", "other_event", "published")
        here = [token.value for token in clause.of("date")] if dated else []
        self._dates = here if here else ([] if _ends_sentence(clause) or self._past else self._dates)

        tells_time = clause.has("duration") and not clause.has("history", "count", "noun")
        self._period = clause if tells_time and not _ends_sentence(clause) else None

    def _ahead(self, clause: Clause) -> Clause:
        """材料下周能交齐: what has its day before it is a plan."""
        days = [token.value for token in clause.of("date")]
        coming = bool(days) and all(day.first and day.first > self._context.now.date() for day in days)
        return replace(clause, mood="plan") if coming and clause.mood == "tell" else clause

    def _claim(self, clause: Clause, index: int) -> None:
        """Words that say it by themselves; 没批 and 愿意 only where the talk is about the matter."""
        token = clause.tokens[index]
        table = self._lexicon.table(token.role, str(token.value))
        if not self._with(clause, index, table.get("with", "")) or clause.has(*table.get("unless", ())):
            return
        if "about" in table and not self._about(table, str(token.value)):
            return
        around = until_gap(clause.tokens, index)
        if token.role == "denial":
            around, index = from_gap(around[: index + 1], index)
        held = polarity(around, index)
        self._ledger.state(clause, token.value, (token.role == "claim") is not (held is False))

    def _with(self, clause: Clause, index: int, needed: str) -> bool:
        """Whether the clause names whom it is said of, or opens with it behind one that does: 审核师是
        新考的，没做过审核."""
        if re.search(needed, clause.text):
            return True
        opens = all(token.role in _OPENING for token in clause.tokens[:index])  # 一个项目都没做过
        return opens and not clause.has("self") and re.search(needed, self._sentence) is not None

    def _about(self, table: Mapping[str, Any], name: str) -> bool:
        """Whether the talk, or what the message told, is of the matter; so it is where the fact is held."""
        near = str(self._context.goal or "").startswith(str(table["goal"]))
        talk = {*self._ledger.facts, *self._context.facts, *self._context.asked}
        told = not talk.isdisjoint((name, *table.get("beside", ())))
        return near or told or re.search(table["about"], self._heard) is not None

    def _topic(self, clause: Clause, index: int) -> None:
        token = clause.tokens[index]
        table = self._lexicon.table("topic", token.value)
        tokens = without_one(clause.tokens, index)
        tokens = tokens if table.get("be") else without_being(tokens)
        said = polarity(
            of_having(
                tokens,
                "|".join(
                    (
                        table.get("behind", table.get("done", "(?!)")),
                        table.get("placed", "(?!)"),
                        self._getting,
                    )
                ),
            ),
            index,
        )
        if said is None and clause.has("lack"):
            said = False
        if said is None and self._listed is not None and clause.before == "、":
            said = self._listed
        if said is None:
            said = self._joined(clause.tokens, index)
        if said is None and table.get("be") and clause.has("self") and not clause.has("gap", "ask"):
            said = True
        if said is None and table.get("be") and clause.alone(index) and clause.mood == "tell":
            self._named.append((clause, str(token.value)))
        if said and table.get("be") and not self._of_us(clause, index):
            said = None
        said = self._as_placed(clause, table, said)
        if table.get("of_all") and clause.has("count") and _of_some(clause, token):
            return  # 其中3个有经验
        if "done" in table and not re.search(table["done"], clause.text):
            self._stand_in(clause, table, said)
            said = None
        elif said is not None and (other := self._other_goal_of(token, table)):
            self._ledger.state(self._said_by(clause), other, said)
            return
        if said is None:
            self._behind.wait(clause, token)
            return
        self._listed = said
        silent = said and ("behind" in table or "done" in table)
        self._behind.wait(clause, token if silent else None, said=True)
        self._ledger.state(self._said_by(clause), token.value, said)

    def _of_another_thing(self, clause: Clause, token: Token) -> bool:
        """质量体系认证费没交, 施工材料没送到."""
        at = token.start - clause.tokens[0].start
        behind = self._of_it.match(clause.text, at + len(token.text))
        other = self._lexicon.table("topic", token.value).get("not_of", "(?!)")
        ahead = clause.text[:at]  # 排污证的材料
        return behind is not None or any(re.search(form, ahead) for form in (self._not_it, other))

    def _as_placed(self, clause: Clause, table: Mapping[str, Any], said: bool | None) -> bool | None:
        """What is said, with the words that a list asks for; 去年还没有质量体系 tells nothing of today."""
        if said is False and clause.dated_before(self._context.now.year):
            return None
        if "placed" not in table:
            return said
        said = said is not False
        return said if re.search(table["placed" if said else "absent"], clause.text) else None

    def _said_by(self, clause: Clause) -> Clause:
        """中介没有独立法人行不行: no agency of theirs, so it is the condition of the question behind it."""
        any_agency = clause.has("agency") and not clause.has("self", "only") and clause.before_question
        if any_agency and not any(self._theirs.search(token.text) for token in clause.of("agency")):
            return replace(clause, mood="suppose") if clause.mood == "tell" else clause
        return clause.as_condition()

    def _other_goal_of(self, token: Token, table: Mapping[str, Any]) -> str | None:
        """材料交上去了, in talk of an extension: its proof."""
        talk = "stands_in" in table and str(self._context.goal or "").startswith(table["stands_in"])
        return str(table["stands_for"][0]) if talk and not re.search(table["own"], token.text) else None

    def _joined(self, tokens: Sequence[Token], index: int) -> bool | None:
        """有独立法人和质量体系, 工艺人员和审核方法人员都有: what is said of one of two is said of both."""
        if index > 1 and tokens[index - 1].value == "join" and tokens[index - 2].role == "topic":
            return self._listed
        after = tokens[index + 1 : index + 3]
        if len(after) == 2 and after[0].value == "join" and after[1].role == "topic":
            return polarity(tokens, index + 2)
        return None

    def _stand_in(self, clause: Clause, table: Mapping[str, Any], said: bool | None) -> None:
        """材料有, where the proof was asked for."""
        asked = next((name for name in table.get("stands_for", ()) if name in self._context.asked), None)
        if asked and said is not None:
            self._ledger.state(clause, asked, said)

    def finish(self, *, named: bool) -> None:
        """Take what stood alone in its clause, if it was asked for, or the message tells something else
        besides: another fact, or what they make (``named``)."""
        for clause, name in self._named:
            told = self._ledger.facts or named or name in self._context.asked[:1]
            if told and name not in self._ledger.facts:
                self._ledger.state(clause.as_condition(), name, True)

    def _dated_behind(self, clause: Clause) -> None:
        """罚过，2023年10月的事: the day tells more than whether it lies within the period."""
        name, self._happened = self._happened, None
        if name is not None and self._timed_behind(clause, name):
            return
        dates = [token.value for token in clause.of("date")]
        if name is None or not dates or not all(token.role in _DAY_ONLY for token in clause.tokens):
            return
        table = self._lexicon.table("history", name)
        if "dates" not in table:
            return
        self._date_list(clause, table, dates)
        if clause.mood != "tell":
            return
        self._ledger.doubts[:] = [doubt for doubt in self._ledger.doubts if doubt.fact != name]
        today = self._context.now.date()
        days = [settle(found, today, "past").first for found in dates]
        if any(day is None or day < add_months(today, -table["months"]) for day in days):
            self._ledger.facts.pop(name, None)

    def _timed_behind(self, clause: Clause, name: str) -> bool:
        """罚过，近三年有一次: the time tells that it lies within the period."""
        table = self._lexicon.table("history", name)
        other = any(token.role in _TELLING and token.value != "acceptance" for token in clause.tokens)
        told = clause.has("duration") and clause.mood == "tell" and not other
        if not told or not (_covers(clause, table["period"]) or _shortly_before(clause, table["months"])):
            return False
        self._ledger.doubts[:] = [doubt for doubt in self._ledger.doubts if doubt.fact != name]
        return self._ledger.state(clause, name, True)

    def _of_us(self, clause: Clause, index: int) -> bool:
        """电镀厂属于重点企业 is said of any; 我们是重点企业, 属于重点企业 of the speaker; 客户是 of whom they
        speak for."""
        if re.search(self._lexicon.tables["client"]["form"], clause.text):
            return True
        before = clause.tokens[:index]
        if self._ours and before and before[0].value == "thing":
            before = before[1:]  # 我们行业在名录里，厂子也是重点企业
        named = any(token.role in ("gap", "industry", "decoy") for token in before)
        return clause.has("self", "agency") or not named

    def _history(self, clause: Clause, index: int) -> None:
        """Something that happened: it counts with its time, its absence for the whole period."""
        token = clause.tokens[index]
        name = str(token.value)
        table = self._lexicon.table("history", name)
        if re.search(table.get("not_after", "(?!)"), clause.text) or _not_us(clause):
            return
        if self._not_the_cause(clause, index, table):
            return
        listed = self._listed is False and clause.before == "、" and not clause.has("have")
        happened = not listed and not _none_of(clause, token) and polarity(clause.tokens, index) is not False
        if not happened:
            self._listed = False
        dates = [item.value for item in clause.of("date")] or self._dates
        self._happened = name if happened and not dates else None
        within = any(_covers(part, table["period"]) for part in (clause, self._period) if part)
        asked = name in self._context.asked
        if not happened:
            if within or asked or not (dates or clause.has("duration")):
                self._ledger.state(clause, name, False)
        elif dates and "dates" in table:
            self._date_list(clause, table, dates)
            self._after_all(clause, name, table, dates)
        elif within or asked:
            self._ledger.state(clause, name, True)
        else:
            self._ledger.doubt("date", name, clause)

    def _not_the_cause(self, clause: Clause, index: int, table: Mapping[str, Any]) -> bool:
        """有处罚但不是超标: what was just told of was for something else, so none of those asked for."""
        of, before = table.get("cause_of"), clause.tokens[index - 1] if index else None
        told = of in self._ledger.facts or any(doubt.fact == of for doubt in self._ledger.doubts)
        if not told or before is None or (before.role, before.value) != ("not", "be"):
            return False
        self._ledger.doubts[:] = [doubt for doubt in self._ledger.doubts if doubt.fact != of]
        return self._ledger.state(clause, str(of), False)

    def _date_list(self, clause: Clause, table: Mapping[str, Any], dates: Sequence[FoundDate]) -> None:
        settled = [settle(found, self._context.now.date(), "past") for found in dates]
        for found in settled:
            if found.fault:
                self._ledger.reject(clause, table["dates"], found.fault, found.words)
        values = [found.value for found in settled if found.value is not None]
        if values:
            confirm = "year" if any(found.assumed for found in settled) else None
            self._ledger.state(clause, table["dates"], values, confirm=confirm)
        elif not any(found.fault for found in settled):
            self._ledger.doubt("date", table["dates"], clause)

    def _after_all(
        self, clause: Clause, name: str, table: Mapping[str, Any], dates: Sequence[FoundDate]
    ) -> None:
        """刚知道前年被罚过, where it was asked or had been denied: it lies within the period up to today."""
        open_still = name in self._context.asked[:1] or self._context.facts.get(name) is False
        if not open_still or clause.mood != "tell" or "counted_from" not in table:
            return
        if self._context.facts.get(table["counted_from"]) is not None:
            return  # the days themselves decide
        today = self._context.now.date()
        firsts = [settle(found, today, "past").first for found in dates]
        if any(day is not None and day >= add_months(today, -table["months"]) for day in firsts):
            self._ledger.state(clause, name, True)


def _not_us(clause: Clause) -> bool:
    """被罚的那家不是我们: of whom it is not told says nothing of what was not."""
    pairs = pairwise(clause.tokens)
    return any(one.value == "be" and one.role == "not" and after.role == "self" for one, after in pairs)


def _none_of(clause: Clause, token: Token) -> bool:
    """处罚记录0; zero penalties."""
    counted = [one for one in clause.of("count") if one.start >= token.end]
    counted += [one for one in clause.of("count") if one.end + 1 == token.start and one.text.isascii()]
    return bool(counted) and counted[0].value.exact == 0


def _of_some(clause: Clause, topic: Token) -> bool:
    """Whether 其中 stands before the topic; 都有经验其中一个是高工 says it of all."""
    return any(token.start < topic.start for token in clause.of("among"))


def _ends_sentence(clause: Clause) -> bool:
    return any(sign in clause.after for sign in "。!;\n")


def _shortly_before(clause: Clause, months: int) -> bool:
    """验收前两个月: a time before it that is shorter than the period."""
    short = any(
        token.value.high is not None and token.value.high <= months for token in clause.of("duration")
    )
    return short and re.search("前|近|内|before|within", clause.text) is not None


def _covers(clause: Clause, period: str) -> bool:
    """Whether the clause speaks of the whole period that counts."""
    return any(re.search(period, token.text) for token in clause.of("duration")) or bool(
        re.search(f"(?:近|最近|过去|这|前)(?:{period})", clause.text)
    )
