"""Instruments, provisions and what may be said of them.

Addresses follow Akoma Ntoso: ``art_10__consultant__item_3``. A reference is
``<instrument>#<address>``, or the instrument's id alone for the whole of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge.numerals import article_label


class Wording(StrEnum):
    """How near a provision's text is to the instrument's own words."""

    QUOTED = "quoted"  # the instrument's own words, in full
    PARTLY_QUOTED = "partly_quoted"  # own words, maybe incomplete
    DESCRIBED = "described"  # the source only reports the content
    SUMMARY = "summary"  # our words, from public facts
    NOT_GIVEN = "not_given"  # exists, but no source gives its text; never cited as an answer


class Status(StrEnum):
    """Legal standing of an instrument on a day."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    UNVERIFIED = "unverified"


class LinkKind(StrEnum):
    """Why one provision points at another."""

    BASIS = "basis"
    RATIONALE = "rationale"
    DIFFERS_FROM = "differs_from"
    REPEATED_IN = "repeated_in"
    SUCCEEDED_BY = "succeeded_by"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages that the product writes itself. Traditional is converted from ``zh``."""

    zh: str
    en: str

    def said_in(self, language: str) -> str:
        """The text for ``zh-Hans``, ``zh-Hant`` (unconverted) or ``en``."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class StatusPeriod:
    """The standing from ``start`` (None: from the beginning) until the next period."""

    status: Status
    start: date | None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from a provision to another reference."""

    kind: LinkKind
    ref: str


@dataclass(frozen=True, slots=True)
class Provision:
    """An addressable part of an instrument: chapter, article, list, paragraph, item, section, point."""

    instrument: str
    address: str  # "" is the instrument as a whole
    kind: str
    number: str  # "10", "133-1", "" where it has none
    label: str  # what a person reads: 《…》第十条（委托咨询服务机构）第3项
    text: str  # own words, description or summary, by ``wording``; "" where not given
    wording: Wording
    heading: str = ""
    source: str | None = None  # reference of the provision where this text stands
    gloss: str = ""  # our English rendering, marked as ours when shown
    brief: Words | None = None  # our one line on what it is about
    parent: str | None = None  # address
    children: tuple[str, ...] = ()  # addresses
    links: tuple[Link, ...] = ()
    called: tuple[str, ...] = ()  # of a list: the words by which people name it

    @property
    def ref(self) -> str:
        """``<instrument>#<address>``, or the instrument's id for the whole of it."""
        return f"{self.instrument}#{self.address}" if self.address else self.instrument

    @property
    def quote(self) -> str | None:
        """The instrument's own words, or None where there are none."""
        return self.text if self.wording in (Wording.QUOTED, Wording.PARTLY_QUOTED) and self.text else None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A normative document or a document about one."""

    id: str
    title: str
    short_title: str  # 细则（征求意见稿）
    number: str  # 文号, "" where it has none
    issuer: str
    issued: str  # ISO day, month or year; "" where unknown
    statuses: tuple[StatusPeriod, ...]
    aliases: tuple[str, ...] = ()
    title_en: str = ""
    chapters: tuple[str, ...] = ()
    article_count: int | None = None  # how many articles it has, known even where their text is not
    standing: Words | None = None  # the one line of standing shown under each answer from it
    in_force_instead: tuple[str, ...] = ()  # references to what applies today
    provisions: Mapping[str, Provision] = field(default_factory=dict)  # by address, in order
    speaks_of: str = ""  # the instrument whose standing goes for answers from this one
    standing_before: tuple[date, Words] | None = None  # another line of standing for days before
    values: Mapping[str, str] = field(default_factory=dict)  # figures extracted from its provisions, by name
    built_in: bool = True  # False: an operator's own import
    default: bool = False  # a bare article number means this one
    abbreviations: Mapping[str, str] = field(default_factory=dict)  # parts of its labels, for phones
    brief_title: str = ""  # as short as people say it: 办法, 3号文; the short title where there is none

    def status_on(self, day: date) -> Status:
        """The legal status on ``day``; unverified where no period says otherwise."""
        current = Status.UNVERIFIED
        for period in self.statuses:
            if period.start is None or period.start <= day:
                current = period.status
        return current


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision as an answer names it (the machine interface's ``citations``)."""

    ref: str
    label: str
    wording: str
    quote: str | None
    status: str


class Found(StrEnum):
    """What became of a clause reference."""

    EXACT = "exact"
    NOT_GIVEN = "not_given"  # exists, but no source gives its text
    OUT_OF_RANGE = "out_of_range"  # no such article, chapter, item


