"""Named values (强制, 自愿, 自己做, 请咨询公司): what a message is about, and what it says of the speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext

_BEFORE: Final = "last_round_completed"
_ONCE: Final = ("一次", "一轮", "一回")
_OURS: Final = "我们"
_BEING: Final = ("是", "属于", "属")
_DATED: Final = frozenset({"date", "choice", "soft", "have", "only"})
_BARE: Final = frozenset({"choice", "soft"})


class ChoiceReader:
    """Reads the named values of one message; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext) -> None:
        self._lexicon = lexicon
        self._ledger = ledger
        self._context = context
        self.about: dict[str, str] = {}  # route and kind that the message speaks of, told or asked
        listed = lexicon.table("event", "list_published")
        self._ours_listed, self._not_listed = re.compile(listed["ours"]), re.compile(listed["not_ours"])
        self._before = re.compile(lexicon.table("event", _BEFORE)["before"])
        self._on_list: str | None = None  # whose list the clause before is: 强制名单
        self._joining = re.compile(listed["joining"])
        self._words = dict(lexicon.words("choice"))
        self._loose: list[tuple[Clause, str, str]] = []  # named in a clause of their own: …，强制
        self._theirs = re.compile(lexicon.tables["theirs"]["form"])
        self._either = re.compile(lexicon.tables["theirs"]["either"])
        self._hired = re.compile(lexicon.tables["theirs"]["hired"])
        self._other_work = re.compile(lexicon.tables["theirs"]["other_work"])
        self._entered = re.compile(lexicon.tables["theirs"]["entered"])
        theirs = lexicon.tables["theirs"]
        self._taken = re.compile("|".join([theirs["taken"], *theirs["also_taken"]]))
        self._served = re.compile(theirs["served"])
        self._taking_on = re.compile(theirs["taking_on"])
        self._done = re.compile("|".join([theirs["done"], *theirs["also_done"]]))
        self._not_yet = re.compile(lexicon.tables["theirs"]["not_yet"])
        self._engaged: Clause | None = None  # where their own agency is spoken of
        self._ours = False  # a clause before tells of the speaker's own
        self._asked_of_us = False  # the clause before asks of the speaker, and names no value
        self._decided = False  # 已经委托咨询公司了: done, so it is their own case
        self._refused: dict[str, dict[str, Clause]] = {}  # values that it is not, by their fact

    def read(self, clause: Clause) -> None:
        """Take the named values of the next clause; how it was before, or unknown, is none."""
        self._ours = self._ours or (clause.mood == "tell" and clause.has("self") and not _asks_about(clause))
        if clause.has("unknown", "former") or self._of_a_round_before(clause):
            return
        if (_nothing_else(clause) or clause.roles <= _DATED) and self._of_a_year_past(clause):
            return  # 去年是强制, 去年自愿的
        values = {str(token.value) for token in clause.of("choice")}
        names = {self._lexicon.table("choice", value)["fact"] for value in values}
        if len(names) < len(values) and (not clause.has("not") or self._either.search(clause.text)):
            return  # 强制还是自愿, 搞不清是自愿还是强制
        self._of_the_list(clause)
        for index, token in enumerate(clause.tokens):
            if token.role == "choice":
                self._choice(clause, index, token)
            elif token.role == "event":
                self._within(clause, index, token)
        if clause.has("agency"):
            self.about.setdefault("route", "consultant")
            self._commission(clause)
            if clause.has("request") and (clause.mood == "tell" or _requests(clause)):
                told = replace(clause, mood="tell")
                self._loose.append((told, "route", "consultant"))  # 查一下咨询公司条件，强制的
        theirs = clause.has("self") or (clause.has("agency") and clause.has("tail"))  # 咨询公司够不够格
        self._asked_of_us = clause.mood == "ask" and theirs and not clause.has("choice")

    def finish(self, *, named: bool, asking: bool) -> None:
        """Take values that stand alone in their clause, if the message tells something else besides: a fact,
        a company (``named``), the other choice. A message that asks tells no case by choices alone.
        """
        told = {name for _, name, _ in self._loose}
        values = {(name, value) for _, name, value in self._loose}
        twice = len({clause.text for clause, _, _ in self._loose}) > 1  # 没请中介，自己人弄
        case = (
            (named or len(told) > 1 or twice or self._decided or self._ours)
            and len(values) == len(told)
            and not asking
        )
        for clause, name, value in self._loose:
            if name in self._context.asked or self._ledger.facts or self._ledger.rejected or case:
                self._ledger.state(clause, name, value)
        self._of_none()
        if self._engaged and "route" not in self._ledger.facts and self._counted():
            self._ledger.state(self._engaged, "route", "consultant")

    def _of_none(self) -> None:
        """既不是重金属也不是产能过剩，也不在名录里: every value of a fact is refused, and so is what else
        there could be."""
        for name, refused in self._refused.items():
            tables = [t for t in self._lexicon.tables["choice"].values() if t.get("fact") == name]
            values = {str(table["value"]) for table in tables}
            left = [str(table["none_without"]) for table in tables if "none_without" in table]
            if left and values <= refused.keys() and all(self._is_not(other) for other in left):
                self._ledger.state(next(iter(refused.values())), name, tables[0]["none"])

    def _is_not(self, name: str) -> bool:
        told = self._ledger.facts.get(name)
        return (told.value if told else self._context.facts.get(name)) is False

    def _of_a_round_before(self, clause: Clause) -> bool:
        """上一轮是自愿做的, 自愿审核2023年做完的; but 我们自愿审核做完了 is the one in play."""
        done = [token for token in clause.of("event") if token.value == _BEFORE]
        return bool(done) and (clause.has("date") or any(self._before.search(token.text) for token in done))

    def _of_a_year_past(self, clause: Clause) -> bool:
        year = self._context.now.year
        dates = [token.value for token in clause.of("date")]
        return bool(dates) and all(found.last and found.last.year < year for found in dates)

    def _counted(self) -> bool:
        values = [fact.value for fact in self._ledger.facts.values()]
        return any(isinstance(value, int | dict) and not isinstance(value, bool) for value in values)

    def _commission(self, clause: Clause) -> None:
        """我们请的咨询公司有5个大专: the agency is theirs, so they have one."""
        own = any(self._theirs.search(token.text) for token in clause.of("agency")) or (
            clause.has("self")
            and not clause.has("gap")
            and clause.of("self")[0].end == clause.of("agency")[0].start
        )
        hired = any(self._hired.match(token.text) for token in clause.of("agency"))
        of_theirs = clause.mood == "ask" and clause.has("self") and hired  # 我们请的咨询公司够不够条件
        told = clause.mood == "tell" or of_theirs
        if not own or not told or self._engaged or clause.has("other_event", "plan"):
            return
        clause = self._engaged = replace(clause, mood="tell")
        if not clause.has("gap", "noun", "count", "have"):
            self._loose.append((clause, "route", "consultant"))

    def _within(self, clause: Clause, index: int, event: Token) -> None:
        """强制 in 上了强制审核名单."""
        held = next((word for word in _parts(event.text) if word in self._words), None)
        if held and _put_off(clause, index):
            table = self._lexicon.table("choice", self._words[held])
            if clause.mood == "tell" and "else" in table:
                self._loose.append((clause, str(table["fact"]), str(table["else"])))  # 没上强制名单
        elif held:
            self._on_list = self._words[held]
            self._choice(clause, index, replace(event, role="choice", value=self._words[held]))

    def _of_the_list(self, clause: Clause) -> None:
        """强制名单出来了，有我们; or 没有我们, so that its kind is not theirs."""
        named, self._on_list = self._on_list, None
        if named is None or clause.mood != "tell":
            return
        table = self._lexicon.table("choice", named)
        if self._ours_listed.search(clause.text):
            self._ledger.state(clause, str(table["fact"]), table["value"])
        elif self._not_listed.search(clause.text):
            self._loose = [one for one in self._loose if one[2] != table["value"]]

    def _choice(self, clause: Clause, index: int, token: Token) -> None:
        table = self._lexicon.table("choice", str(token.value))
        if table["fact"] == "route" and self._of_other_work(clause, token):
            return
        name, value = str(table["fact"]), self._value(clause, index, table)
        if value is None:
            if clause.mood == "tell":
                self._refused.setdefault(name, {})[str(table["value"])] = clause
            return
        if self._stands_for_another(clause, table, value):
            return
        self.about[name] = value
        if clause.mood == "plan" and not _goes_further(clause, index):
            clause = replace(clause, mood="tell")  # 打算自己做 is how they will do it
        if clause.mood in ("tell", "other", "rule") and self._served.match(clause.text):
            self._loose.append((replace(clause, mood="tell", before_question=False), name, value))
            return
        if clause.mood == "tell" and not self._of_them(clause, name):
            if (not clause.has("gap") or self._told_at_once(clause, token)) and not clause.before_question:
                self._loose.append((clause, name, value))
                self._decided = self._decided or self._done.search(clause.text) is not None
            return
        self._ledger.state(clause, name, value)
        if clause.mood == "ask" and (_requests(clause) or self._taking_on_asked(clause)):
            self._loose.append((replace(clause, mood="tell"), name, value))

    def _taking_on_asked(self, clause: Clause) -> bool:
        """我们能不能接强制的？大专10个."""
        return clause.has("self") and self._taking_on.search(clause.text) is not None

    def _stands_for_another(self, clause: Clause, table: Any, value: str) -> bool:
        """公司也自愿, in the check for a title that asks for it: another fact is told, no kind of audit."""
        of_it = str(self._context.goal or "").startswith(table.get("in_goal", "\0"))
        if not of_it or value != table["value"] or re.search(table["plainly"], clause.text):
            return False
        if clause.mood in ("tell", "plan") and not clause.has("not"):
            told = replace(clause, mood="tell", hedged=False)
            self._ledger.state(told, str(table["stands_for"]), True)
        return True

    def _told_at_once(self, clause: Clause, token: Token) -> bool:
        """跟咨询公司签了三年框架: done, and of nobody else, whatever follows."""
        ahead = any(one.start < token.start for one in clause.of("gap", "industry", "decoy"))
        return not ahead and self._done.search(token.text) is not None

    def _of_other_work(self, clause: Clause, token: Token) -> bool:
        """我们的环评是委托别人做的: another work than the audit."""
        ahead = clause.text[: token.start - clause.tokens[0].start]
        return self._other_work.search(ahead) is not None

    def _value(self, clause: Clause, index: int, table: Any) -> str | None:
        at, start = index - 1, clause.tokens[index].start
        while at >= 0 and (
            clause.tokens[at].role in ("plan", "only", "soft") or clause.tokens[at].end > start
        ):
            at -= 1  # the 五个 of 五个重金属行业 is the choice's own
        before = clause.tokens[at] if at >= 0 else None
        if "none" in table and _denied_behind(clause, index):
            return None
        if before and before.role == "not":
            decided = before.value == "be" or (clause.has("self") and not self._not_yet.match(before.text))
            return table.get("else") if decided else None
        return str(table["value"])

    def _contrasted(self, clause: Clause) -> bool:
        """不是自愿; 委托第三方做的."""
        if clause.has("gap") or clause.questioned:
            return False
        return clause.has("not") or (
            clause.has("choice") and clause.text.rstrip("哦哈啦呀啊呢嘛").endswith(("做的", "做了", "审的"))
        )

    def _of_them(self, clause: Clause, name: str) -> bool:
        """Whether the clause says it of the speaker."""
        if self._taken.search(clause.text):
            return True
        if _asks_about(clause):
            return False
        if name in self._context.asked or clause.has("plan") or self._contrasted(clause):
            return True
        if self._asked_of_us and clause.roles <= _BARE:
            return True  # 我们能不能申请，自愿审核的
        if self._entered.search(clause.text) and not clause.has("gap"):
            return True  # 审核类型:强制, 审核类型 强制
        if _nothing_else(clause) and clause.has("have"):
            return True  # 属于自愿类, 今年属于强制审核
        if not clause.has("gap") and any(_OURS in token.text for token in clause.of("choice")):
            return True  # 审核我们自己做
        if clause.has("self") and (
            clause.has("have", "plan", "only", "event", "all") or not _gap_behind(clause)
        ):
            return True
        return name == "audit_kind" and any(
            token.value == "list_published" and self._joining.match(token.text)
            for token in clause.of("event")
        )


