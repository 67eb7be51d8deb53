"""A number with its noun: 审核师4个, 4个人有社保, 一个高工也没有."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.counting import NONE, Counting
from bot.understanding.lexicon import Token
from bot.understanding.numbers import PEOPLE, Quantity
from bot.understanding.pairing import denied, joined, shared, widened
from bot.understanding.tally import ALL_STAFF, AUDITORS, TITLED, TITLED_AUDITORS

_BY_RANK: Final = "title"
_OTHER_TITLES: Final = (_BY_RANK, "intermediate")  # decoys: titles that do not count
_BEING: Final = "是"
_RANKED: Final = "高级职称"
_SENIOR: Final = "高级"
_DOING: Final = re.compile("[^\\W\\da-z_除].*(?<![州圳莞市省厂部区组科室处])")  # what is no place
_US: Final = ("我们", "咱们", "咱", "我", "俺们")
_EVEN: Final = ("都", "也")


class Counted:
    """Takes numbers whose noun stands in the same clause; make one for each message."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._tally = counting.tally

    def take(self, clause: Clause, index: int, head: int) -> list[int]:
        """Take a number with its noun; further nouns that share the number are given back."""
        tokens, noun = clause.tokens, clause.tokens[head]
        quantity: Quantity = tokens[index].value
        if noun.value == _BY_RANK and head > index and (held := _held_by(tokens, head)) is not None:
            head, noun = held, tokens[held]  # three of our engineers hold the certificate
        if self._not_one_fit(clause, index):
            return [at for at, token in enumerate(tokens) if token.role in ("noun", "unfit")]
        if noun.role in ("unfit", "fit"):
            self._counting.shares.split(clause, noun, quantity)
        elif (other := self._of_another_title(clause, noun)) is not None:
            among = replace(clause, roles=clause.roles | {"among"}) if self._is_one(clause, noun) else clause
            self._counting.shares.split(among, other, quantity)
        counted = noun.role == "noun" or (noun.role == "decoy" and self._tally.fact_of(noun) is not None)
        if not counted or any(token.role == "lack" for token in tokens[:index]):
            return []  # 还差1个高工
        titled = noun.value in (TITLED, TITLED_AUDITORS)
        self._tally.person = self._tally.person and (titled or _person_behind(tokens, max(index, head)))
        if _none_of(tokens, index, head):
            self._tally.take(clause.as_condition(), noun, NONE)
            return []
        if self._tells_no_number(clause, index, head):
            return [head]
        if index and tokens[index - 1].role == "not":
            quantity = replace(quantity, low=None, high=(quantity.exact or 1) - 1)
        if head > index and _of_unknown_doing(clause, index):
            self._counting.ledger.doubt("value", self._tally.fact_of(noun), clause)
            return [head]
        if self._counting.changes.named(clause, noun, quantity):
            self._counting.open = noun if clause.has("loss") else None  # 审核师走了1个，只剩2个
            return []
        if marks := _unfit_behind(tokens, max(index, head)):
            return self._unfit(clause, head, marks[0], quantity)
        return self._counted(clause, index, head, quantity)

    def _tells_no_number(self, clause: Clause, index: int, head: int) -> bool:
        """一个审核师都没参加 is none that is known; 刚才说少了一个审核师 is by how many it was wrong."""
        tokens = clause.tokens
        if index and tokens[index - 1].value == "miscount":
            self._counting.changes.miscounted(clause, tokens[index - 1].text, tokens[index].value)
            return True
        return _not_one(tokens, index, max(index, head)) or _denied_before(tokens, index)

    def _unfit(self, clause: Clause, head: int, mark: Token, quantity: Quantity) -> list[int]:
        """有一个审核师证书过期了，所以是3个: the number follows; 其中一个审核师的证是外省的 takes it off."""
        noun = clause.tokens[head]
        self._counting.open = noun
        if not clause.has("among") or mark.value != noun.value:
            self._less(clause, noun, quantity)
            return [head]
        self._counting.shares.split(clause, mark, quantity)
        return [head, clause.tokens.index(mark)]

    def _less(self, clause: Clause, noun: Token, quantity: Quantity) -> None:
        """审核师有一个是挂证的, of those told in a message before: so many fewer."""
        name, few = self._tally.fact_of(noun), quantity.exact
        held = self._tally.held(name) if name and self._tally.last(name) is None else None
        if name and few and isinstance(held, int) and not isinstance(held, bool) and held >= few:
            self._counting.ledger.state(clause, name, held - few)

    def _not_one_fit(self, clause: Clause, index: int) -> bool:
        """审核师证一个都没考到: none, where those that are not fit were just named."""
        mark = _unfit_one(clause.tokens, index)
        named = mark is not None and any(token.value == mark.value for token in clause.of("noun"))
        if mark is None or not (named or self._counting.waits_for(mark)):
            return False
        self._tally.take(clause, replace(mark, role="noun"), NONE)
        self._counting.open = None
        return True

    def _of_another_title(self, clause: Clause, noun: Token) -> Token | None:
        """其中1个是高级会计师, behind 高级职称3个: a mark of those that do not count."""
        told = self._tally.last_named()
        if told is None or told[0] != TITLED or not _of_those(clause) or noun.value not in _OTHER_TITLES:
            return None
        field = self._tally.fields_of(TITLED)
        return replace(noun, role="unfit", value=field) if field and noun.role == "decoy" else None

    def _is_one(self, clause: Clause, title: Token) -> bool:
        """1个是高级会计师, or 1个高级会计师 behind 高级职称3个: one of those, and no next item of a list."""
        told = self._tally.last_named()
        being = len(clause.tokens) > 1 and clause.tokens[1].text.endswith(_BEING)
        ranked = told is not None and told[2].text.startswith(_RANKED)
        return being or (ranked and title.text.startswith(_SENIOR))

    def _counted(self, clause: Clause, index: int, head: int, quantity: Quantity) -> list[int]:
        """The nouns, from ``head`` on, that have this number."""
        tokens, noun = clause.tokens, clause.tokens[head]
        more = list(joined(tokens, head) if head > index else shared(tokens, head))
        waiting = self._counting.open
        if noun.value == ALL_STAFF and head and tokens[head - 1].role == "noun":
            head -= 1  # 有上岗证的员工5位
        elif noun.value == ALL_STAFF and waiting is not None and clause.before == ")":
            self._tally.take(clause, waiting, quantity)  # 大专学历(环境类)员工9名
            return [head]
        elif noun.value == ALL_STAFF and more:
            head, *more = more  # 6个员工有大专学历 counts those six, not all
        elif noun.value == ALL_STAFF and head > index and (held := _held_by(tokens, head)) is not None:
            head = held  # 五名员工参保超过一年
        elif head > index and _doing_something(clause, head):
            self._counting.ledger.doubt("value", ALL_STAFF, clause)
            return [head]
        if head < index and not clause.has("each", "all"):
            return self._summed(clause, [*more, head], quantity, index)
        self._take(clause, index, head, quantity, sure=head < index)
        if noun.value != ALL_STAFF and quantity.unit in PEOPLE and _whole_firm(tokens, index):
            self._tally.whole(clause, quantity)
        of_them = clause.has("all") and noun.value == AUDITORS  # 4个审核师都是高工
        for other in more:
            self._tally.take(clause, tokens[other], quantity, among=of_them)
        return [head, *more]

    def _summed(self, clause: Clause, nouns: list[int], quantity: Quantity, index: int) -> list[int]:
        """审核师和高工一共5个: one number for several facts tells none of them."""
        tokens = clause.tokens
        if len({tokens[at].value for at in nouns}) > 1:
            for at in nouns:
                self._counting.ledger.doubt("value", str(tokens[at].value), clause)
            self._counting.open = None
        else:
            self._take(clause, index, nouns[-1], quantity, sure=True)
        return nouns

    def _take(self, clause: Clause, index: int, head: int, quantity: Quantity, *, sure: bool) -> None:
        tokens = clause.tokens
        sure = sure and "以上" not in tokens[index].text
        self._tally.take(
            clause, widened(tokens, head, index), quantity, among=_within(tokens, index), sure=sure
        )
        self._counting.open = None
        self._counting.by_name = clause.has("name")


