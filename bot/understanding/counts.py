"""Counts of people as facts: number and noun, none of them, all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from bot.understanding.changes import Changes
from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext
from bot.understanding.numbers import PEOPLE, Quantity
from bot.understanding.pairing import denied, joined, pair, possessed, shared, widened
from bot.understanding.shares import Shares
from bot.understanding.tally import (
    ALL_STAFF,
    AUDITORS,
    FULLTIME,
    FULLTIME_LOWER,
    TITLED,
    TITLED_AUDITORS,
    Tally,
)

_NONE: Final = Quantity(0, 0)
_LIGHT: Final = frozenset(
    {"soft", "have", "only", "all", "hedge", "count", "date", "self"}
    | {"correct", "not", "conj", "affirm", "agency"}
)
_GETTING: Final = frozenset({"engage", "gain", "loss", "plan", "have"})
_CHANGING: Final = _LIGHT | {"gain", "loss"}


class CountReader:
    """Reads the counts of one message; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext, route: str | None) -> None:
        self._ledger = ledger
        self._year = context.now.year
        self._tally = Tally(lexicon, ledger, context, route)
        self._shares = Shares(self._tally, ledger)
        self._changes = Changes(self._tally, ledger)
        counted = lexicon.tables["kind"]["count"]
        self._asked = next((name for name in context.asked if name in counted), None)
        self._timed: Token | None = None  # a noun for which time counts: 社保
        self._open: Token | None = None  # a noun that waits for its number
        self._staffed = False  # the message names some of the people that are counted
        self._named: Token | None = None  # a noun that its clause says nothing of: 高工呢，没有
        self._agency = "consultant" in (route, context.facts.get("route"))
        self._none = False  # 没有 before a list: 没有高工、审核师
        self._listed: list[tuple[Clause, Token]] = []  # a list that waits for its end: 大专、审核师证都没有
        self.bare: list[tuple[Clause, Quantity]] = []  # numbers whose noun is not in the message

    def expect(self, clauses: Sequence[Clause]) -> None:
        """专职…高级职称2名，中级职称5名: full-time people of both titles are counted."""
        self._staffed = any(clause.has("noun", "self") for clause in clauses)
        named = {token.value for clause in clauses for token in clause.of("decoy", "noun")}
        marked = any(clause.has("fulltime") for clause in clauses) or named & {FULLTIME, FULLTIME_LOWER}
        if marked and named & {"intermediate", FULLTIME_LOWER}:
            self._tally.fulltime = True

    def read(self, clause: Clause) -> None:
        """Take the counts of the next clause."""
        if clause.has("self", "conj") or "。" in clause.before:
            self._tally.person = False
        if clause.has("person"):
            self._tally.person = True
        if clause.before != "、":
            self._listed = []
        clause = self._titled_auditors(clause)
        if self._named is not None and _is_none(clause):
            self._tally.take(clause, self._named, _NONE)
        self._named = _only_named(clause)
        clause = self._without_denied(_supposed_one(clause))
        if clause.mood == "tell" and self._is_past(clause):
            self._open = next((token for token in clause.tokens if token.role == "noun"), self._open)
            self._changes.remember(clause, self._open)
            return
        self._timed = next((token for token in clause.of("noun") if self._tally.timed(token)), self._timed)
        self._read(clause)

    def _read(self, clause: Clause) -> None:
        heads = pair(clause.tokens)
        used = set(heads.values())
        for index, head in heads.items():
            used.update(self._paired(clause, index, head))
        alone = [at for at, token in enumerate(clause.tokens) if token.role == "count" and at not in heads]
        if len(alone) > 1 and self._open is not None and self._by_kind(clause, alone):
            return
        light = all(token.role in _LIGHT for token in clause.tokens)
        for index in alone:
            self._alone(clause, index, light=light)
        for index, token in enumerate(clause.tokens[: min(alone, default=None)]):
            if index in used:
                continue  # 3个人没有大专学历 says nothing of the others
            if token.role == "noun":
                self._noun_alone(clause, index, heads)
            elif token.role == "unfit":
                self._shares.unfit(clause, token)

    def _titled_auditors(self, clause: Clause) -> Clause:
        """审核人员里有1个高级职称: the titled among the auditors, of whom the number may be told before.
        Of an agency's it is the titled that count."""
        tokens = clause.tokens
        if self._agency or self._tally.fulltime or not clause.has("among"):
            return clause
        for (at, noun), (_, inside) in pairwise(enumerate(tokens)):
            if noun.value != AUDITORS or inside.role != "among":
                continue
            if any(token.value == TITLED for token in tokens[at + 2 :]):
                self._tally.person = False
                if at and tokens[at - 1].role == "count":
                    self._tally.take(clause, noun, tokens[at - 1].value)
                inner = tokens[at + 2 :]
                rest = (replace(t, value=TITLED_AUDITORS) if t.value == TITLED else t for t in inner)
                return replace(clause, tokens=(*tokens[: max(at - 1, 0)], *rest))
        return clause

    def _is_past(self, clause: Clause) -> bool:
        """去年有5个, 原来有5个: how it was, not how it is."""
        if clause.has("gain", "loss", "duration"):
            return False
        old = any(token.value.last and token.value.last.year < self._year for token in clause.of("date"))
        return clause.has("former") or (old and not clause.has("event"))

    def _without_denied(self, clause: Clause) -> Clause:
        """Leave out 不是3个, and marks that only say of a noun what it means anyway: 相关专业的大专."""
        tokens = list(clause.tokens)
        for before, token in pairwise(clause.tokens):
            denied_count = before.role == "not" and before.value == "be"
            if token.role == "count" and (denied_count or before.role == "from"):
                self._ledger.correcting = True
                tokens = [kept for kept in tokens if kept not in (before, token)]
        nouns = {token.value for token in tokens if token.role == "noun"}
        if not clause.has("among"):
            tokens = [token for token in tokens if token.role != "fit" or token.value not in nouns]
        return replace(clause, tokens=tuple(tokens))

    # --- a number with its noun ---------------------------------------------------------------

    def _paired(self, clause: Clause, index: int, head: int) -> list[int]:
        """Take a number with its noun; further nouns that share the number are given back."""
        tokens, noun = clause.tokens, clause.tokens[head]
        quantity: Quantity = tokens[index].value
        if noun.role in ("unfit", "fit"):
            self._shares.split(clause, noun, quantity)
        counted = noun.role == "noun" or (noun.role == "decoy" and self._tally.fact_of(noun) is not None)
        if not counted or any(token.role == "lack" for token in tokens[:index]):
            return []  # 还差1个高工
        self._tally.person = self._tally.person and noun.value in (TITLED, TITLED_AUDITORS)
        if self._none_of(tokens, index, head):
            self._tally.take(clause, noun, _NONE)
            return []
        if _not_one(tokens, index):
            return [head]
        if index and tokens[index - 1].role == "not":
            quantity = replace(quantity, low=None, high=(quantity.exact or 1) - 1)
        if self._changes.named(clause, noun, quantity):
            return []
        if _unfit_behind(tokens, max(index, head)):
            self._open = noun  # 有一个审核师证书过期了，所以是3个
            return [head]
        return self._counted(clause, index, head, quantity)

    def _counted(self, clause: Clause, index: int, head: int, quantity: Quantity) -> list[int]:
        """The nouns, from ``head`` on, that have this number."""
        tokens, noun = clause.tokens, clause.tokens[head]
        more = list(joined(tokens, head) if head > index else shared(tokens, head))
        if noun.value == ALL_STAFF and head and tokens[head - 1].role == "noun":
            head -= 1  # 有上岗证的员工5位
        elif noun.value == ALL_STAFF and self._open is not None and clause.before == ")":
            self._tally.take(clause, self._open, quantity)  # 大专学历(环境类)员工9名
            return [head]
        elif noun.value == ALL_STAFF and more:
            head, *more = more  # 6个员工有大专学历 counts those six, not all
        elif noun.value == ALL_STAFF and head > index and (held := _held_by(tokens, head)) is not None:
            head = held  # 五名员工参保超过一年
        if head < index and not clause.has("each", "all"):
            return self._summed(clause, [*more, head], quantity, index)
        self._take(clause, index, head, quantity, sure=head < index)
        for other in more:
            self._tally.take(clause, tokens[other], quantity)
        return [head, *more]

    def _summed(self, clause: Clause, nouns: list[int], quantity: Quantity, index: int) -> list[int]:
        """审核师和高工一共5个: one number for several facts tells none of them."""
        tokens = clause.tokens
        if len({tokens[at].value for at in nouns}) > 1:
            for at in nouns:
                self._ledger.doubt("value", str(tokens[at].value), clause)
            self._open = None
        else:
            self._take(clause, index, nouns[-1], quantity, sure=True)
        return nouns

    def _take(self, clause: Clause, index: int, head: int, quantity: Quantity, *, sure: bool) -> None:
        tokens = clause.tokens
        sure = sure and "以上" not in tokens[index].text
        self._tally.take(clause, widened(tokens, head), quantity, among=_within(tokens, index), sure=sure)
        self._open = None

    def _none_of(self, tokens: Sequence[Token], index: int, head: int) -> bool:
        """一个高工也没有, 没有一个高工."""
        if tokens[index].value.exact != 1:
            return False
        last = max(index, head)
        return denied(tokens, last) or (index > 0 and tokens[index - 1].role == "not" and last == head)

    # --- a noun without a number --------------------------------------------------------------

    def _noun_alone(self, clause: Clause, index: int, heads: dict[int, int]) -> None:
        tokens, noun = clause.tokens, clause.tokens[index]
        name = self._tally.fact_of(noun)
        if name is None:
            return
        carried = self._none and clause.before == "、" and not clause.has("have", "not", "all")
        self._none = (denied(tokens, index) or carried) and not clause.has("require")
        if self._none:
            self._none_at_all(clause, name, noun)
            return
        if self._has_some(clause, index, name):
            self._tally.said.append((name, Quantity(1, None), noun))
            self._ledger.state(clause.as_condition(), name, {"min": 1})
        elif self._none_long_enough(clause, name, noun):
            self._tally.said.append((name, _NONE, noun))
            self._ledger.state(clause, name, 0)
        elif clause.has("not", "lack", "loss", "gain"):
            self._none_of_all(clause, noun)
        elif clause.has("all"):
            self._all(clause, name, noun, heads)
            for listed, other in self._listed:
                self._all(listed, str(other.value), other, heads)
        elif "、" in clause.after:
            self._listed.append((clause, noun))
        self._open = noun

    def _none_at_all(self, clause: Clause, name: str, noun: Token) -> None:
        """没有高工; 大专、审核师证都没有."""
        if clause.has("fulltime") or self._tally.only_part(noun):
            self._ledger.doubt("value", name, clause)
            return
        for listed, other in [*self._listed, (clause, noun)]:
            self._tally.take(listed.as_condition(), other, _NONE)
        self._listed = []

    def _none_long_enough(self, clause: Clause, name: str, noun: Token) -> bool:
        """社保都没满一年."""
        timed = self._tally.timed(noun) and clause.has("all") and clause.has("duration")
        return timed and not self._tally.long_enough(clause, name)

    def _has_some(self, clause: Clause, index: int, name: str) -> bool:
        """有高工 without a number is at least one; 有社保 is no count, 有个审核师走了 neither."""
        if name in self._ledger.facts or self._tally.timed(clause.tokens[index]) or name == ALL_STAFF:
            return False
        return possessed(clause.tokens, index) and not clause.has("gap", "guard", "all", "loss")

    def _none_of_all(self, clause: Clause, noun: Token) -> None:
        """都不是大专 is none, 不是都 is not; 缺高工 leaves open how many there are."""
        denial, everyone = clause.of("not"), clause.of("all")
        if everyone and len(denial) == 1 and everyone[0].start < denial[0].start < noun.start:
            self._tally.take(clause, noun, _NONE)
        elif clause.has("lack"):
            self._ledger.doubt("value", str(noun.value), clause)

    def _all(self, clause: Clause, name: str, noun: Token, heads: dict[int, int]) -> None:
        """都: the number told before, if there is only one; the sum of a list told just before."""
        if not self._tally.long_enough(clause, name) or name in self._ledger.facts:
            return
        here = [clause.tokens[at].value for at, head in heads.items() if clause.tokens[head].role == "noun"]
        whole = self._tally.sum_of(name, [(each.text, number) for each, number in self.bare])
        options = here or ([whole] if whole else self._tally.referents())
        if len({repr(item.value) for item in options}) == 1:
            self._tally.said.append((name, options[0], noun))
            self._tally.record(clause, name, options[0])
        else:
            exact = dict.fromkeys(item.value for item in options if item.exact)
            self._ledger.doubt("referent", name, clause, tuple(exact))

    # --- a number without a noun --------------------------------------------------------------

    def _alone(self, clause: Clause, index: int, *, light: bool) -> None:
        quantity: Quantity = clause.tokens[index].value
        if quantity.exact == 1 and denied(clause.tokens, index):
            quantity = _NONE
        if index + 1 < len(clause.tokens) and clause.tokens[index + 1].role == "among":
            self._of_all(clause, index, quantity)
        elif clause.has("duration"):
            self._for_a_time(clause, quantity)
        elif clause.has("gain", "loss") and all(token.role in _CHANGING for token in clause.tokens):
            self._changes.bare(clause, quantity, self._open, self._asked)
        elif not self._shares.gone(clause, quantity) and light:
            self._people(clause, index, quantity)

    def _by_kind(self, clause: Clause, alone: Sequence[int]) -> bool:
        """上岗证方面，能源1人环境2人安全3人: kinds of the noun that waits, and so their sum."""
        words, told = "", []
        for at, token in enumerate(clause.tokens):
            if at in alone:
                told.append((words, token.value))
            words = "" if at in alone else words + token.text
        noun = self._open
        whole = self._tally.sum_of(str(noun.value), told) if noun else None
        if noun and whole:
            self._tally.take(clause, noun, whole)
        return whole is not None

    def _of_all(self, clause: Clause, index: int, quantity: Quantity) -> None:
        """我们公司六个人其中三个审核师: the whole of which parts are told."""
        ours = all(token.role in _LIGHT for token in clause.tokens[:index]) and clause.has("self")
        name = ALL_STAFF if ours and quantity.unit in PEOPLE and self._asked is None else ""
        self._tally.said.append((name, quantity, clause.tokens[index]))
        if name:
            self._tally.record(clause, name, quantity)

    def _for_a_time(self, clause: Clause, quantity: Quantity) -> None:
        """4个满一年, after 社保 was spoken of."""
        if self._timed is not None and not self._shares.too_short(clause, self._timed, quantity):
            self._tally.take(clause, self._timed, quantity)

    def _people(self, clause: Clause, index: int, quantity: Quantity) -> None:
        """A bare number: more of the same kind, the noun that waits for one, all the staff, or an answer."""
        people = quantity.unit in PEOPLE
        total = people and self._asked is None and self._tally.altogether(clause.text)
        waiting = self._open is not None and clause.mood == "tell" and not clause.has("all")
        if self._open is None and (kind := self._tally.another_kind(clause.text)):
            self._tally.take(clause, kind, quantity)
        elif (total and self._open is None and self._staffed) or (
            people and not waiting and (clause.has("self") or (total and clause.has("agency")))
        ):
            self._tally.said.append((ALL_STAFF, quantity, clause.tokens[index]))
            self._tally.record(clause, ALL_STAFF, quantity)
        elif self._open is not None and waiting:
            self._tally.take(clause, self._open, quantity)
            self._open = None
        else:
            self.bare.append((clause, quantity))
            if people or quantity.unit:
                self._tally.said.append(("", quantity, clause.tokens[index]))


