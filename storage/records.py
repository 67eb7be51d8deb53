"""The rows of the store. Times are aware UTC datetimes, days are plain dates, ``*_id`` are opaque text
except a delivery's id, which is a number that fits into a button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or group behind a chat."""

    id: str
    chat: str  # "telegram:1234", "web:ab12"; unique
    language: str = "zh-Hans"
    timezone: str = "Asia/Shanghai"
    preferred: time = time(9)  # local hour at which reminders go out
    quiet_from: time | None = None
    quiet_to: time | None = None
    working_days_only: bool = False
    company_id: str | None = None  # the company in play
    state: Literal["active", "blocked", "gone", "paused"] = "active"
    session: Mapping[str, Any] = field(default_factory=dict)  # the talk's own memory, JSON
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """An enterprise or consulting institution that contacts talk about. ``name`` "" while unnamed."""

    id: str
    name: str = ""
    credit_code: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A contact speaks for a company; ``rank`` orders escalation."""

    contact_id: str
    company_id: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """What was said about a company: the value as JSON, the words, and when."""

    company_id: str
    name: str
    value: Any
    words: str
    said_at: datetime
    contact_id: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which a company must act. ``key`` is the rulebook's id (``register``)."""

    id: str
    company_id: str
    key: str
    title: str
    trigger: str
    trigger_on: date
    due: date
    revision: int = 1
    state: Literal["open", "done", "cancelled", "superseded"] = "open"
    settled_at: datetime | None = None
    settled_by: str | None = None
    origin: str = "computed"  # or "notice": a date that the authority's notice gives
    rulebook: str = ""  # id@version
    since: datetime | None = None  # set by the store: new, moved or reopened then; earlier leads are void
    computed: date | None = None  # the day that the rules give, where a notice names another


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """A deadline moved from one day to another, or (``due`` None) no longer applies. Kept for good."""

    deadline_id: str
    revision: int  # of the deadline, after the move
    company_id: str
    was_due: date
    due: date | None
    reason: str  # "corrected", "notice", "withdrawn", "rulebook"
    detail: str  # the rulebook's version …
    moved_at: datetime
    contact_id: str | None = None  # who said so; None: nobody, the rules changed


@dataclass(frozen=True, slots=True)
class Subscription:
    """A contact wants reminders. ``scope``: the whole company, or one deadline."""

    id: str
    contact_id: str
    company_id: str
    scope: Literal["company", "deadline", "topic"] = "company"
    scope_id: str = ""
    leads: tuple[int, ...] | None = None  # None: the default
    state: Literal["active", "muted", "ended"] = "active"
    since: datetime | None = None  # set by the store: new, changed or taken up again then


@dataclass(frozen=True, slots=True)
class Ack:
    """A button pressed under a reminder. ``tap`` is unique: a second press changes nothing."""

    delivery_id: int
    tap: str
    contact_id: str
    action: Literal["done", "snooze", "mute", "seen"]
    at: datetime


DeliveryKind = Literal["reply", "lead", "overdue", "digest", "snooze", "escalation", "notice"]
DeliveryState = Literal["pending", "claimed", "sending", "sent", "uncertain", "skipped", "closed"]


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """Something to be said to a chat. A row with the same ``dedupe_key`` is inserted once."""

    dedupe_key: str
    chat: str
    kind: DeliveryKind
    due_at: datetime
    payload: Mapping[str, Any]  # JSON: a rendered reply, or what a reminder is about
    priority: int = 5  # replies 0, reminders 5, broadcasts 9
    contact_id: str | None = None
    company_id: str | None = None
    deadline_id: str | None = None
    revision: int | None = None  # of the deadline; a stale one is not sent
    lead: int | None = None  # days before the due day; negative when overdue
    not_after: datetime | None = None  # pointless from then on
    repeat_of: int | None = None  # the uncertain delivery that this one repeats, marked


@dataclass(frozen=True, slots=True)
class Delivery(NewDelivery):
    """A delivery as stored. ``epoch`` grows with each claim and fences paused senders."""

    id: int = 0
    state: DeliveryState = "pending"
    reason: str = ""  # why skipped or closed
    owner: str | None = None
    lease_until: datetime | None = None
    epoch: int = 0
    attempts: int = 0
    next_try_at: datetime | None = None
    message_id: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send: the journal that an auditor reads."""

    delivery_id: int
    n: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str  # "sending", "sent", "not_sent", "uncertain", "refused"
    detail: str = ""
    text: str = ""  # what was sent, as plain text; "" for a reply, whose row holds it


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A list of enterprises that an authority published and an operator loaded. ``id`` follows from the day
    and the name, so that the same list is the same row."""

    id: str
    name: str
    published_on: date
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class ListedCompany:
    """A line of a published list. ``id`` is short and follows from the list and the company."""

    id: str
    list_id: str
    line: int
    name: str
    credit_code: str = ""
    district: str = ""
    industry: str = ""
    kind: str = ""  # a value of the fact audit_kind, where the list says it
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A line of a list that speaks of a company somebody here speaks for: asked, and what they said."""

    row_id: str
    company_id: str
    list_name: str
    line: int
    name: str
    published_on: date
    industry: str = ""
    kind: str = ""
    credit_code: str = ""
    state: Literal["asked", "yes", "no"] = "asked"
    contact_id: str | None = None  # who answered
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """A channel's update, kept before it is acknowledged."""

    id: str  # "telegram:<update_id>"
    chat: str
    raw: Mapping[str, Any]
    received_at: datetime
    state: Literal["new", "done", "poison"] = "new"
    attempts: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """A line of a web chat: what was said by whom, in order of ``n``."""

    n: int
    chat: str
    author: Literal["user", "xize"]
    payload: Mapping[str, Any]
    at: datetime
    delivery_id: int | None = None  # unique: a reminder appears once


@dataclass(frozen=True, slots=True)
class Invitation:
    """A contact lets a colleague speak for a company. ``id`` is the hash of a token that only the colleague
    gets; it works once and until ``expires_at``."""

    id: str
    company_id: str
    contact_id: str  # who invited
    created_at: datetime
    expires_at: datetime
    used_by: str | None = None  # contact id
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A private calendar address of a company. ``id`` is the hash of the token in the address."""

    id: str
    company_id: str
    contact_id: str  # who asked for it
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """A question that was not answered, or an answer that was liked or disliked: what operators read."""

    id: str
    contact_id: str | None  # None once that contact is forgotten
    text: str  # the question
    kind: Literal["unanswered", "liked", "disliked"]
    at: datetime
    reason: str = ""  # what was wrong, where it was said
    refs: tuple[str, ...] = ()  # provisions that the answer cited
    state: Literal["open", "handled"] = "open"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something an operator changed or read. Never removed by forgetting; holds no personal data of users."""

    n: int
    at: datetime
    actor: str  # "telegram:1234", "console", "command line"
    action: str  # "list.loaded", "instrument.imported", "company.read" …
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What an API request with an idempotency key was answered; the same key gives the same answer."""

    key: str  # hash of the caller and the key
    request: str  # hash of what was asked
    status: int
    body: str
    at: datetime