def _person_behind(tokens: Sequence[Token], last: int) -> bool:
    """上岗证4个 项目负责人有高级职称: a person whose title comes next."""
    return any(token.role == "person" for token in tokens[last + 1 :])


def _of_those(clause: Clause) -> bool:
    """其中1个是高级会计师, 1个是高级会计师: some of the people just counted."""
    return clause.has("among") or (clause.tokens[0].role == "count" and not clause.has("self"))


def _of_unknown_doing(clause: Clause, index: int) -> bool:
    """老乡介绍了两个高工给我: who did what with them is not known, so whose they are is not either."""
    if clause.has("self", "have", "only", "agency", "gain", "affirm", "loss", "among"):
        return False
    before = takewhile(lambda token: token.role != "noun", clause.tokens[:index])
    return any(token.role == "gap" and _DOING.fullmatch(token.text.strip()) for token in before)


def _doing_something(clause: Clause, head: int) -> bool:
    """Five employees majored in what nobody knows: not all the staff."""
    noun, behind = clause.tokens[head], clause.tokens[head + 1 : head + 2]
    staff = noun.value == ALL_STAFF and noun.text.isascii()
    return staff and not clause.has("self") and any(token.role in ("gap", "have") for token in behind)


def _none_of(tokens: Sequence[Token], index: int, head: int) -> bool:
    """一个高工也没有, 没有一个高工."""
    if tokens[index].value.exact != 1:
        return False
    last = max(index, head)
    none = _at_all(tokens, last)
    if none is not None and (tokens[none].text.endswith("有") or tokens[none].text.endswith("得")):
        return True  # 一个高工都没有也敢接单
    return denied(tokens, last) or (index > 0 and tokens[index - 1].role == "not" and last == head)


