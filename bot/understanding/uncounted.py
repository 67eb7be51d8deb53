"""A noun without a number: 没有高工, 社保都满一年, 有审核师."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.understanding.clause import FILLER, Clause
from bot.understanding.counting import NONE, Counting
from bot.understanding.lexicon import Token
from bot.understanding.numbers import Quantity
from bot.understanding.pairing import denied, possessed
from bot.understanding.tally import ALL_STAFF

_KIND: Final = frozenset({"soft", "gap", "fit"})
_AND: Final = re.compile("和|跟|与|还有")


class Uncounted:
    """Takes what is said of nouns beside which no number stands; make one for each message."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._tally = counting.tally
        self._ledger = counting.ledger
        self._none = False  # 没有 before a list: 没有高工、审核师
        self._listed: list[tuple[Clause, Token]] = []  # a list that waits for its end: 大专、审核师证都没有
        self._except: int | None = None  # 除了老张: how many have what nobody else has; 0 is not known
        self._named: Token | None = None  # a noun that its clause says nothing of: 高工呢，没有

    def begin(self, clause: Clause) -> None:
        """What the next clause says of a noun that the clause before only named."""
        if all(token.role == FILLER for token in clause.tokens) or _of_what_kind(clause):
            return
        if clause.before != "、":
            self._listed = []
        if clause.has("count") or not clause.has("noun"):
            self._except = None
        if self._counting.excepting.search(clause.text) and not _noun_first(clause):
            self._except = names_in(clause.tokens)
        if self._named is not None and _is_none(clause):
            self._tally.take(clause, self._named, NONE)
        self._named = _only_named(clause)

    def take(self, clause: Clause, index: int, heads: dict[int, int]) -> None:
        """Take the noun at ``index``; ``heads`` are the nouns of the clause's numbers."""
        tokens, noun = clause.tokens, clause.tokens[index]
        of_auditors = clause.has("among") and self._tally.after_auditors()
        name = self._tally.fact_of(noun, of_auditors=of_auditors)
        if name is None or clause.has("single"):
            return
        if clause.has("loss") and self._counting.sole.search(clause.text):
            self._tally.take(clause, noun, NONE)  # 唯一的高工离职了
            return
        carried = self._none and clause.before == "、" and not clause.has("have", "not", "all")
        self._none = (denied(tokens, index) or carried) and not clause.has("require")
        if self._none and self._of_somebody(clause, noun):
            return
        if self._none and (self._of_those(clause, index) or self._of_one(clause, noun)):
            self._ledger.doubt("value", name, clause)
        elif self._none:
            self._none_at_all(clause, name, noun)
        else:
            self._not_denied(clause, index, name, heads)

    def _not_denied(self, clause: Clause, index: int, name: str, heads: dict[int, int]) -> None:
        noun = clause.tokens[index]
        if many := self._by_name_alone(clause, index):
            self._tally.take(clause, noun, Quantity(many, many), among=clause.has("among"))
        elif self._has_some(clause, index, name):
            self._tally.said.append((name, Quantity(1, None), noun))
            self._ledger.state(clause.as_condition(), name, {"min": 1})
        elif self._none_long_enough(clause, name, noun):
            self._tally.said.append((name, NONE, noun))
            self._ledger.state(clause, name, 0)
        elif clause.has("not", "lack", "loss", "gain"):
            self._none_of_all(clause, noun)
        elif clause.has("all"):
            self._all(clause, name, noun, heads)
            for listed, other in self._listed:
                self._all(listed, str(other.value), other, heads)
        elif "、" in clause.after:
            self._listed.append((clause, noun))
        if not (index and (clause.tokens[index - 1].role, clause.tokens[index - 1].value) == ("not", "be")):
            self._counting.open = noun  # 不是高级工程师, 有7个 counts others

    def _of_those(self, clause: Clause, index: int) -> bool:
        """3个审核师没有社保 tells of these three, and nothing of the others."""
        tokens = clause.tokens
        held = self._counting.attribute.search(tokens[index].text) is not None
        before = [token.role for token in tokens[max(index - 3, 0) : index]]
        return held and before == ["count", "noun", "not"]

    def _of_somebody(self, clause: Clause, noun: Token) -> bool:
        """小李没有高级职称, 我没有审核师证: what one person lacks, and nothing of the others."""
        if not self._counting.names.begins(clause.text):
            return False
        mine = clause.text.startswith("我")
        return not mine or self._counting.attribute.search(noun.text) is not None

    def _by_name_alone(self, clause: Clause, index: int) -> int:
        """高工只有王工, 其中王工是高工: how many are named; 0 where it is not said that they are all."""
        if clause.tokens[0].role == "among" and clause.mood == "tell" and not clause.has("not"):
            led = [token for token in clause.tokens[1:index] if token.role not in ("soft", "conj", "all")]
            who = led[:-1]
            if who and led[-1].role == "have" and all(token.role == "name" for token in who):
                return names_in(who)
        behind = [token for token in clause.tokens[index + 1 :] if token.role not in ("soft", "conj")]
        alone = len(behind) > 1 and self._counting.alone.fullmatch(behind[0].text) is not None
        named = alone and all(token.role == "name" for token in behind[1:]) and "、" not in clause.after
        return names_in(behind) if named else 0

    def _of_one(self, clause: Clause, noun: Token) -> bool:
        """高工有一位，没社保: what the one person just told of lacks, and nothing of the others."""
        told = self._tally.last_named()
        alone = (
            told is not None and told[1].exact == 1 and len({name for name, _, _ in self._tally.said}) == 1
        )
        held = self._counting.attribute.search(noun.text) is not None
        return alone and held and clause.before.startswith(",") and not clause.has("self", "all", "agency")

    def _none_at_all(self, clause: Clause, name: str, noun: Token) -> None:
        """没有高工; 大专、审核师证都没有."""
        if self._except:
            self._tally.take(clause, noun, Quantity(self._except, self._except))
            return
        if clause.has("fulltime") or self._except == 0 or self._tally.only_part(noun):
            self._ledger.doubt("value", name, clause)
            return
        for listed, other in [*self._listed, (clause, noun)]:
            self._tally.take(listed.as_condition(), other, NONE, among=listed.has("among"))
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
            self._tally.take(clause, noun, NONE)
        elif clause.has("lack"):
            self._ledger.doubt("value", str(noun.value), clause)

    def _all(self, clause: Clause, name: str, noun: Token, heads: dict[int, int]) -> None:
        """都: the number told before, if there is only one; the sum of a list told just before."""
        if (
            not self._tally.long_enough(clause, name)
            or name in self._ledger.facts
            or _of_a_trait(clause, noun)
        ):
            return
        if self._tally.of_the_rest(clause.text):
            self._ledger.doubt("value", name, clause)  # 其他都是环保大专: how many these are is not told
            return
        here = [clause.tokens[at].value for at, head in heads.items() if clause.tokens[head].role == "noun"]
        whole = self._tally.sum_of(name, [(each.text, number) for each, number in self._counting.bare])
        options = here or ([whole] if whole else self._tally.referents())
        if len({repr(item.value) for item in options}) == 1:
            self._tally.said.append((name, options[0], noun))
            self._tally.record(clause, name, options[0])
        else:
            exact = dict.fromkeys(item.value for item in options if item.exact)
            self._ledger.doubt("referent", name, clause, tuple(exact))


