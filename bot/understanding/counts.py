"""Counts of people as facts: number and noun, none, all of them, some of them, one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.understanding.clauses import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext
from bot.understanding.numbers import Quantity
from bot.understanding.pairing import denied, joined, pair, shared
from bot.understanding.tally import ALL_STAFF, AUDITORS, TITLED, TITLED_AUDITORS, Tally

_NONE: Final = Quantity(0, 0)
_PEOPLE: Final = ("人", "个人")
_LIGHT: Final = frozenset(
    {"soft", "have", "only", "all", "hedge", "count", "date", "self"}
    | {"correct", "not", "conj", "affirm", "agency"}
)
_CHANGING: Final = _LIGHT | {"gain", "loss"}


class CountReader:
    """Reads the counts of one message; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext, route: str | None) -> None:
        self._ledger = ledger
        self._year = context.now.year
        self._tally = Tally(lexicon, ledger, context, route)
        counted = lexicon.tables["kind"]["count"]
        self._asked = next((name for name in context.asked if name in counted), None)
        self._timed: Token | None = None  # a noun for which time counts: 社保
        self._open: Token | None = None  # a noun that waits for its number
        self._staffed = False  # the message names some of the people that are counted
        self._named: Token | None = None  # a noun that its clause says nothing of: 高工呢，没有
        self._former: tuple[Token | None, int] | None = None  # 原来5个: whose number changes next
        self._agency = "consultant" in (route, context.facts.get("route"))
        self._none = False  # 没有 before a list: 没有高工、审核师
        self.bare: list[tuple[Clause, Quantity]] = []  # numbers whose noun is not in the message

    def expect(self, clauses: Sequence[Clause]) -> None:
        """专职…高级职称2名，中级职称5名: full-time people of both titles are counted."""
        self._staffed = any(clause.has("noun") for clause in clauses)
        titles = any(token.value == "intermediate" for clause in clauses for token in clause.of("decoy"))
        if titles and any(clause.has("fulltime") for clause in clauses):
            self._tally.fulltime = True

    def read(self, clause: Clause) -> None:
        """Take the counts of the next clause."""
        if clause.has("self", "conj") or "。" in clause.before:
            self._tally.person = False
        if clause.has("person"):
            self._tally.person = True
        clause = self._titled_auditors(clause)
        if self._named is not None and _is_none(clause):
            self._tally.take(clause, self._named, _NONE)
        self._named = _only_named(clause)
        clause = self._without_denied(clause)
        if clause.mood == "tell" and self._is_past(clause):
            self._open = next((token for token in clause.tokens if token.role == "noun"), self._open)
            told = [token.value.exact for token in clause.of("count")]
            self._former = (self._open, told[0]) if len(told) == 1 and told[0] is not None else None
            return
        self._timed = next((token for token in clause.of("noun") if self._tally.timed(token)), self._timed)
        self._read(clause)

    def _read(self, clause: Clause) -> None:
        heads = pair(clause.tokens)
        used = set(heads.values())
        for index, head in heads.items():
            used.update(self._paired(clause, index, head))
        alone = [at for at, token in enumerate(clause.tokens) if token.role == "count" and at not in heads]
        for index in alone:
            self._alone(clause, index)
        for index, token in enumerate(clause.tokens):
            if index in used or any(at < index for at in alone):
                continue  # 3个人没有大专学历 says nothing of the others
            if token.role == "noun":
                self._noun_alone(clause, index, heads)
            elif token.role == "unfit":
                self._unfit_alone(clause, token)

    def _titled_auditors(self, clause: Clause) -> Clause:
        """审核人员里有1个高级职称: the titled among the auditors, however many auditors there are. Of an
        agency's it is the titled that count."""
        tokens = clause.tokens
        if self._agency:
            return clause
        for (at, noun), (_, inside) in pairwise(enumerate(tokens)):
            titled = any(token.value == TITLED for token in tokens[at + 2 :])
            if noun.value == AUDITORS and inside.role == "among" and titled:
                self._tally.person = False
                inner = tokens[at + 2 :]
                rest = (replace(t, value=TITLED_AUDITORS) if t.value == TITLED else t for t in inner)
                return replace(clause, tokens=(*tokens[:at], *rest))
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
            self._split(clause, noun, quantity)
        counted = noun.role == "noun" or (noun.role == "decoy" and self._tally.fact_of(noun) is not None)
        if not counted or any(token.role == "lack" for token in tokens[:index]):
            return []  # 还差1个高工
        self._tally.person = self._tally.person and noun.value in (TITLED, TITLED_AUDITORS)
        if self._none_of(tokens, index, head):
            self._tally.take(clause, noun, _NONE)
            return []
        if index and tokens[index - 1].role == "not":
            quantity = replace(quantity, low=None, high=(quantity.exact or 1) - 1)
        if self._increase(clause, noun, quantity):
            return []
        more = list(joined(tokens, head) if head > index else shared(tokens, head))
        if noun.value == ALL_STAFF and more:
            head, *more = more  # 6个员工有大专学历 counts those six, not all
            noun = tokens[head]
        if head < index and not clause.has("each", "all"):
            return self._summed(clause, [*more, head], quantity, index)
        sure = head < index and "以上" not in tokens[index].text
        self._tally.take(clause, noun, quantity, among=_within(tokens, index), sure=sure)
        for other in more:
            self._tally.take(clause, tokens[other], quantity)
        self._open = None
        return [head, *more]

    def _summed(self, clause: Clause, nouns: list[int], quantity: Quantity, index: int) -> list[int]:
        """审核师和高工一共5个: one number for several facts tells none of them."""
        tokens = clause.tokens
        if len({tokens[at].value for at in nouns}) > 1:
            for at in nouns:
                self._ledger.doubt("value", str(tokens[at].value), clause)
        else:
            sure = "以上" not in tokens[index].text
            self._tally.take(clause, tokens[nouns[-1]], quantity, among=_within(tokens, index), sure=sure)
        self._open = None
        return nouns

    def _none_of(self, tokens: Sequence[Token], index: int, head: int) -> bool:
        """一个高工也没有, 没有一个高工."""
        if tokens[index].value.exact != 1:
            return False
        last = max(index, head)
        return denied(tokens, last) or (index > 0 and tokens[index - 1].role == "not" and last == head)

    # --- some of them, more of them -----------------------------------------------------------

    def _split(self, clause: Clause, mark: Token, quantity: Quantity) -> None:
        """5个大专里2个是会计: those that do not count are taken off, those that do are what counts."""
        held = self._tally.last(str(mark.value))
        if held is None:
            return
        name, counted, noun = held
        whole, part = counted.exact, quantity.exact
        if whole is None or part is None or part > whole:
            self._withdraw(clause, name)
            return
        left = whole - part if mark.role == "unfit" else part
        self._tally.said.append((name, Quantity(left, left), noun))
        self._ledger.state(clause, name, left)

    def _unfit_alone(self, clause: Clause, mark: Token) -> None:
        """都是学会计的: none of them counts; 学会计的: who knows."""
        name = str(mark.value)
        if self._tally.last(name) is None or clause.has("not"):
            return
        if clause.has("all"):
            self._ledger.state(clause, name, 0)
        else:
            self._withdraw(clause, name)

    def _withdraw(self, clause: Clause, name: str) -> None:
        self._ledger.facts.pop(name, None)
        self._ledger.doubt("value", name, clause)

    def _increase(self, clause: Clause, noun: Token, quantity: Quantity) -> bool:
        """又招了一个高工, 走了一个审核师: more or fewer than were told before."""
        step = quantity.exact
        gained = clause.has("gain") or (clause.mood in ("suppose", "plan") and clause.has("plan"))
        if step is None or not (gained or clause.has("loss")):
            return False
        name = self._tally.fact_of(noun)
        if name is None:
            return True
        held = self._tally.held(name)
        if isinstance(held, int) and not isinstance(held, bool):
            self._ledger.correcting = True
            self._ledger.state(clause, name, max(held + (step if gained else -step), 0))
        elif gained:
            self._ledger.state(clause, name, {"min": step})
        else:
            self._ledger.doubt("value", name, clause)
        return True

    # --- a noun without a number --------------------------------------------------------------

    def _noun_alone(self, clause: Clause, index: int, heads: dict[int, int]) -> None:
        tokens, noun = clause.tokens, clause.tokens[index]
        name = self._tally.fact_of(noun)
        if name is None:
            return
        listed = self._none and clause.before == "、" and not clause.has("have", "not", "all")
        self._none = (denied(tokens, index) or listed) and not clause.has("require")
        if self._none and (clause.has("fulltime") or self._tally.only_part(noun)):
            self._ledger.doubt("value", name, clause)
            return
        if self._none:
            self._tally.take(clause.as_condition(), noun, _NONE)
            return
        if self._has_some(clause, index, name):
            self._tally.said.append((name, Quantity(1, None), noun))
            self._ledger.state(clause.as_condition(), name, {"min": 1})
        elif clause.has("not", "lack", "loss", "gain"):
            self._none_of_all(clause, noun)
        elif clause.has("all"):
            self._all(clause, name, noun, heads)
        self._open = noun

    def _has_some(self, clause: Clause, index: int, name: str) -> bool:
        """有高工 without a number is at least one; 有社保 is no count."""
        if name in self._ledger.facts or self._tally.timed(clause.tokens[index]) or name == ALL_STAFF:
            return False
        return _possessed(clause.tokens, index) and not clause.has("gap", "guard", "all")

    def _none_of_all(self, clause: Clause, noun: Token) -> None:
        """都不是大专 is none, 不是都 is not; 缺高工 leaves open how many there are."""
        denial, everyone = clause.of("not"), clause.of("all")
        if everyone and len(denial) == 1 and everyone[0].start < denial[0].start < noun.start:
            self._tally.take(clause, noun, _NONE)
        elif clause.has("lack"):
            self._ledger.doubt("value", str(noun.value), clause)

    def _all(self, clause: Clause, name: str, noun: Token, heads: dict[int, int]) -> None:
        """都: the number told before, if there is only one."""
        if not self._tally.long_enough(clause, name) or name in self._ledger.facts:
            return
        inside = [clause.tokens[at].value for at, head in heads.items() if clause.tokens[head].role == "noun"]
        options = inside or self._tally.referents()
        if len({repr(item.value) for item in options}) == 1:
            self._tally.said.append((name, options[0], noun))
            self._tally.record(clause, name, options[0])
        else:
            exact = dict.fromkeys(item.value for item in options if item.exact)
            self._ledger.doubt("referent", name, clause, tuple(exact))

    # --- a number without a noun --------------------------------------------------------------

    def _alone(self, clause: Clause, index: int) -> None:
        quantity: Quantity = clause.tokens[index].value
        if quantity.exact == 1 and denied(clause.tokens, index):
            quantity = _NONE
        if index + 1 < len(clause.tokens) and clause.tokens[index + 1].role == "among":
            self._tally.said.append(("", quantity, clause.tokens[index]))
            return  # 5个人里4个…
        if clause.has("duration"):
            if self._timed is not None and not self._too_short(clause, quantity):
                self._tally.take(clause, self._timed, quantity)
            return
        if clause.has("gain", "loss") and all(token.role in _CHANGING for token in clause.tokens):
            self._changed(clause, quantity)
            return
        if any(token.role not in _LIGHT for token in clause.tokens):
            return
        people = quantity.unit in _PEOPLE
        total = people and self._asked is None and self._tally.altogether(clause.text)
        if self._open is None and self._staffed and total:
            self._tally.said.append((ALL_STAFF, quantity, clause.tokens[index]))
            self._tally.record(clause, ALL_STAFF, quantity)
        elif self._open is not None and clause.mood == "tell" and not clause.has("all"):
            self._tally.take(clause, self._open, quantity)
            self._open = None
        elif people and clause.has("self"):
            self._tally.said.append((ALL_STAFF, quantity, clause.tokens[index]))
            self._tally.record(clause, ALL_STAFF, quantity)
        else:
            self.bare.append((clause, quantity))
            if people:
                self._tally.said.append(("", quantity, clause.tokens[index]))

    def _too_short(self, clause: Clause, quantity: Quantity) -> bool:
        """5个人有社保，其中1个只交了8个月: one of them does not count."""
        noun, few = self._timed, quantity.exact
        whole = self._tally.untimed
        if noun is None or whole is None or self._tally.long_enough(clause, whole[0]) or few is None:
            return False
        name, many = whole
        if clause.mood == "tell" and few <= many:
            self._tally.untimed = (name, many - few)
            self._tally.said.append((name, Quantity(many - few, many - few), noun))
            self._ledger.state(clause, name, many - few)
        return True

    def _changed(self, clause: Clause, quantity: Quantity) -> None:
        """审核师原来5个，走了2个: three are left."""
        step = quantity.exact
        if self._former is None or step is None:
            noun, many = self._open, None
        else:
            noun, many = self._former
        name = self._tally.fact_of(noun) if noun else self._asked
        if name is None or step is None:
            return
        if many is None:
            held = self._tally.held(name)
            many = held if isinstance(held, int) and not isinstance(held, bool) else None
        if many is not None:
            left = many + step if clause.has("gain") else many - step
            self._ledger.state(clause, name, max(left, 0))


