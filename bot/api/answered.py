"""What is answered over HTTP and MCP, key by key: the shapes of the machine interface. Keys are stable;
more may be added. The answers themselves are made by the rooms' own code, these models describe them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

Ref = Annotated[
    str,
    Field(description="`<instrument>#<address>`, or the instrument's id alone."),
]
Iso = Annotated[str, Field(json_schema_extra={"format": "date"})]
Status = Literal["draft", "in_force", "superseded", "repealed", "unverified"]
Wording = Literal["quoted", "partly_quoted", "described", "summary", "not_given"]
DateStatus = Literal["upcoming", "due_today", "overdue", "done"]
Reasons = Annotated[
    dict[str, str],
    Field(description="Facts that were given but cannot be, with the reason; treated as not given."),
]


class CitationAnswer(BaseModel):
    """A provision that an answer rests on."""

    ref: Ref
    label: str = Field(description="What a person reads.")
    wording: Wording = Field(
        description="`quoted`: the instrument's own words in full; `partly_quoted`: own words, maybe "
        "incomplete; `described`: the source only reports the content; `summary`: our own words."
    )
    quote: str | None = Field(description="The instrument's own words; null where there are none.")
    status: Status = Field(description="The instrument's legal status on the day asked for.")


class Rulebook(BaseModel):
    """Which rules gave a result."""

    id: str
    version: str
    sha256: str


class RequirementAnswer(BaseModel):
    """One requirement, judged."""

    id: str
    title: str
    outcome: Literal["met", "not_met", "unknown", "not_applicable"]
    required: Any = Field(description="What is demanded, as a JSON value.")
    given: Any = Field(description="What is known, as a JSON value; null where nothing is.")
    citations: list[Ref]
    since: Iso | None = Field(description="Since when the demanded value applies.")


class SaidRequirement(RequirementAnswer):
    """One requirement of a talk's check."""

    said: dict[str, str] = Field(description="By fact, the user's words that it was judged on.")


class CheckAnswer(BaseModel):
    """A requirement check."""

    goal: str
    verdict: Literal["pass", "fail", "unknown"]
    requirements: list[RequirementAnswer]
    failing: list[Ref] = Field(description="Provisions of the requirements not met.")
    missing: list[str] = Field(
        description="Facts still unknown that matter: the most decisive first. On `unknown` exactly those "
        "that can still change the verdict."
    )
    rejected: Reasons
    fixes: list[dict[str, Any]] = Field(
        description="The cheapest changes, each of which alone turns the verdict to `pass`; empty where "
        "nothing that the company can do changes it."
    )
    notes: list[str]
    citations: list[Ref]
    on: Iso = Field(description="The day whose rules were applied.")
    heals_on: Iso | None = Field(description="The day from which time alone mends it.")
    either_way: list[str] = Field(description="Missing facts of which every value gives the same verdict.")
    rulebook: Rulebook


class SaidCheck(CheckAnswer):
    """The check of a talk."""

    requirements: list[SaidRequirement]  # type: ignore[assignment]


class ReminderDayAnswer(BaseModel):
    """A day on which a reminder belongs."""

    lead: int = Field(description="Days before the deadline.")
    on: Iso
    skipped: str | None = Field(description="Why it is left out; null where it is not.")


class DeadlineAnswer(BaseModel):
    """One deadline."""

    id: str = Field(description="`register`, `start_audit`, `report`, `round_1` …")
    title: str
    due: Iso = Field(description="The plain corresponding day, from which reminders count back.")
    effective: Iso | None = Field(
        description="The day after moving off a statutory rest day; null where that year's holiday "
        "arrangement is not published."
    )
    postponed: bool
    postponement: str | None = Field(description="Why it is postponed, or why that cannot be told.")
    status: DateStatus = Field(description="By `due`.")
    effective_status: DateStatus | None = Field(description="By `effective`.")
    days_left: int = Field(description="Until `due`; negative when it has passed.")
    reminders: list[ReminderDayAnswer]
    citations: list[Ref]
    computed: Iso | None = Field(description="The day that the rules give, where a notice names another.")


class CycleAnswer(BaseModel):
    """How often an audit round comes back."""

    years: int | None = Field(description="Null where it cannot be told.")
    action: Literal["complete", "begin"] | None = Field(description="What is to be done each time.")
    statutory: bool | None = Field(description="False where no rule sets one; null where it cannot be told.")


class NextListAnswer(BaseModel):
    """What a failed acceptance leads to: never a date."""

    text: str
    due: None


class ScheduleAnswer(BaseModel):
    """What is due when."""

    deadlines: list[DeadlineAnswer]
    cycle: CycleAnswer | None = Field(description="Null without an industry.")
    next_list: NextListAnswer | None
    asks: list[str] = Field(description="Facts that would tell more.")
    rejected: Reasons
    notes: list[str]
    citations: list[Ref]
    rulebook: Rulebook


class ReminderStateAnswer(BaseModel):
    """Reminders of the company in play."""

    active: list[str] = Field(description="Ids of deadlines that reminders are sent for.")
    done: list[str] = Field(description="Ids of deadlines that are done.")
    leads: list[int] = Field(description="Days before a deadline.")


class ButtonAnswer(BaseModel):
    """A next step: send its `tap` back to press it."""

    label: str
    tap: str


