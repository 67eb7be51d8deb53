"""The one way to the store. SQLite and PostgreSQL both serve it; the same contract tests run on both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol

from storage.records import (
    Ack,
    Attempt,
    AuditEntry,
    Company,
    Contact,
    Deadline,
    DeadlineMove,
    Delivery,
    Feed,
    Feedback,
    ListedCompany,
    Listing,
    NewDelivery,
    PublishedList,
    StoredAnswer,
    Subscription,
    TranscriptEntry,
    Update,
)
from storage.talk import Talk


@dataclass(frozen=True, slots=True)
class Plan:
    """One open deadline of one subscribed contact: what the planner turns into deliveries."""

    deadline: Deadline
    subscription: Subscription
    contact: Contact
    company: Company


@dataclass(frozen=True, slots=True)
class Turn:
    """An open deadline to be planned, with all who want to hear of it. ``touched`` grows with each change of
    the deadline or of who hears of it and how."""

    deadline_id: str
    touched: int
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a send ended. ``state`` pending means: certainly not sent, try again at ``retry_at``."""

    state: Literal["sent", "pending", "uncertain", "skipped"]
    at: datetime
    detail: str = ""
    message_id: str | None = None
    retry_at: datetime | None = None
    counted: bool = True  # False: the channel asked to wait, so this was no attempt
    text: str = ""  # what was sent, for the journal


@dataclass(frozen=True, slots=True)
class Subject:
    """What a delivery is about, as it stands now."""

    deadline: Deadline
    company: Company
    contact: Contact


@dataclass(frozen=True, slots=True)
class Watch:
    """An open deadline near its day that nobody has answered for: what escalation looks at. ``deliveries``
    are those with a lead of 1 or less, escalations included; ``contacts`` come in order of rank."""

    deadline: Deadline
    company: Company
    contacts: tuple[Contact, ...]
    subscriptions: tuple[Subscription, ...]
    deliveries: tuple[Delivery, ...]
    acks: tuple[Ack, ...]


