"""One message on its way through the assistant: what came in, what was read, and the desk to work on.

Skills read and change a Turn and return a Reply; they never touch the store or the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.messages import Incoming, Language, ReminderState
from bot.phrases import Phrases, phrases
from bot.session import Session
from bot.taps import Tap
from bot.understanding.model import StatedFact, Understanding
from bot.zones import local_day
from knowledge.library import Library
from knowledge.model import Citation, Finding, Wording, Words
from rules_engine.model import Schedule, ScheduleRequest
from rules_engine.rulebook import Rulebook
from storage.records import Company, Deadline, Fact, Membership, Subscription
from storage.talk import Talk

MOST_COMPANIES = 200  # of one contact: a consultant's customers, not a register


@dataclass(slots=True, eq=False)
class Sources:
    """What answers rest on: the law, the rules, and the default reminder days. Shared by all parts of a
    process, so that law and rules loaded again reach all of them at once, between two messages."""

    library: Library
    rulebook: Rulebook
    leads: tuple[int, ...] = (30, 14, 7, 3, 1, 0)

    def take(self, other: Sources) -> None:
        """Rest on other law and rules from now on."""
        self.library, self.rulebook = other.library, other.rulebook


@dataclass(slots=True)
class Turn:
    """The desk for one message."""

    incoming: Incoming
    talk: Talk
    session: Session
    read: Understanding
    sources: Sources
    language: Language
    new_id: Callable[[], str]
    tap: Tap | None = None
    before: Mapping[str, Any] = field(default_factory=dict)  # facts held before this message
    understood: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)
    moved: tuple[tuple[Deadline, Deadline], ...] = ()  # deadlines that this message moved: was, is
    confirm: dict[str, str] = field(default_factory=dict)  # what was assumed: "year", "order", "duration"
    most_companies: int = MOST_COMPANIES
    public_url: str = ""  # our address for calendars elsewhere; "" where there is none
    proof: Path | None = None  # the company's delivery journal, where it was asked for
    found: dict[str, Finding] = field(default_factory=dict)  # what the library said to a question: asked once
    scheduled: tuple[ScheduleRequest, Schedule] | None = None  # the dates worked out last
    withdrawn: frozenset[str] = frozenset()  # facts that the edited message had given
    replaced: dict[str, Fact | None] = field(default_factory=dict)  # what the told facts took the place of

    @property
    def now(self) -> datetime:
        """When the message came in, by the contact's clock."""
        return self.incoming.at

    @property
    def today(self) -> date:
        """The contact's local day."""
        return local_day(self.talk.contact, self.now)

    @property
    def say(self) -> Phrases:
        """The sentences in the talk's language."""
        return phrases(self.language)

    # --- the company in play -----------------------------------------------------------------

    @property
    def company(self) -> Company | None:
        """The company in play; None before anything was said of one."""
        return self.talk.companies.get(self.talk.contact.company_id or "")

    def ensure_company(self, name: str = "") -> Company:
        """The company in play, made (unnamed) when there is none."""
        if self.company is not None:
            return self.company
        return self.add_company(name)

    def add_company(self, name: str) -> Company:
        """A new company of this contact, put in play. Raises UserError when there are too many."""
        if len(self.talk.companies) >= self.most_companies:
            raise UserError("pacing.companies", count=self.most_companies)
        contact = self.talk.contact
        company = Company(self.new_id(), name)
        self.talk.companies[company.id] = company
        self.talk.members[contact.id, company.id] = Membership(contact.id, company.id)
        self.play(company)
        return company

    def play(self, company: Company) -> None:
        """Put a company in play."""
        self.talk.contact = replace(self.talk.contact, company_id=company.id)

    # --- facts -------------------------------------------------------------------------------

    @property
    def facts(self) -> dict[str, Any]:
        """All facts held for the company in play, as JSON values."""
        return self.facts_of(self.company) if self.company is not None else {}

    def facts_of(self, company: Company) -> dict[str, Any]:
        """All facts held for a company, as JSON values."""
        held = self.talk.facts.values()
        return {fact.name: fact.value for fact in held if fact.company_id == company.id}

    @property
    def said(self) -> dict[str, str]:
        """The words behind each fact of the company in play."""
        company = self.company
        return {
            fact.name: fact.words
            for fact in self.talk.facts.values()
            if company is not None and fact.company_id == company.id
        }

    def record(self, stated: Iterable[StatedFact]) -> None:
        """Keep what was stated, each with its words; values that cannot be are rejected by name."""
        for fact in stated:
            refused = self.sources.rulebook.accept({fact.name: fact.value}).rejected.get(fact.name)
            if refused is not None:
                self.rejected[fact.name] = self.say.words(refused)
                continue
            company = self.ensure_company()
            self.understood[fact.name] = fact.value
            self.replaced[fact.name] = self.talk.facts.get((company.id, fact.name))
            self.talk.facts[company.id, fact.name] = Fact(
                company.id, fact.name, fact.value, fact.words, self.now, self.talk.contact.id
            )
            if fact.confirm:
                self.confirm[fact.name] = fact.confirm

    # --- dates -------------------------------------------------------------------------------

    @property
    def deadlines(self) -> list[Deadline]:
        """The deadlines of the company in play that still count, soonest first."""
        company = self.company
        return sorted(
            (
                item
                for item in self.talk.deadlines.values()
                if company is not None and item.company_id == company.id and item.state in ("open", "done")
            ),
            key=lambda item: item.due,
        )

    @property
    def subscription(self) -> Subscription | None:
        """This contact's standing wish to be reminded about the company in play."""
        contact = self.talk.contact
        return next(
            (
                item
                for item in self.talk.subscriptions.values()
                if item.contact_id == contact.id
                and item.company_id == contact.company_id
                and item.scope == "company"
                and item.state == "active"
            ),
            None,
        )

    @property
    def reminders(self) -> ReminderState:
        """What the machine interface tells of reminders."""
        wish = self.subscription
        own = {
            item.scope_id: item
            for item in self.talk.subscriptions.values()
            if item.contact_id == self.talk.contact.id and item.scope == "deadline" and item.state != "ended"
        }  # what is wished for one deadline goes before what is wished for all
        held = [(item, own.get(item.id, wish)) for item in self.deadlines]
        told = [
            (item, ruling)
            for item, ruling in held
            if item.state == "open" and ruling and ruling.state == "active"
        ]
        leads = wish or next((ruling for _, ruling in told), None)
        return ReminderState(
            active=tuple(item.key for item, _ in told),
            done=tuple(item.key for item in self.deadlines if item.state == "done"),
            leads=(leads.leads or self.sources.leads) if leads else (),
        )

    # --- the law -----------------------------------------------------------------------------

    def cite(self, refs: Iterable[str]) -> tuple[Citation, ...]:
        """Citations as of today, each reference once, in order. A provision whose text no source gives
        carries no statement, so it is not cited."""
        library = self.sources.library
        given = (
            ref for ref in dict.fromkeys(refs) if library.provision(ref).wording is not Wording.NOT_GIVEN
        )
        return tuple(library.cite(ref, self.today) for ref in given)

    def clause_label(self, ref: str) -> str:
        """A short label for a reference: the article without its instrument's long title."""
        library = self.sources.library
        english = library.label(ref).en
        instrument = library.instrument(library.provision(ref).instrument)
        if instrument.id == library.default:
            english = english.removeprefix(f"{instrument.title_en}, ")
        return self.say.words(Words(library.brief_label(ref), english))

    def clause_labels(self, refs: Iterable[str]) -> str:
        """Several short labels in a row."""
        return self.say.say("row.same", items=[self.clause_label(ref) for ref in refs])
