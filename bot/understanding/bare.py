"""A number without a noun in its clause: more of those before, all the staff, or an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.counting import NONE, Counting
from bot.understanding.cutting import FILLING
from bot.understanding.lexicon import Token
from bot.understanding.numbers import PEOPLE, Quantity
from bot.understanding.pairing import denied
from bot.understanding.tally import ALL_STAFF, Said
from bot.understanding.totals import Totals

LIGHT: Final = frozenset(
    {"soft", "have", "only", "all", "hedge", "count", "date", "self"}
    | {"correct", "not", "conj", "affirm", "agency", "name", "wonder"}
)
_CHANGING: Final = LIGHT | {"gain", "loss"}


class Bare:
    """Finds out whom bare numbers count; make one for each message."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._tally = counting.tally
        self._totals = Totals(counting)
        self._whole: Said | None = None  # of which parts are being told

    def take(self, clause: Clause, index: int, *, light: bool) -> None:
        """Take the number at ``index``. ``light``: its clause says nothing else."""
        counting = self._counting
        if clause.has("among"):
            self._whole = self._tally.last_named()
        quantity: Quantity = clause.tokens[index].value
        if index and clause.tokens[index - 1].value == "miscount":
            counting.changes.miscounted(clause, clause.tokens[index - 1].text, quantity)
            return  # 报少了一个，8个: by how many it was wrong
        if quantity.exact == 1 and denied(clause.tokens, index):
            quantity = NONE
        if index + 1 < len(clause.tokens) and clause.tokens[index + 1].role == "among":
            self._of_all(clause, index, quantity)
        elif clause.has("duration") or self._completed(clause):
            self._for_a_time(replace(clause, roles=clause.roles | {"duration"}), quantity)
        elif self._settled(clause, index, quantity):
            return
        elif clause.has("gain", "loss") and _changes(clause, index):
            if not (counting.left and clause.has("loss")) and not counting.changes.explain():
                told = counting.asked or counting.latest
                counting.changes.bare(clause, quantity, counting.open, told, came=_came(clause, index))
        elif not counting.shares.gone(clause, quantity) and not self._described(clause, index, quantity):
            self._without_noun(clause, index, quantity, light=light)

    def _described(self, clause: Clause, index: int, quantity: Quantity) -> bool:
        """社保满一年、能打出证明的9个: two marks of the same people before their number."""
        noun, tokens = self._counting.open, clause.tokens
        if noun is None or clause.before != "、" or clause.mood != "tell":
            return False
        ends = (f"的{tokens[index].text}", f"的有{tokens[index].text}")
        marked = self._mark(clause) == noun.value and clause.tokens[-2].role == "claim"
        if index + 1 < len(tokens) or not (marked or clause.text.endswith(ends)):
            return False
        self._tally.take(clause, noun, quantity)
        self._counting.open = None
        return True

    def _settled(self, clause: Clause, index: int, quantity: Quantity) -> bool:
        marked = self._counting.shares.marked(clause, self._mark(clause), quantity)
        return marked or self._totals.take(clause, index, quantity)

    def _mark(self, clause: Clause) -> str | None:
        """The fact of which the clause names a mark that makes some of them count: 盖了章."""
        counting = self._counting
        claimed = (
            counting.marks[claim.value] for claim in clause.of("claim") if claim.value in counting.marks
        )
        named = (name for form, name in counting.marked if form.search(clause.text) and not clause.has("not"))
        return next(claimed, None) or next(named, None)

    def _without_noun(self, clause: Clause, index: int, quantity: Quantity, *, light: bool) -> None:
        """Whose the number is, or else a part of a sum that may follow."""
        told = self._tally.last_named()
        if clause.has("gap") and self._elsewhere(clause) and (kind := self._there(clause)):
            self._tally.take(clause, kind, quantity)
        if light and self._confirmed(clause, quantity):
            return
        if not light and _all_before_a_row(clause, index):
            self._tally.said.append((ALL_STAFF, quantity, clause.tokens[index]))
            self._tally.record(clause, ALL_STAFF, quantity)
            return
        if light and not self._counting.contrast.take(clause, quantity):
            self._people(clause, index, quantity)
        if clause.mood == "tell" and told is self._tally.last_named():
            self._tally.apart(quantity)

    def _planned(self, quantity: Quantity) -> Token | None:
        """老板想招2个高工，目前一个都没有: the noun of those who were only wished for."""
        told = self._tally.last_named() if quantity.exact == 0 else None
        wished = told is not None and told[0] in self._counting.ledger.hypothetical
        return told[2] if told is not None and wished else None

    def _confirmed(self, clause: Clause, quantity: Quantity) -> bool:
        """对，就是九个, behind 大概九个: what was only thought is so."""
        told = self._tally.last_named()
        again = told is not None and told[1].exact == quantity.exact is not None
        if told is None or not again or clause.hedged or told[0] in self._counting.ledger.facts:
            return False
        firm = clause.has("have", "affirm", "only")
        return firm and self._counting.ledger.state(clause, told[0], quantity.value)

    def _there(self, clause: Clause) -> Token | None:
        """The noun of those told of at another place: 另外东莞还有3个."""
        told = self._tally.last_named()
        more = told[2] if clause.added and told is not None else None
        return self._tally.another_kind(clause.text) or more

    def _elsewhere(self, clause: Clause) -> bool:
        """广州2个, behind 审核师深圳3个."""
        lead = "".join(token.text for token in clause.tokens if token.role != "count")
        return clause.tokens[-1].role == "count" and self._tally.elsewhere(lead.strip(FILLING))

    def by_kind(self, clause: Clause, alone: Sequence[int]) -> bool:
        """上岗证方面，能源1人环境2人安全3人: kinds of the noun that waits, and so their sum."""
        noun = self._counting.open
        return noun is not None and self._summed(clause, noun, _with_words(clause, alone))

    def by_kind_behind(self, clause: Clause, noun: Token) -> bool:
        """上岗证安全3个环保2个: kinds of the one noun of the clause, and so their sum."""
        counted = [at for at, token in enumerate(clause.tokens) if token.role == "count"]
        told = _with_words(clause, counted)
        table_says = all(self._tally.of_kind(str(noun.value), words) for words, _ in told)
        return table_says and self._summed(clause, noun, told)

    def _summed(self, clause: Clause, noun: Token, told: Sequence[tuple[str, Quantity]]) -> bool:
        whole = self._tally.sum_of(str(noun.value), told)
        if whole is not None:
            self._tally.take(clause, noun, whole)
        return whole is not None

    def _of_all(self, clause: Clause, index: int, quantity: Quantity) -> None:
        """我们公司六个人其中三个审核师: the whole of which parts are told."""
        ours = all(token.role in LIGHT for token in clause.tokens[:index]) and clause.has("self")
        name = ALL_STAFF if ours and quantity.unit in PEOPLE and self._counting.asked is None else ""
        self._tally.said.append((name, quantity, clause.tokens[index]))
        if name:
            self._tally.record(clause, name, quantity)

    def _for_a_time(self, clause: Clause, quantity: Quantity) -> None:
        """4个满一年, after 社保 was spoken of."""
        timed = self._counting.timed
        if timed is not None and not self._counting.shares.too_short(clause, timed, quantity):
            self._tally.take(clause, timed, quantity)

    def _completed(self, clause: Clause) -> bool:
        """另外4个满了, behind 2个社保还没满一年: the time that was just told."""
        timed, before = self._counting.timed, self._counting.duration_before
        told = timed is not None and before and clause.mood == "tell" and not clause.has("not", "noun")
        return told and self._counting.full.search(clause.text) is not None

    def _inside(self, clause: Clause, kind: Token, quantity: Quantity) -> bool:
        """高工5个，其中环保2个，节能2个: parts of a whole that was told, or who is left of it."""
        told = self._tally.last_named()
        parts = self._whole is not None and self._whole is told and not clause.added
        return parts or self._counting.shares.left_over(self._tally.fact_of(kind), quantity)

    def _people(self, clause: Clause, index: int, quantity: Quantity) -> None:
        """More of the same kind, the noun that waits for one, all the staff, or an answer."""
        counting = self._counting
        people = quantity.unit in PEOPLE or (_of_us(clause, index) and counting.asked is None)
        total = people and counting.asked is None and self._tally.altogether(clause.text)
        waiting = counting.open is not None and clause.mood == "tell" and not clause.has("all")
        if counting.open is None and (kind := self._tally.another_kind(clause.text)):
            if not self._inside(clause, kind, quantity):
                self._tally.take(clause, kind, quantity)
        elif (total and counting.open is None and counting.staffed) or (
            people and not waiting and (clause.has("self") or (total and clause.has("agency")))
        ):
            self._tally.said.append((ALL_STAFF, quantity, clause.tokens[index]))
            self._tally.record(clause, ALL_STAFF, quantity)
        elif counting.open is not None and waiting:
            noun = counting.open
            if self._tally.of_kind(str(noun.value), clause.text):
                noun = replace(noun, text=clause.text)  # 审核师，国家的3个: another kind of them may follow
            self._tally.take(clause, noun, quantity)
            counting.open, counting.by_name = None, quantity.exact == 1 and clause.has("name")
        elif (planned := self._planned(quantity)) is not None:
            self._tally.take(clause, planned, quantity)
        else:
            counting.bare.append((clause, quantity))
            if people or quantity.unit:
                self._tally.said.append(("", quantity, clause.tokens[index]))