@dataclass(frozen=True, slots=True)
class Resolution:
    """A clause reference in a text and what it leads to.

    ``refs`` are the provisions named (both lists where an article has two), empty when out
    of range. ``also`` are other instruments' provisions of the same number, where the text
    named no instrument. ``extent`` says how far the numbering goes, where it is known.
    """

    words: str
    span: tuple[int, int]
    outcome: Found
    instrument: str
    refs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unit: str = "article"  # article, paragraph, item, chapter, section, point, instrument
    below: str = ""  # the number asked for below the article, where there is no such one
    extent: int | None = None
    named: bool = False  # the instrument was named or taken from context, not assumed


@dataclass(frozen=True, slots=True)
class ConversationContext:
    """What was spoken of last: enough for 下一条, 那第十六条呢, 那强制的呢."""

    last_refs: tuple[
        str, ...
    ] = ()  # references that the last answer rested on or resolved, the foremost first
    last_topics: tuple[str, ...] = ()


class Abstain(StrEnum):
    """Why there is no answer."""

    NOT_IN_SOURCE = "not_in_source"
    OUT_OF_RANGE = "out_of_range"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the provisions behind it (at least one)."""

    words: Words
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A next step offered with an answer. ``action`` is ``clause``, ``topic``, ``goal``, ``dates`` or
    ``ask``; ``target`` is a reference, a topic id, a goal name, nothing, or a question."""

    label: Words
    action: str
    target: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the law says to a question, before it is put into words for a channel.

    The first of ``statements`` is the direct answer. ``quotes`` are the provisions
    whose wording is shown, best first. With ``abstain`` set, ``statements`` say what
    is missing and ``nearest`` points at true neighbours. ``confidence`` (0..1) lets
    the conversation weigh this reading of a message against others.
    """

    statements: tuple[Statement, ...]
    quotes: tuple[str, ...] = ()  # references
    abstain: Abstain | None = None
    nearest: tuple[str, ...] = ()  # references
    steps: tuple[Step, ...] = ()
    topics: tuple[str, ...] = ()  # topic ids that answered
    resolved: tuple[str, ...] = ()  # references that the question named, for follow-ups
    confidence: float = 0.0
    standing_of: str | None = (
        "sz-rules-2018-draft"  # instrument whose line of standing belongs under the answer
    )
    parts: tuple[PartFound, ...] = ()  # of a message with several questions: each with its own finding


@dataclass(frozen=True, slots=True)
class PartFound:
    """One question of several. ``asked``: its words, as many as were answered together."""

    asked: tuple[str, ...]
    finding: Finding


# --- the tree of a legal text, as the parser gives it -------------------------------------------


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """项 or 目. ``number`` is as counted ("2"), ``marker`` as written ("（二）")."""

    number: str
    marker: str
    text: str
    items: tuple[ParsedItem, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """款: an unnumbered paragraph and the items that follow it."""

    text: str
    items: tuple[ParsedItem, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDivision:
    """编 (part), 分编 (subpart), 章 (chapter) or 节 (section). ``start`` articles stand before it;
    ``text`` are the lines between its heading and its first article."""

    level: str
    number: str  # "3", "" for 附则 without a number
    heading: str  # 第三章 奖励和处罚
    address: str
    start: int
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """条. ``number`` is "10", or "133-1" for 第一百三十三条之一; ``division`` is its chapter path.

    In a text without 条 its sections 一、（一） stand here, numbered "1", "1.2".
    """

    number: str
    address: str
    heading: str
    paragraphs: tuple[ParsedParagraph, ...]
    division: tuple[str, ...] = ()
    marker: str = ""  # of a section, as written: 二、

    @property
    def name(self) -> str:
        """How the article is called: 第一百三十三条之一, or a section's number 一（二） as written."""
        if self.marker:
            return self.marker.rstrip("、.． ")
        number, _, inserted = self.number.partition("-")
        return article_label(int(number), int(inserted or 0))


@dataclass(frozen=True, slots=True)
class ParsedInstrument:
    """A legal text as a tree. Nothing of the text is dropped: see ``preamble`` and ``annexes``."""

    title: str
    number: str
    chapters: tuple[str, ...]
    articles: tuple[ParsedArticle, ...]
    preamble: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    front: tuple[str, ...] = ()  # lines before the title
    contents: tuple[str, ...] = ()  # table of contents, as printed
    divisions: tuple[ParsedDivision, ...] = ()  # all of them, in order; ``chapters`` holds the 章 alone
    closing: tuple[str, ...] = ()  # signature and date after the last article