def _of_a_trait(clause: Clause, noun: Token) -> bool:
    """审核师也都有经验, all auditors are experienced: what all of them have, not how many they are."""
    behind = [token for token in clause.tokens if token.start > noun.start and token.role != "soft"]
    plain = all(token.role in ("only", "all", "have", "topic", "claim") for token in behind)
    least = 1 if clause.has("claim") else 2
    return plain and len(behind) >= least and behind[-1].role in ("topic", "claim")


def names_in(tokens: Sequence[Token]) -> int:
    """How many people these words name: 我, 老张和小李."""
    return sum(1 + len(_AND.findall(token.text)) for token in tokens if token.role == "name")


def _of_what_kind(clause: Clause) -> bool:
    """高级工程师(环保)暂无: what stands in brackets behind a noun only says of what kind they are."""
    return clause.before.endswith("(") and clause.roles <= _KIND


def _noun_first(clause: Clause) -> bool:
    """除了高工没有: those left out are the noun's own."""
    said = [token.role for token in clause.tokens[1:] if token.role not in ("soft", "only")]
    return said[:1] == ["noun"]


def _is_none(clause: Clause) -> bool:
    """高工呢，没有: nothing but 没有 behind the clause that named them."""
    said = [token for token in clause.tokens if token.role not in ("soft", "only", "all", "self")]
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