def _is_none(clause: Clause) -> bool:
    """高工呢，没有: nothing but 没有 behind the clause that named them."""
    said = [token for token in clause.tokens if token.role != "soft"]
    plain = len(said) == 1 and said[0].role == "not" and said[0].value == "have"
    return plain and not any(sign in clause.before for sign in "。!;\n")


def _only_named(clause: Clause) -> Token | None:
    """The noun of a clause that says nothing of it."""
    nouns = clause.of("noun")
    if nouns and all(token.role in ("noun", "soft") for token in clause.tokens):
        return nouns[0] if len(nouns) == 1 and clause.mood in ("tell", "ask") else None
    silent = clause.mood == "tell" and not clause.has("count", "not", "lack", "duration", "all")
    silent = silent and (clause.has("former") or not clause.has("have"))
    return nouns[0] if len(nouns) == 1 and silent else None


def _not_one(tokens: Sequence[Token], index: int) -> bool:
    """社保章一个都没盖: not one of them, whatever it is that was not done."""
    behind = [token.role for token in tokens[index + 1 : index + 3]]
    return tokens[index].value.exact == 1 and behind in (["all", "not"], ["only", "not"])


def _supposed_one(clause: Clause) -> Clause:
    """要是请个退休高工呢: 个 counts one, and what may tell against him is not asked of a supposition."""
    if clause.mood != "suppose":
        return clause
    tokens = [token for token in clause.tokens if token.role != "unfit"]
    for at, (before, token, after) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False), 1):
        if before.role in _GETTING and token.text == "个" and after.role == "noun":
            tokens[at] = replace(token, role="count", value=Quantity(1, 1, "个"))
    return replace(clause, tokens=tuple(tokens), roles=frozenset(token.role for token in tokens))


def _held_by(tokens: Sequence[Token], head: int) -> int | None:
    """The noun of what the staff just counted have, if no other number or denial stands before it."""
    for at in range(head + 1, len(tokens)):
        if tokens[at].role == "noun":
            return at
        if tokens[at].role not in ("soft", "have", "only", "all", "duration"):
            return None
    return None


def _unfit_behind(tokens: Sequence[Token], last: int) -> bool:
    """Whether the people just counted are said not to count."""
    behind = takewhile(lambda token: token.role != "count", tokens[last + 1 :])
    return any(token.role == "unfit" for token in behind)


def _within(tokens: Sequence[Token], index: int) -> bool:
    """其中1个高工, 审核师里有1个高工."""
    return any(token.role == "among" for token in tokens[:index])
