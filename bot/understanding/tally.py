"""The counts of one message as they add up: which fact a noun means here, sums, and what is sure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext
from bot.understanding.numbers import Quantity

AUDITORS: Final = "trained_auditors"
TITLED: Final = "senior_title_staff"
TITLED_AUDITORS: Final = "senior_title_auditors"
_FEW: Final = (TITLED, TITLED_AUDITORS)
_OF_AUDITORS: Final = (AUDITORS, TITLED_AUDITORS)
FULLTIME: Final = "fulltime_senior_staff"
FULLTIME_LOWER: Final = "fulltime_intermediate_staff"
ALL_STAFF: Final = "total_staff"

_OF_OTHERS: Final = ("other", "rule")  # moods of what is not said of the speaker's people
_LEADING: Final = ("soft", "gap", "only")  # 可惜只有2个是…
_LAID_DOWN: Final = "以上"

Said = tuple[str, Quantity, Token]


class Tally:
    """What was counted so far, in order."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext, route: str | None) -> None:
        self._lexicon = lexicon
        self._ledger = ledger
        self._context = context
        route = route or context.facts.get("route")
        agency = str(lexicon.table("noun", TITLED_AUDITORS)["not_in"])
        self._of_works = route in (None, "self") and not str(context.goal or "").startswith(agency)
        self.said: list[Said] = []
        self.fulltime = context.goal == lexicon.table("noun", FULLTIME).get("goal")
        self._open_again: set[str] = set()  # told twice, differently: what is added to it tells nothing
        self.untimed: tuple[str, int] | None = None  # 5个人有社保: how many, the time not told
        self._altogether = re.compile(lexicon.table("noun", ALL_STAFF)["altogether"])
        self._counted_in = re.compile(lexicon.table("noun", ALL_STAFF)["counted_in"])
        self._summing = re.compile(lexicon.tables["summing"]["form"])
        self._rest = re.compile(lexicon.tables["others_beside"]["form"])
        self._further = re.compile(lexicon.tables["further"]["form"])
        self._places = re.compile(lexicon.tables["places"]["form"])
        self._apart: tuple[str, int] = ("", 0)  # a fact, and how many more of it were told without their noun
        self.person = False  # the subject is a person whose title is another fact

    def take(
        self, clause: Clause, noun: Token, quantity: Quantity, *, among: bool = False, sure: bool = False
    ) -> None:
        """Take a number of the people that ``noun`` means. ``among``: some of those counted just before."""
        of_those = among or (quantity.exact == 0 and clause.has("among"))  # 里面高工一个都没有
        of_auditors = of_those and self.after_auditors()
        name = self.fact_of(noun, of_auditors=of_auditors)
        if name is None or (among and self.said and self.said[-1][0] == name):
            return
        if quantity.fault:
            self._ledger.reject(clause, name, quantity.fault, clause.text)
            return
        if not self.long_enough(clause, name):
            self._too_short(clause, name, quantity)
            return
        if self._of_another_register(clause, name, noun):
            self._ledger.doubt("value", name, clause, (quantity.value,))
            self.said += [(name, quantity, noun)] if "、" in clause.after else []
            return
        combined = self._combine(clause, name, quantity, noun)
        combined = combined and self._with_those_before(clause, name, combined)
        if combined is not None and clause.mood not in _OF_OTHERS:
            self.said.append((name, combined, noun))
            open_time = self.timed(noun) and not clause.has("duration") and combined.exact is not None
            self.untimed = (name, combined.exact or 0) if open_time else self.untimed
            self.record(clause, name, combined, self._confirm(clause, name, noun), sure=sure)

    def _of_another_register(self, clause: Clause, name: str, noun: Token) -> bool:
        """注册安全工程师3名: whether they count is asked, unless that was, or others who do are told too."""
        unsure = self._lexicon.table("noun", name).get("unsure")
        known = name in self._context.asked or self.last(name) is not None or len(clause.of("noun")) > 1
        return unsure is not None and not known and re.search(str(unsure), noun.text) is not None

    def _with_those_before(self, clause: Clause, name: str, quantity: Quantity) -> Quantity:
        """还有一个副高, behind 高工1个 of the message before: two."""
        held = self._context.facts.get(name) if name in self._context.last_facts else None
        further = self._further.match(clause.text) and name not in self._context.asked
        if not further or not isinstance(held, int) or isinstance(held, bool) or self.last(name):
            return quantity
        return quantity if quantity.exact is None else Quantity(held + quantity.exact, held + quantity.exact)

    def record(
        self, clause: Clause, name: str, quantity: Quantity, confirm: str | None = None, *, sure: bool = False
    ) -> None:
        """State a number, or the doubt that it leaves."""
        if quantity.low is None and quantity.high is None:
            self._ledger.doubt("value", name, clause)
            return
        spread = quantity.low != quantity.high
        if spread and None not in (quantity.low, quantity.high):
            clause = replace(clause, hedged=False)  # 可能一两个: the range is what is known
        if quantity.vague and not spread:
            self._ledger.doubt("value", name, clause, (quantity.value,))
            return
        at_least = spread and quantity.high is None
        sure = sure or not at_least or clause.possessive or bool(self._ledger.facts)
        sure = sure or name in self._context.asked or _as_known(clause)
        if self._ledger.state(clause, name, quantity.value, confirm=confirm, sure=sure) and quantity.vague:
            self._ledger.doubt("value", name, clause, (quantity.low, quantity.high))

    def after_auditors(self) -> bool:
        """Whether the auditors were counted last, here or a message before: 里面没有高工."""
        if self.said:
            return self.said[-1][0] in _OF_AUDITORS
        held = self._context.facts if self._context.goal else {}
        told = [name for name in self._context.last_facts if type(held.get(name)) is int]
        return len(told) == 1 and told[0] in _OF_AUDITORS

    def fact_of(self, noun: Token, *, of_auditors: bool = False) -> str | None:
        """The fact that a noun stands for here; None where it is a named person's title."""
        if self.person and noun.value == TITLED:
            return None
        table = self._lexicon.table(noun.role, str(noun.value))
        if "fulltime" in table and self.fulltime:
            return str(table["fulltime"])
        if noun.role == "decoy":
            return None
        if noun.value != TITLED:
            return str(noun.value)
        return TITLED_AUDITORS if of_auditors and self._of_works else TITLED

    def long_enough(self, clause: Clause, name: str) -> bool:
        """Whether the time stated with the noun is what the fact asks for."""
        least = self._lexicon.table("noun", name).get("least_months")
        told = [token.value for token in clause.of("duration") if token.value.low is not None]
        if least is None or not told:
            return True
        short = any(item.high is not None and item.high < least for item in told)
        return not short and any(item.low >= least for item in told)

    def _too_short(self, clause: Clause, name: str, quantity: Quantity) -> None:
        """其中有一个社保才交了8个月, of those told before: so many fewer count."""
        held = self._context.facts.get(name)
        of_them = clause.has("among") or (
            name in self._context.last_facts and clause.tokens[0].role in ("have", "only")
        )
        if not of_them or clause.mood != "tell" or self.last(name) is not None:
            return
        few = quantity.exact
        if type(held) is int and few is not None and few <= held:
            self._ledger.state(clause, name, held - few)

    def only_part(self, noun: Token) -> bool:
        """Whether to have none of these is not to have none at all: 没有本科生, 没有专职审核师."""
        part = self._lexicon.table("noun", str(noun.value)).get("part")
        return part is not None and re.search(str(part), noun.text) is not None

    def timed(self, noun: Token) -> bool:
        """Whether the fact asks for a length of time: 社保."""
        return "least_months" in self._lexicon.table("noun", str(noun.value))

    def apart_from(self, mark: Token, noun: Token) -> bool:
        """社保满一年的5个，新来的3个: whether a mark is of people too new to be among those told."""
        apart = self._lexicon.table(mark.role, str(mark.value)).get("apart")
        told = apart is not None and self.timed(noun) and self.untimed is None
        return told and re.match(str(apart), mark.text) is not None

    def altogether(self, text: str) -> bool:
        """Whether a number of people is meant as their total: 总共8个人."""
        everybody = self.last_named() is None and self._counted_in.search(text) is not None
        return everybody or self._altogether.search(text) is not None

    def of_the_rest(self, text: str) -> bool:
        """Whether words are of those beside the ones counted: 其他都是新来的."""
        return self._rest.match(text) is not None

    def fields_of(self, name: str) -> str:
        """The fact whose fields of study are also those of ``name``'s people; "" where there is none."""
        return str(self._lexicon.table("noun", name).get("fields", ""))

    def last(self, name: str) -> Said | None:
        """What was said last of a fact in this message."""
        return next((item for item in reversed(self.said) if item[0] == name), None)

    def last_named(self) -> Said | None:
        """What was said last of any fact in this message."""
        return next((item for item in reversed(self.said) if item[0]), None)

    def only_named(self) -> Token | None:
        """The noun of the one fact that was told in this message."""
        told = self.last_named()
        return told[2] if told and all(name in (told[0], "") for name, _, _ in self.said) else None

    def parted_of(self, clause: Clause, name: str) -> Said | None:
        """Of whom some are told apart by a mark of ``name``'s people: 高工3人，其中会计专业1人."""
        led = [token.role for token in clause.tokens if token.role not in _LEADING]
        being = led[led[:1] == ["have"] :][:2] == ["count", "have"]  # 1个是高级会计师, 有1个是…
        kind = clause.tokens[0].role in ("fit", "unfit") and self.last(name) is None  # 会计的2个
        named = self.last_named() if clause.has("among") or being or kind else None
        if named and self._lexicon.table("noun", named[0]).get("fields") == name:
            return named
        return self.last(name) or self.told_before(clause, name)

    def told_before(self, clause: Clause, name: str) -> Said | None:
        """其中两个是外省的证, of those told in the user's last message."""
        held = self._context.facts.get(name) if name in self._context.last_facts else None
        there_are = clause.has("unfit") and clause.tokens[0].role == "have"  # 有两个是学英语的
        part = there_are or clause.has("among", "one_half") or self._ledger.correcting
        if not part or not isinstance(held, int) or isinstance(held, bool):
            return None
        return name, Quantity(held, held), Token("noun", name, 0, 0, "")

    def whole(self, clause: Clause, quantity: Quantity) -> None:
        """Take a number of all the people there are."""
        self.record(clause, ALL_STAFF, quantity)

    def replace(self, clause: Clause, told: Said, quantity: Quantity) -> None:
        """Take a number in the stead of the one told before, of the same people."""
        name, _, noun = told
        self.said.append((name, quantity, noun))
        self._ledger.state(clause, name, quantity.value)

    def sum_of(self, name: str, told: Sequence[tuple[str, Quantity]]) -> Quantity | None:
        """能源2个、环境1个、安全2个，都有上岗证: the sum, where each number is of a kind of these people."""
        table = self._lexicon.table("noun", name)
        parts = [number.exact for words, number in told if self._kinds(table, words)]
        whole = sum(part for part in parts if part is not None)
        return Quantity(whole, whole) if len(parts) > 1 and None not in parts else None

    def of_kind(self, name: str, words: str) -> bool:
        """Whether the words name a kind of these people."""
        return bool(self._kinds(self._lexicon.table("noun", name), words))

    def another_kind(self, words: str) -> Token | None:
        """国家的审核师2名，省里的3名: the noun before, where the words name another kind of it."""
        if not self.said or self.said[-1][2].role != "noun":
            return None
        noun = self.said[-1][2]
        table = self._lexicon.table("noun", str(noun.value))
        here, before = self._kinds(table, words), self._kinds(table, noun.text)
        return replace(noun, text=words) if here and before and not here & before else None

    def elsewhere(self, words: str) -> bool:
        """Whether words only name a place where people work: 龙岗办事处."""
        return self._places.fullmatch(words) is not None

    def apart(self, quantity: Quantity) -> None:
        """东莞2个, behind 审核师深圳3个: part of a sum that may be said aloud."""
        told = self.last_named()
        if told is not None:
            before = self._apart[1] if self._apart[0] == told[0] else 0
            self._apart = (told[0], before + (quantity.exact or 0))

    def sums_up(self, words: str, told: Said, quantity: Quantity) -> bool:
        """Whether a number is the sum, said aloud, of what was told of a fact so far: 合起来5个."""
        name, held, _ = told
        more = self._apart[1] if self._apart[0] == name else 0
        whole = held.exact + more if held.exact is not None else None
        return whole is not None and whole == quantity.exact and self._summing.search(words) is not None

    def of_parts(self, words: str, told: Said) -> bool:
        """Whether a number only says aloud what the parts just told come to: 国家的2个、省的3个，共5人."""
        several = sum(name == told[0] for name, _, _ in self.said) > 1
        return several and self._summing.search(words) is not None

    def leave_open(self, clause: Clause, name: str) -> None:
        """Ask for a number that the words do not tell."""
        self._ledger.doubt("value", name, clause)

    def held(self, name: str) -> Any:
        """The value of this message, or the one held before."""
        told = self._ledger.facts.get(name)
        return told.value if told else self._context.facts.get(name)

    def referents(self) -> list[Quantity]:
        """Numbers that 都 may mean: those of this message, else those of the last."""
        latest = {name: quantity for name, quantity, _ in self.said if quantity.high != 0}
        if latest:
            return list(latest.values())
        facts = self._context.facts
        # 社保都有, behind 高级2人: of all who were told, not of the few with a title.
        told = [name for name in self._context.last_facts if type(facts.get(name)) is int]
        few = all(name in _FEW for name in told)
        held = [facts[name] for name in facts if name not in _FEW] if few else [facts[name] for name in told]
        return [Quantity(value, value) for value in held if type(value) is int and value]

    def _combine(self, clause: Clause, name: str, quantity: Quantity, noun: Token) -> Quantity | None:
        """The sum where two kinds of the same people are told apart; None where a whole was told before."""
        before = self.last(name)
        if name in self._open_again and not self._ledger.correcting:
            return None
        if before is None or self._ledger.correcting or clause.mood != "tell":
            return quantity
        _, held, earlier = before
        if held.high is None and quantity.low is not None and quantity.low >= (held.low or 0):
            return quantity  # 有高工的，两个
        if self.sums_up(clause.text, before, quantity):
            return quantity
        table = self._lexicon.table("noun", name)
        whole = table.get("whole", "\0")
        if whole in earlier.text:
            return None
        kinds = self._kinds(table, earlier.text), self._kinds(table, noun.text)
        if clause.added and held.exact and quantity.exact and not self._summing.search(clause.text):
            return Quantity(held.exact + quantity.exact, held.exact + quantity.exact)
        if whole in noun.text or (held.value == quantity.value and (not held.value or not all(kinds))):
            return quantity
        if (
            kinds[0] - kinds[1]
            and kinds[1] - kinds[0]
            and held.exact is not None
            and quantity.exact is not None
        ):
            total = held.exact + quantity.exact
            return Quantity(total, total)
        self._ledger.facts.pop(name, None)
        self._ledger.doubt("value", name, clause, (held.value, quantity.value))
        self._open_again.add(name)
        return None

    def _kinds(self, table: Mapping[str, Any], words: str) -> set[str]:
        """Of which kinds words speak: those of the fact's own, and the places where people work."""
        own = {kind for kind in table.get("kinds", ()) if re.search(kind, words)}
        return own | set(self._places.findall(words))

    def _confirm(self, clause: Clause, name: str, noun: Token) -> str | None:
        """Time that the fact asks for and that nobody spoke of is confirmed."""
        table = self._lexicon.table("noun", name)
        untold = "least_months" in table and not clause.has("duration") and name not in self._context.asked
        return "duration" if untold and not re.search(str(table["told"]), noun.text) else None


def _as_known(clause: Clause) -> bool:
    """至少有4个审核师 is said of those there are, 4名以上 as the law says it."""
    plain = clause.mood == "tell" and not clause.questioned and not clause.has("gap", "agency")
    return plain and all(_LAID_DOWN not in token.text for token in clause.of("count"))