def _came(clause: Clause, index: int) -> bool:
    """走了1个又来了2个: what stands last before the number says which way it goes."""
    moved = [token.role for token in clause.tokens[:index] if token.role in ("gain", "loss")]
    return moved[-1] == "gain" if moved else clause.has("gain")


def _changes(clause: Clause, index: int) -> bool:
    """走了2个, 有2个已经离职了还没删: whether the clause says no more, or has first that they are gone."""
    behind = [token.role for token in clause.tokens[index + 1 :] if token.role not in ("soft", "only")]
    before = clause.tokens[index - 1].role if index else ""
    told_last = before in ("loss", "gain") and not behind
    return behind[:1] == ["loss"] or told_last or all(token.role in _CHANGING for token in clause.tokens)


def _all_before_a_row(clause: Clause, index: int) -> bool:
    """我们公司10个人 8个大专 5个审核师: right behind 我们, before a number with its own noun."""
    tokens = clause.tokens
    behind = [token.role for token in tokens[index + 1 : index + 3]]
    counted = tokens[index].value.unit in PEOPLE and behind == ["count", "noun"]
    return counted and index > 0 and tokens[index - 1].role in ("self", "have", "only") and clause.has("self")


def _with_words(clause: Clause, counted: Sequence[int]) -> list[tuple[str, Quantity]]:
    """These numbers, each with the words since the one before it."""
    words, told = "", []
    for at, token in enumerate(clause.tokens):
        if at in counted:
            told.append((words, token.value))
        words = "" if at in counted else words + token.text
    return told


def _of_us(clause: Clause, index: int) -> bool:
    """Nine of us, 45 people."""
    behind = [token.text.strip() for token in clause.tokens[index + 1 : index + 3]]
    return behind == ["of", "us"] or behind[:1] == ["people"]
