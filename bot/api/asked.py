"""What may be asked over HTTP and MCP, key by key. Unknown keys are refused by name; null stands for
absent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, RootModel, Tag

from bot.channels.machine import FARTHEST_LEAD, FARTHEST_YEARS, HORIZON_YEARS
from bot.messages import Language
from bot.understanding.normalise import LIMIT

TEXT_LIMIT = LIMIT  # characters of a message: what is read of it
FILE_LIMIT = 10_000_000  # bytes of a file
REF_LIMIT = 200


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


_AsJson = BeforeValidator(_whole)  # JSON knows no difference between 3 and 3.0
_DAY = r"(19|[2-8][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"
Day = Annotated[
    str,
    Field(pattern=f"^{_DAY}$", json_schema_extra={"format": "date"}),
]
Moment = Annotated[
    str,
    Field(
        pattern=rf"^{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,9}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})$",
        json_schema_extra={"format": "date-time"},
    ),
]
ChatName = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9._@:-]{1,100}$",
        description="The talk's name, of your choosing. Names belong to your key: another key's chat of the "
        "same name is another talk. One chat for each company that you look after keeps them apart.",
    ),
]


class Asked(BaseModel):
    """Base of everything asked."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Said(Asked):
    chat: ChatName
    lang: Language | None = Field(
        None, description="Answer in this language; else in that of the message or of the talk."
    )
    now: Moment | None = Field(None, description="The time of the message; now when left out.")


class TextMessage(_Said):
    """Words."""

    text: str = Field(max_length=TEXT_LIMIT, description="What is said.")


class TapMessage(_Said):
    """A pressed button of an earlier reply."""

    tap: str = Field(min_length=1, max_length=64, description="The `tap` of a button.")


class DroppedFile(Asked):
    """A file's name and content."""

    name: str = Field(min_length=1, max_length=200, description="Its name with its ending.")
    content: str = Field(
        min_length=4,
        max_length=FILE_LIMIT * 4 // 3 + 4,
        pattern="^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        description="Its content in Base64. It is deleted once it was read.",
        json_schema_extra={"contentEncoding": "base64"},
    )


class FileMessage(_Said):
    """A file, such as a roster of staff."""

    file: DroppedFile


def _kind(message: Any) -> str:
    held = message if isinstance(message, dict) else {}
    return next((f"<{kind}>" for kind in ("text", "tap", "file") if kind in held), "<text>")


class Message(
    RootModel[
        Annotated[
            Annotated[TextMessage, Tag("<text>")]
            | Annotated[TapMessage, Tag("<tap>")]
            | Annotated[FileMessage, Tag("<file>")],
            Discriminator(_kind),
        ]
    ]
):
    """One message of a talk: text, tap or file."""


class CheckAsked(Asked):
    """One requirement check."""

    goal: str = Field(description="What is checked.")
    facts: dict[str, Any] | None = Field(
        None,
        description="What is known of the company, by fact name; an absent fact is not known, which is not "
        "the same as false. A value that cannot be is named in `rejected` and treated as not given. Loosely "
        'known values are objects: {"min": 5}, {"max": 3}, {"from": "2022-06-01", "to": "2022-06-30"}.',
    )
    on: Day | None = Field(None, description="The day whose rules apply; today when left out.")


class DeadlinesAsked(Asked):
    """What the dates depend on."""

    events: dict[str, Any] | None = Field(
        None,
        description="What happened when, by fact name; a day that does not exist is named in `rejected`.",
    )
    audit_kind: str | None = Field(None, description="`voluntary` or `mandatory`.")
    industry: str | None = Field(None, description="What the company makes, in its own words.")
    industry_class: str | None = Field(None, description="The class of its industry, where it is known.")
    in_catalogue: bool | None = Field(
        None, description="Whether its industry is in the authority's catalogue."
    )
    key_enterprise: bool | None = Field(None, description="Whether it is a key enterprise.")
    today: Day | None = Field(None, description="The day it is; today when left out.")
    done: list[str] | None = Field(None, max_length=200, description="Ids of deadlines that are done.")
    leads: list[Annotated[int, Field(ge=0, le=FARTHEST_LEAD), _AsJson]] | None = Field(
        None, max_length=50, description="Days before a deadline on which to be reminded."
    )
    horizon_years: Annotated[int, Field(ge=0, le=FARTHEST_YEARS), _AsJson] | None = Field(
        None, description=f"How far ahead rounds are counted; {HORIZON_YEARS} when left out."
    )
    noticed: dict[str, Day] | None = Field(
        None,
        description="Dates that an authority's notice gives, by deadline id: they go before computed ones.",
    )


class ReminderAsked(Asked):
    """A talk whose reminders are meant."""

    chat: ChatName
    lang: Language | None = Field(None, description="Answer in this language.")
    now: Moment | None = Field(None, description="The time of the wish; now when left out.")


class DoneAsked(ReminderAsked):
    """A deadline that is done."""

    deadline: str = Field(pattern="^[A-Za-z0-9_]{1,50}$", description="Its id, as `deadlines` names it.")


# --- parameters of addresses that are only read --------------------------------------------------


class ProvisionsAsked(Asked):
    """Which provisions."""

    instrument: str | None = Field(None, max_length=REF_LIMIT, description="Those of this instrument alone.")
    on: Day | None = Field(None, description="The day of the legal status; today when left out.")
    after: str | None = Field(
        None, max_length=REF_LIMIT, description="Those after this reference: the `next` of the page before."
    )
    limit: int = Field(100, ge=1, le=500, strict=False, description="How many at most.")


class ProvisionAsked(Asked):
    """How a provision is given."""

    on: Day | None = Field(None, description="The day of the legal status; today when left out.")


class SearchAsked(Asked):
    """What to look for."""

    q: str = Field(min_length=1, max_length=500, description="Words.")
    on: Day | None = Field(None, description="The day of the legal status; today when left out.")
    limit: int = Field(10, ge=1, le=50, strict=False, description="How many at most.")


class CompaniesAsked(Asked):
    """Which companies."""

    chat: ChatName | None = None
    after: ChatName | None = Field(
        None, description="Those of the chats after this one: the `next` of the page before."
    )
    limit: int = Field(50, ge=1, le=200, strict=False, description="Of how many chats at most.")


class RemindersAsked(Asked):
    """Whose reminders."""

    chat: ChatName
    lang: Language | None = Field(None, description="Answer in this language.")


class NewsAsked(Asked):
    """Which lines."""

    chat: ChatName
    after: int = Field(
        0, ge=0, lt=2**53, strict=False, description="Lines after this number: the last one that you have."
    )


class LookupAsked(Asked):
    """What to look up in the law."""

    question: str = Field(
        min_length=1,
        max_length=2000,
        description="A reference, a clause as people name it, or a question, in Chinese or English.",
    )
    on: Day | None = Field(None, description="The day of the legal status; today when left out.")
    lang: Literal["zh-Hans", "en"] = Field("zh-Hans", description="The language of our own sentences.")
