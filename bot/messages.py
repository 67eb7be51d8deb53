"""What comes in and what goes out. A reply is data until a channel renders it.

Strings in a reply are plain text in the talk's language; no markup anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from knowledge.model import Citation
from rules_engine.model import CheckResult, Schedule

Language = Literal["zh-Hans", "zh-Hant", "en"]

TAP_LIMIT = 64  # bytes: Telegram's limit for callback data, kept everywhere


class Intent(StrEnum):
    """What a message was taken to want."""

    LOOKUP = "lookup"
    CHECK = "check"
    DEADLINES = "deadlines"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    REMINDERS = "reminders"
    DONE = "done"
    SNOOZE = "snooze"
    COMPANY = "company"
    HELP = "help"
    SMALLTALK = "smalltalk"
    ABSTAIN = "abstain"
    CANCEL = "cancel"
    EXPORT = "export"
    FORGET = "forget"


class Audience(StrEnum):
    """Whose menu of commands a chat shows."""

    EVERYONE = "everyone"  # a group's
    PRIVATE = "private"
    OPERATORS = "operators"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its chat a reply belongs: a forum's topic, and the message whose place it takes. 0: none."""

    thread: int = 0
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, tap or file from a chat. Exactly one of ``text``, ``tap``, ``file`` is set; a roster in a
    ``text`` becomes the ``file`` beside it."""

    chat: str  # "telegram:1234", "web:ab12", "console:me", "jsonl:c1"
    at: datetime  # aware
    text: str | None = None
    tap: str | None = None
    file: Path | None = None
    language: Language | None = None  # said by the channel; else read from the message
    sender: str | None = None  # who pressed or wrote, where a chat has several people
    update: str | None = None  # the channel's id of this update; the same id twice has one effect
    message: str | None = None  # the channel's id of the message; edited, it comes again under the same
    edited: bool = False  # the words replace those that the message had before
    caption: str = ""  # what was written under a file
    name: str = ""  # of the sender, where a chat has several people
    may_manage: bool = True  # whether the sender decides for the chat: settings, companies, forgetting
    audience: Audience | None = None  # whose menu of commands the channel shows; None: it has none
    place: Place | None = None  # where the reply belongs, where that is not simply the chat
    link: str = ""  # an address that opens the channel with what stands for ``{payload}``
    quiet: bool = False  # the channel shows the reply itself, so no delivery is written
    company: str | None = None  # id of the company that this message's invitation led to


@dataclass(frozen=True, slots=True)
class Button:
    """A next step. ``tap`` is at most 64 bytes; ``url`` opens a page instead."""

    label: str
    tap: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file for the user."""

    name: str
    media_type: str
    path: Path


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: ``headline`` is the answer, ``note`` a limit or reading, ``standing`` legal standing."""

    text: str
    role: Literal["headline", "body", "note", "standing"] = "body"
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short lines that belong together. ``fleeting``: where lines lie that the store is not to keep; they
    are shown from there for a day, then no more."""

    items: tuple[str, ...]
    title: str = ""
    kind: Literal["bullets"] = "bullets"
    fleeting: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision shown with its words, character for character. ``verbatim``: own words rather than
    a description, and then set in quotation marks. ``wording`` and ``status`` are said in words."""

    ref: str
    label: str
    text: str
    verbatim: bool
    wording: str
    status: str
    gloss: str = ""
    kind: Literal["clause"] = "clause"


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One requirement of a verdict card."""

    outcome: Literal["met", "not_met", "unknown", "not_applicable"]
    text: str
    clause: str = ""  # short label of the clause behind it
    ref: str = ""


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """A check, line by line."""

    rows: tuple[VerdictRow, ...]
    kind: Literal["verdict"] = "verdict"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One deadline as shown: ``day`` reads "2026年2月28日（周六）"."""

    on: date
    day: str
    title: str
    status: Literal["upcoming", "due_today", "overdue", "done"]
    remaining: str = ""  # "还有 7 天"
    note: str = ""  # rest-day note


@dataclass(frozen=True, slots=True)
class Timeline:
    """Deadlines in order."""

    rows: tuple[TimelineRow, ...]
    kind: Literal["timeline"] = "timeline"


Block = Text | Bullets | Clause | VerdictCard | Timeline


@dataclass(frozen=True, slots=True)
class ReminderState:
    """Deadline ids of the company in play, and the leads in days."""

    active: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    leads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """All that an answer says and all that it rests on; channels render ``blocks`` and ``buttons``,
    the machine interface gives the rest as it is."""

    intent: Intent
    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    abstain: str | None = None
    citations: tuple[Citation, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    understood: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)  # the user's words behind each fact held
    asks: tuple[str, ...] = ()
    rejected: Mapping[str, str] = field(default_factory=dict)
    check: CheckResult | None = None
    schedule: Schedule | None = None
    reminders: ReminderState = ReminderState()
    company: str | None = None
    companies: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    language: Language = "zh-Hans"
    place: Place | None = None
