"""A stretch of a message between two breaks, and what can be asked of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from bot.understanding.lexicon import Token

Mood = Literal["tell", "ask", "suppose", "plan", "rule", "other"]
FILLER: Final = "filler"
_GOING_ON: Final = "着呢"  # 证书在档案室放着呢 is told
_YET: Final = ("还没", "还未", "尚未")
_MEANT: Final = re.compile(
    "[请找聘这那]|委托|合作|(?:we|our|the)(?![a-z])"
)  # an agency that is the speaker's
_AGREED: Final = re.compile("(?:那|那就|也|就)*(?:行|可以|ok)吧")
_AGREEING: Final = frozenset({"tail", "soft", "only", "filler"})
CLIENT: Final = "client"  # value of a token: whom an adviser speaks for
MORE: Final = "+"  # the sign before what comes on top of what was said


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two breaks. ``sentence`` counts from 0; ``after`` is the sign that ends it.

    ``before_question``: a question follows in the same clause, so only a plain "we have" makes it a fact.
    """

    tokens: tuple[Token, ...]
    text: str
    sentence: int
    before: str
    after: str
    mood: Mood = "tell"
    hedged: bool = False
    before_question: bool = False
    roles: frozenset[str] = field(default_factory=frozenset)
    questioned: bool = False  # a question about it follows in the sentence
    asked_when: bool = False  # that question is for a time, and so takes it as it is
    quoted: bool = False  # stands in quotation marks
    strange: bool = False  # words that nobody knows stand before what it tells
    so: bool = False  # 这样 behind it says that it is so, whatever is asked then

    def of(self, *roles: str) -> list[Token]:
        """Tokens with one of these roles."""
        if self.roles.isdisjoint(roles):
            return []
        return [token for token in self.tokens if token.role in roles]

    def has(self, *roles: str) -> bool:
        """Whether a token has one of these roles."""
        return not self.roles.isdisjoint(roles)

    def alone(self, index: int) -> bool:
        """Whether a token has blanks, or the ends of the clause, on both sides: 电镀 强制 重点企业."""
        tokens, token = self.tokens, self.tokens[index]
        before = index == 0 or tokens[index - 1].end < token.start
        return before and (index + 1 == len(tokens) or token.end < tokens[index + 1].start)

    def dated_before(self, year: int) -> bool:
        """Whether it tells of years before ``year`` only."""
        last = [token.value.last for token in self.of("date")]
        return bool(last) and all(day is not None and day.year < year for day in last)

    @property
    def added(self) -> bool:
        """Speaks of further ones: 另外2个还没拿证."""
        return self.before == MORE

    @property
    def owned(self) -> bool:
        """Names the speaker's side: 我们, the agency, 目前只."""
        return self.has("self", "agency", "only")

    @property
    def possessive(self) -> bool:
        """Says of itself that it speaks of the speaker's own: 我们有, 目前只有."""
        if self.has("self", "agency"):
            return True
        return any(token.role == "have" and not token.text.endswith(("是", "属于")) for token in self.tokens)

    @property
    def of_anybody(self) -> bool:
        """Speaks of agencies as such: 中介没有高工, not 我们请的中介."""
        agencies = self.of("agency")
        return bool(agencies) and not self.has("self") and not any(_MEANT.search(t.text) for t in agencies)

    def as_condition(self) -> Clause:
        """自己没有高工，外聘行不行: without 我们 it is the condition of the question behind it; what is done,
        材料已交, is told."""
        done = any(
            token.text.startswith("已") or token.text.endswith("了")
            for token in self.of("affirm", "event", "event")
        ) or (self.has("affirm") and self.text.endswith("了"))
        asked = self.questioned and not self.asked_when
        condition = asked and self.mood == "tell" and not self.owned and not done
        return replace(self, mood="suppose") if condition else self


def asks(clause: Clause) -> bool:
    """Whether the clause holds a question, whatever its mood."""
    if clause.has("ask", "tail"):
        return not _consents(clause)
    wonders = bool(clause.tokens) and clause.tokens[-1].role == "wonder" and not clause.after.startswith(",")
    goes_on = clause.text.endswith(_GOING_ON) or _not_yet(clause)
    if wonders and not goes_on and not clause.has("self", "agency", "have", "count"):
        return True
    return "?" in clause.after or "?" in clause.text


def _consents(clause: Clause) -> bool:
    """行吧，到期前提醒我: a word that could ask, alone before what is wanted."""
    alone = clause.roles <= _AGREEING and _AGREED.fullmatch(clause.text) is not None
    return alone and not clause.before and clause.after.startswith(",")


def _not_yet(clause: Clause) -> bool:
    """材料还没交呢 is told, 验收没过呢 is asked."""
    return any(token.text.startswith(_YET) for token in clause.of("not", "denial"))


def willed(clause: Clause) -> Clause:
    """What is planned is a fact where the fact is a plan: 打算12月再申请."""
    if clause.mood == "plan":
        return replace(clause, mood="tell", before_question=False)
    if clause.before_question and clause.has("plan"):
        return replace(clause, before_question=False)
    return clause


def dated(clause: Clause) -> Clause:
    """名单3月15号发布的，什么时候注册: a past day before a question is told."""
    return (
        replace(clause, before_question=False) if clause.before_question and _tells_past(clause) else clause
    )


def _tells_past(clause: Clause) -> bool:
    return clause.has("date", "near_miss") and not clause.has("plan", "require", "ask", "hypothetical")