def _unfit_one(tokens: Sequence[Token], index: int) -> Token | None:
    """What not even one of them is, right behind the one: 一个都没考到."""
    if tokens[index].value.exact != 1:
        return None
    behind = list(takewhile(lambda token: token.role != "count", tokens[index + 1 :]))
    unfit = next((token for token in behind if token.role == "unfit"), None)
    return unfit if unfit and any(token.text.startswith(_EVEN) for token in behind) else None


def _not_one(tokens: Sequence[Token], index: int, last: int) -> bool:
    """社保章一个都没盖, 一个审核师都没参加: not one of them, whatever it is that was not done."""
    if tokens[index].value.exact != 1:
        return False
    behind = [token.role for token in tokens[index + 1 : index + 3]]
    return behind in (["all", "not"], ["only", "not"]) or _at_all(tokens, last) is not None


def _denied_before(tokens: Sequence[Token], index: int) -> bool:
    """没带出过一个审核师: what was not done is not known; one there is not."""
    if tokens[index].value.exact != 1:
        return False
    before = [token for token in tokens[:index] if token.role not in ("gap", "soft")]
    return bool(before) and (before[-1].role, before[-1].value) == ("not", "have")


def _at_all(tokens: Sequence[Token], last: int) -> int | None:
    """Where 没有 of 一个高工都没有 stands: right behind those denied, with 都 or 也."""
    for at in range(last + 1, min(last + 4, len(tokens))):
        token = tokens[at]
        if token.role == "not":
            emphatic = token.text.startswith(_EVEN) or tokens[at - 1].text.endswith(_EVEN)
            return at if token.value == "have" and emphatic else None
        if token.role not in ("soft", "all", "only"):
            return None
    return None


def _whole_firm(tokens: Sequence[Token], index: int) -> bool:
    """公司12人都有社保: right behind the firm all of its people are counted."""
    firm = tokens[index - 1] if index else None
    behind = tokens[index + 1].role if index + 1 < len(tokens) else ""
    return firm is not None and firm.role == "self" and not firm.text.endswith(_US) and behind == "all"


def _held_by(tokens: Sequence[Token], head: int) -> int | None:
    """The noun of what the staff just counted have, if no other number or denial stands before it."""
    for at in range(head + 1, len(tokens)):
        if tokens[at].role == "noun":
            return at
        if tokens[at].role not in ("soft", "have", "only", "all", "duration"):
            return None
    return None


def _unfit_behind(tokens: Sequence[Token], last: int) -> list[Token]:
    """What says that the people just counted do not count."""
    behind = takewhile(lambda token: token.role != "count", tokens[last + 1 :])
    return [token for token in behind if token.role == "unfit"]


def _within(tokens: Sequence[Token], index: int) -> bool:
    """其中1个高工, 审核师里有1个高工, two of them senior engineers; not the second of
    其中三个审核师还有一个高工."""
    if index + 1 < len(tokens) and tokens[index + 1].role == "among":
        return True
    before = [token.role for token in tokens[:index] if token.role in ("among", "count")]
    return bool(before) and before[-1] == "among"