class AttachmentAnswer(BaseModel):
    """A file for the user."""

    name: str
    media_type: str
    content: str = Field(description="In Base64.")


class ReplyAnswer(BaseModel):
    """The reply to a message of a talk."""

    chat: str
    text: str = Field(description="The whole reply as the user reads it, plain text.")
    intent: str = Field(description="What the message was taken to want.")
    abstain: Literal["not_in_source", "out_of_range", "out_of_scope"] | None = Field(
        description="Why there is no answer; null where there is one."
    )
    citations: list[CitationAnswer] = Field(description="Every provision that the answer rests on.")
    facts: dict[str, Any] = Field(description="All facts held for the company in play.")
    understood: dict[str, Any] = Field(description="The facts taken from this message alone.")
    asks: list[str] = Field(description="Facts that the reply asks for, or to confirm.")
    rejected: Reasons
    check: SaidCheck | None
    deadlines: list[DeadlineAnswer]
    cycle: CycleAnswer | None
    next_list: NextListAnswer | None
    reminders: ReminderStateAnswer
    company: str | None = Field(description="The company in play; null while unnamed.")
    companies: list[str] = Field(description="All named companies of this chat.")
    buttons: list[ButtonAnswer]
    attachments: list[AttachmentAnswer]


class ProvisionLine(BaseModel):
    """A provision in a list."""

    ref: Ref
    label: str
    instrument: str
    kind: str = Field(description="`article`, `item` …")
    number: str = Field(description="Empty where it has none.")
    heading: str
    wording: Wording
    status: Status


class ProvisionPage(BaseModel):
    """Provisions, in the order of their instruments."""

    provisions: list[ProvisionLine]
    next: Ref | None = Field(description="Give it as `after` for the next page; null on the last.")


class LinkAnswer(BaseModel):
    """An arrow to another provision."""

    kind: str = Field(description="`basis`, `rationale`, `differs_from` …")
    ref: Ref


class ProvisionAnswer(ProvisionLine):
    """A provision with its words."""

    text: str = Field(
        description="Own words, description or summary, by `wording`; empty where no source gives it."
    )
    quote: str | None = Field(description="The instrument's own words; null where there are none.")
    gloss: str = Field(description="Our English rendering, not the law's; empty where there is none.")
    source: Ref | None = Field(description="Where this text stands, if not in the instrument itself.")
    standing: str | None = Field(description="The instrument's legal standing in one sentence.")
    parent: Ref | None
    children: list[Ref]
    links: list[LinkAnswer]
    on: Iso = Field(description="The day of `status`.")


class HitAnswer(ProvisionLine):
    """A provision whose words are near."""

    score: float = Field(description="How near, comparable within one answer only.")
    quote: str | None


class SearchAnswer(BaseModel):
    """What was found, best first. Near words are not an answer: `lookup` or a talk gives one."""

    hits: list[HitAnswer]


class CompanyAnswer(BaseModel):
    """A company of a chat."""

    chat: str
    id: str
    name: str = Field(description="Empty while unnamed.")
    in_play: bool = Field(description="Whether the chat speaks of it now; `company:<id>` as a tap switches.")
    facts: dict[str, Any]
    reminders: ReminderStateAnswer


class CompaniesAnswer(BaseModel):
    """Companies of the calling key's own chats."""

    companies: list[CompanyAnswer]
    next: str | None = Field(description="Give it as `after` for the next page; null on the last.")


class NewsLine(BaseModel):
    """A reminder or notice that came to a chat."""

    n: int
    at: str = Field(json_schema_extra={"format": "date-time"})
    text: str
    buttons: list[ButtonAnswer]


class NewsAnswer(BaseModel):
    """What came to a chat of itself, oldest first."""

    lines: list[NewsLine]
    more: bool = Field(description="Whether there are still others after these.")


class ErrorAt(BaseModel):
    """A place in the request that is wrong."""

    at: str = Field(description="A JSON pointer into the body, or a parameter.")
    message: str


class ProblemAnswer(BaseModel):
    """Why a request was not served (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str = Field(description="Stable, for programs.")
    detail: str = Field(description="One sentence for people.")
    errors: list[ErrorAt] | None = Field(None, description="On 422: each place that is wrong.")


class StatementAnswer(BaseModel):
    """A sentence and the provisions behind it."""

    text: str
    refs: list[Ref]


class PartAnswer(BaseModel):
    """One question of several, with its own answer."""

    asked: list[str] = Field(description="The words of the question; several where they have one answer.")
    abstain: Literal["not_in_source", "out_of_range", "out_of_scope"] | None
    statements: list[StatementAnswer]


class LookupAnswer(BaseModel):
    """What the law says. With `abstain` set there is no answer: `statements` then say what is missing."""

    abstain: Literal["not_in_source", "out_of_range", "out_of_scope"] | None
    statements: list[StatementAnswer] = Field(description="The first is the direct answer.")
    questions: list[PartAnswer] = Field(description="Where several were asked: each with its answer.")
    provisions: list[ProvisionAnswer] = Field(description="Those whose words matter here, best first.")
    nearest: list[ProvisionLine] = Field(description="True neighbours, where there is no answer.")
    standing: str | None = Field(description="The legal standing that goes with the answer: always tell it.")