def _is_none(clause: Clause) -> bool:
    """高工呢，没有: nothing but 没有 behind the clause that named them."""
    said = [token for token in clause.tokens if token.role != "soft"]
    plain = len(said) == 1 and said[0].role == "not" and said[0].value == "have"
    return plain and not any(sign in clause.before for sign in "。?!;\n")


def _only_named(clause: Clause) -> Token | None:
    """The noun of a clause that says nothing of it."""
    nouns = clause.of("noun")
    silent = clause.mood == "tell" and not clause.has("count", "not", "lack", "duration", "all")
    silent = silent and (clause.has("former") or not clause.has("have"))
    return nouns[0] if len(nouns) == 1 and silent else None


def _within(tokens: Sequence[Token], index: int) -> bool:
    """其中1个高工, 审核师里有1个高工."""
    return any(token.role == "among" for token in tokens[:index])


def _possessed(tokens: Sequence[Token], index: int) -> bool:
    """Whether 有, or 不是没有, stands right before the noun."""
    at = index - 1
    while at >= 0 and tokens[at].role in ("soft", "only"):
        at -= 1
    if at >= 1 and tokens[at].role == tokens[at - 1].role == "not":
        return True
    return (
        at >= 0
        and tokens[at].role == "have"
        and tokens[at].text not in ("是", "也是", "属于", "is", "are", "the")
    )