class Store(Protocol):
    """All that must survive. Every call is atomic; none blocks longer than a short transaction."""

    async def open(self) -> None:
        """Connect, check integrity, migrate forward. Raises StoreUnavailable or StoreDamaged."""

    async def close(self) -> None:
        """Let go of everything."""

    # talks -----------------------------------------------------------------------------------
    def talk(
        self, chat: str, *, at: datetime, update: str | None = None
    ) -> AbstractAsyncContextManager[Talk]:
        """The chat's talk, loaded; saved with its outbox when the block ends well, untouched when it raises.
        With ``update`` that update is marked done in the same transaction; if it is done already,
        raises Conflict before the block runs. A new chat gets a new contact. Talks of the same chat,
        and of chats that share a company, follow one another."""

    # inbox -----------------------------------------------------------------------------------
    async def receive(self, updates: Sequence[Update]) -> int:
        """Keep updates not yet known; how many were new. Only then may they be acknowledged."""

    async def waiting(self, limit: int = 100, *, channel: str | None = None) -> list[Update]:
        """Updates not yet done, oldest first; with ``channel`` ("telegram", "web") those of one channel."""

    async def failed(self, update: str, error: str, *, poison: bool) -> None:
        """Note a failed handling; a poisoned update is set aside, visible, never deleted."""

    async def bookmark(self, name: str) -> str | None:
        """A small value by name (the last update id acknowledged …)."""

    async def set_bookmark(self, name: str, value: str) -> None:
        """Set a small value."""

    # deliveries ------------------------------------------------------------------------------
    async def enqueue(self, deliveries: Iterable[NewDelivery]) -> int:
        """Insert those whose dedupe key is new; how many were."""

    async def plans(
        self, due_before: date, *, after: tuple[date, str] | None = None, limit: int | None = None
    ) -> list[Plan]:
        """Open deadlines due before a day, with each active subscription on them, in order of due day and
        id. Page by page: those ``after`` a deadline's day and id, of at most ``limit`` deadlines; an empty
        page is the end."""

    async def turns(self, *, now: datetime, limit: int) -> list[Turn]:
        """Open deadlines whose turn to be planned has come, the longest waiting first: new ones, those that
        changed, and those planned until a moment that is past."""

    async def all_turns(self, after: str = "", limit: int = 200) -> list[Turn]:
        """All open deadlines after an id, in order, whether or not it is their turn."""

    async def planned(self, turns: Sequence[tuple[Turn, datetime]]) -> int:
        """Each of these is planned until its moment; how many. One that changed meanwhile keeps its turn."""

    async def subscribers(self, at_most: int) -> int:
        """How many contacts want reminders, counted up to a number."""

    async def pending(self, deadline_ids: Sequence[str]) -> list[Delivery]:
        """Pending deliveries of these deadlines."""

    async def skip(self, delivery_ids: Sequence[int], reason: str) -> int:
        """Set pending deliveries to skipped, with the reason; how many were still pending."""

    async def claim(
        self,
        owner: str,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        channels: Sequence[str] | None = None,
        chat: str | None = None,
    ) -> list[Delivery]:
        """Claim due pending rows for ``owner``, best priority and oldest first; never a row of a chat that
        has one in sending. ``channels`` restricts to chats of those channels ("telegram", "web"); ``chat`` to
        reminders of one chat, so that they can travel together."""

    async def begin(self, delivery: Delivery, *, now: datetime) -> bool:
        """claimed -> sending, journalled and on disk before this returns. False when the lease or the epoch
        is gone or the deadline moved: then nothing may be sent."""

    async def settle(self, delivery: Delivery, settlement: Settlement) -> bool:
        """sending (or claimed, when nothing was sent) -> how it ended. False when fenced off."""

    async def recover(self, *, now: datetime) -> tuple[int, int]:
        """Rows whose lease is over or whose owner is gone: claimed -> pending, sending -> uncertain. How
        many of each."""

    async def uncertain(self, *, before: datetime) -> list[Delivery]:
        """Uncertain rows whose fate is still to be decided, older than ``before``."""

    async def decide(self, delivery: Delivery, state: Literal["sent", "closed"], reason: str) -> bool:
        """End an uncertain row: proved delivered, or closed (held, or repeated by another row)."""

    async def subjects(self, delivery_ids: Sequence[int]) -> dict[int, Subject]:
        """What these deliveries are about, as it stands now, by delivery id; left out where the deadline,
        the company or the contact is gone."""

    async def reminded(self, chat: str) -> datetime | None:
        """When the chat last got a reminder; replies and notices do not count."""

    async def delivery(self, delivery_id: int) -> Delivery | None:
        """One delivery."""

    async def journal(
        self,
        company_id: str | None = None,
        *,
        after: int = 0,
        limit: int | None = None,
        states: Sequence[str] | None = None,
    ) -> list[tuple[Delivery, tuple[Attempt, ...]]]:
        """Deliveries with every attempt, oldest first: proof of notification. Page by page: those
        ``after`` a delivery's id, at most ``limit`` of them; with ``states`` those in one of them."""

    async def queue(self, *, now: datetime) -> Mapping[str, Any]:
        """Counts by state, the oldest due time, the next 24 hours."""

    # contacts --------------------------------------------------------------------------------
    async def contacts(self, company_id: str) -> list[Contact]:
        """Contacts of a company in order of escalation."""

    async def contact_state(self, chat: str, state: Literal["active", "blocked", "gone", "paused"]) -> None:
        """Set whether a chat can be reached."""

    async def move_chat(self, old: str, new: str) -> None:
        """A chat has a new id: rewrite it everywhere in one transaction."""

    # companies and their dates ----------------------------------------------------------------
    async def company_ids(self, after: str = "", limit: int = 500) -> list[str]:
        """Ids of companies after an id, in order: page by page through all of them."""

    async def unreachable(self) -> int:
        """How many contacts blocked us or are gone."""

    async def moves(self, company_id: str) -> list[DeadlineMove]:
        """How the company's deadlines moved, oldest first."""

    async def watches(
        self, due_from: date, due_before: date, after: str = "", limit: int = 500
    ) -> list[Watch]:
        """Open deadlines due in these days with a subscription, of which no operator was told and whose
        latest near delivery nobody has acknowledged since; in order of id, after one, page by page."""

    # published lists ---------------------------------------------------------------------------
    async def companies(self, after: str = "", limit: int = 500) -> list[Company]:
        """Companies after an id, in order: page by page through all of them."""

    async def publish(self, published: PublishedList, rows: Sequence[ListedCompany]) -> int:
        """Keep a list and those of its rows that are new; how many were. What is there stays as it is."""

    async def published(self) -> list[PublishedList]:
        """The lists, the latest first."""

    async def listed(self, list_id: str) -> list[ListedCompany]:
        """A list's rows, in order of line."""

    async def list_for(self, listings: Sequence[Listing]) -> int:
        """Keep which companies rows speak of, where new; how many were. Answers stay as they are."""

    async def listings(self, list_id: str) -> list[Listing]:
        """The companies that a list's rows were found to speak of, with what was answered."""

    # the web chat's transcript ---------------------------------------------------------------
    async def transcribe(
        self,
        chat: str,
        author: Literal["user", "xize"],
        payload: Mapping[str, Any],
        *,
        at: datetime,
        delivery_id: int | None = None,
    ) -> int:
        """Add a line and give its number; a delivery is added once, then gives its first number."""

    async def transcript(
        self, chat: str, after: int = 0, limit: int = 200, *, latest: int | None = None
    ) -> list[TranscriptEntry]:
        """Lines after number ``after``, in order: the first ``limit``, or the ``latest`` so many."""

    # invitations and calendar feeds -------------------------------------------------------------
    async def join(self, invitation_id: str, chat: str, *, at: datetime) -> Company | None:
        """The chat's contact (made if new) speaks for the invitation's company from now on, ranked last; the
        company, or None where the invitation is unknown, expired or used by another. The same contact
        twice changes nothing."""

    async def feed(self, feed_id: str) -> tuple[Feed, Company, list[Deadline]] | None:
        """An unrevoked feed with its company and all deadlines that are not superseded or cancelled."""

    # what operators read and do -----------------------------------------------------------------
    async def feedback(
        self,
        *,
        state: Literal["open", "handled"] = "open",
        kinds: Sequence[str] = ("unanswered", "disliked"),
        before: datetime | None = None,
        limit: int = 100,
    ) -> list[Feedback]:
        """Questions, the latest first; those ``before`` a moment for the next page."""

    async def handle(self, feedback_id: str) -> bool:
        """Set a question to handled; False where it was already, or is unknown."""

    async def audit(
        self, actor: str, action: str, *, at: datetime, subject: str = "", detail: str = ""
    ) -> None:
        """Add to the audit log."""

    async def audit_log(self, *, before: int | None = None, limit: int = 100) -> list[AuditEntry]:
        """The audit log, the latest first; those with a number under ``before`` for the next page."""

    async def chats(self, after: str = "", limit: int = 500) -> list[Contact]:
        """Active contacts after a chat, in order of chat: page by page through all of them."""

    async def tally(self, prefix: str) -> Mapping[str, int]:
        """Deliveries whose dedupe key begins with ``prefix``, counted by state: a broadcast's report."""

    async def stats(self, *, since: datetime) -> Mapping[str, int]:
        """Counts: contacts, active_contacts (seen since), companies, subscriptions, open_deadlines,
        deliveries_sent (since), unanswered, liked, disliked (since)."""

    # several processes --------------------------------------------------------------------------
    async def hold(self, role: str, owner: str, *, now: datetime, lease: timedelta) -> bool:
        """Take or keep a role ("sender", "poller") that one process has at a time; False while another
        holds it that is not gone."""

    async def attend(self, owner: str, rung: Callable[[], None]) -> None:
        """Stand for the process ``owner`` until cancelled: what it holds is free as soon as it ends, not
        only with its leases. ``rung`` is called when another process has rung. Ends at once where processes
        can be seen without."""

    async def ring(self) -> None:
        """Tell the other processes that there is something to send. Only a hint."""

    async def let_go(self, role: str, owner: str) -> None:
        """Give a role up, where ``owner`` has it."""

    # the HTTP API -------------------------------------------------------------------------------
    async def answered(self, key: str) -> StoredAnswer | None:
        """What was answered to a request with this key."""

    async def keep_answer(self, answer: StoredAnswer) -> StoredAnswer:
        """Keep an answer; the one kept first where there is one already."""

    # retention ----------------------------------------------------------------------------------
    async def purge(
        self,
        *,
        transcripts: datetime,
        updates: datetime,
        journal: datetime,
        feedback: datetime,
        answers: datetime,
    ) -> Mapping[str, int]:
        """Remove what is older than each moment, a bounded number of rows a call: transcript lines, handled
        updates, deliveries that came to an end with their attempts, questions, stored answers; how many
        of each. Nothing pending, in sending or uncertain is touched."""