def _requests(clause: Clause) -> bool:
    """请帮忙核对强制审核咨询机构条件：大专10人."""
    return clause.has("request") and not clause.has("ask", "tail", "inquire", "not")


def _denied_behind(clause: Clause, index: int) -> bool:
    """五个重金属和七个产能过剩我们都不是."""
    behind = [token for token in clause.tokens[index + 1 :] if token.role == "not"]
    return bool(behind) and behind[0].value == "be" and behind[0] is clause.tokens[-1]


def _gap_behind(clause: Clause) -> bool:
    """Whether words that nobody knows stand behind 我们; 交接单上写: before it changes nothing."""
    own = clause.of("self")[0].end
    return any(token.start >= own for token in clause.of("gap"))


def _asks_about(clause: Clause) -> bool:
    """想问一下自愿的…; but 想问一下我们是自愿的, 问一下啊我们厂自愿的 tell what they are."""
    if not clause.has("inquire") or clause.has("require", "plan"):
        return False
    asked = clause.of("inquire")[-1]
    last = clause.tokens[-1]
    owned = (
        own.start > asked.start
        and ((then.role == "have" and then.text in _BEING) or (then.role == "choice" and then is last))
        for own, then in pairwise(clause.tokens)
        if own.role == "self"
    )
    return not (any(owned) or _on_a_list(clause, asked))


