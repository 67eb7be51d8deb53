"""What was read out of a message. Everything here was said; nothing is inferred.

A stated value is JSON-like: int, bool, ISO day string, text, list of these, or a loosely
stated value as the machine interface writes it (``{"min": 5}``, ``{"from": …, "to": …}``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.messages import Intent, Language

Kleene = bool | None


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as said. ``confirm``: the reading rests on an assumption (a year was supplied) that the
    reply says aloud and asks to confirm. ``correction``: it replaces what was said before."""

    name: str
    value: Any
    words: str
    confirm: str | None = None  # what was assumed: "year", "order" of day and month
    correction: bool = False


@dataclass(frozen=True, slots=True)
class RejectedFact:
    """Something said that cannot be a value: 2月30号, -3人."""

    name: str
    reason: str  # phrase key, e.g. "rejected.no_such_day"
    words: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two readings are near, or a value is too vague to keep (一两个, an unclear 都). The reply asks."""

    kind: Literal["value", "referent", "industry", "date", "intent", "company"]
    fact: str | None  # the fact that it concerns
    words: str
    options: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """A day that the authority's own notice sets for a deadline; ``deadline`` None: not said for which.

    ``confirm``: what was assumed, as of a fact.
    """

    deadline: str | None  # register, start_audit, report
    day: str  # ISO
    words: str
    confirm: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for an intent, 0..1, and the words that do."""

    intent: Intent
    weight: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What the talk knows when a message is read: enough for 那强制的呢, 都, 不对，是5个, a bare 没有."""

    now: datetime
    language: Language = "zh-Hans"
    asked: tuple[str, ...] = ()  # fact names that the last reply asked for, the first foremost
    facts: Mapping[str, Any] = field(default_factory=dict)  # held for the company in play
    offered: tuple[str, ...] = ()  # facts of the check that the last answer from the law led on to
    last_facts: tuple[str, ...] = ()  # names stated in the user's last message, in order
    goal: str | None = None
    last_intent: Intent | None = None
    companies: tuple[str, ...] = ()  # names known in this chat
    client: bool = False  # the company in play is spoken of as somebody else's: 他们 are its people
    last_rejected: Mapping[str, str] = field(
        default_factory=dict
    )  # fact -> words that could not be, just now
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # command -> facts it asks for


@dataclass(frozen=True, slots=True)
class Understanding:
    """A message, read."""

    text: str  # normalised: NFKC, simplified, markup and emoji as plain text, trimmed
    original: str
    language: Language
    command: str | None = None  # "check", "cancel", "help" … from /check, 取消, 菜单
    argument: str = ""  # what follows the command
    intents: tuple[Evidence, ...] = ()  # best first
    facts: tuple[StatedFact, ...] = ()
    hypothetical: tuple[StatedFact, ...] = ()  # 如果再招一个高工呢: never stored
    rejected: tuple[RejectedFact, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unknown: tuple[str, ...] = ()  # facts that the user says they do not know (不知道)
    company: str | None = None  # a company named as theirs or switched to
    bare_name: str = ""  # the name, where the message may be nothing but a company's: 联创电子
    client: bool = False  # tells of a client: somebody else's company, whose people 他们 are from here on
    route: Literal["self", "consultant"] | None = None  # the route that the question is about
    audit_kind: Literal["voluntary", "mandatory"] | None = None  # the kind that the question is about
    answer: Kleene = None  # 是 / 不是 to a yes-or-no question
    question: bool = False  # asks rather than tells
    cut: bool = False  # the message was longer than 4,096 characters
    goals: tuple[str, ...] = ()  # rulebook goals that the message names or implies, best first
    goals_named: tuple[str, ...] = ()  # those of them that the words themselves name
    leads: tuple[int, ...] = ()  # days before, where reminders are asked for: 提前10天和3天
    deadline: str | None = None  # which deadline is spoken of: register, start_audit, report
    renamed: str = ""  # the right name of the company in play: 公司名写错了，是…
    trades: tuple[str, ...] = ()  # named where something is asked: 钢铁厂多久一轮
    row: tuple[str, ...] = ()  # companies named in a row: 我管三家：…; what is told holds for each
    named: tuple[str, ...] = ()  # facts of which the words hold the noun, whatever is said of them
    noticed: tuple[Noticed, ...] = ()  # 通知要求12月20日前完成注册: days that a notice sets