def _on_a_list(clause: Clause, asked: Token) -> bool:
    """想问一下就是我们厂在强制名单里面: told behind the word that asks."""
    own = next((token.start for token in clause.of("self") if token.start > asked.start), None)
    listed = own is not None and any(
        token.value == "list_published" and token.start > own for token in clause.of("event")
    )
    inside = clause.has("among") or any("在" in token.text for token in clause.of("event"))
    return listed and inside and not clause.has("ask", "tail")


def _nothing_else(clause: Clause) -> bool:
    chosen = clause.of("choice")  # the 五个 of 五个重金属行业 is the choice's own
    said = [
        token.role
        for token in clause.tokens
        if token.role not in ("date", "only")
        and not (token.role == "count" and any(one.start <= token.start < one.end for one in chosen))
    ]
    return said[:1] == ["have"] and all(role in ("have", "choice", "soft", "all") for role in said)


def _goes_further(clause: Clause, index: int) -> bool:
    """打算请咨询公司评估一下行情: what follows may be another matter than their audit."""
    behind = (
        token
        for token in clause.tokens[index + 1 :]
        if token.value != _BEFORE and token.text.strip() not in _ONCE  # 自愿做一次审核
    )
    return any(token.role in ("gap", "event", "other_event", "decoy") for token in behind)


def _put_off(clause: Clause, index: int) -> bool:
    """Whether what stands right before denies that they were put on it."""
    before = clause.tokens[index - 1] if index else None
    return before is not None and before.role == "not" and before.value != "be" and not clause.has("gap")


def _parts(text: str) -> Iterator[str]:
    """Every stretch of a short text, the longest first."""
    for size in range(len(text), 1, -1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]
