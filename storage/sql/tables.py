"""How records lie in tables: one description a table, the columns being the record's fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from typing import Any, Generic, TypeVar

from storage.records import (
    Ack,
    Attempt,
    AuditEntry,
    Company,
    Contact,
    Deadline,
    DeadlineMove,
    Delivery,
    Fact,
    Feed,
    Feedback,
    Invitation,
    ListedCompany,
    Listing,
    Membership,
    NewDelivery,
    PublishedList,
    StoredAnswer,
    Subscription,
    TranscriptEntry,
    Update,
)

R = TypeVar("R")
Row = tuple[Any, ...]
Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # before anything that the store knows
_TICK = timedelta(microseconds=1)


class Kind(Enum):
    """What a column holds, where it is not plain text or a plain number."""

    MOMENT = "moment"
    DAY = "day"
    HOUR = "hour"
    JSON = "json"
    FLAG = "flag"
    NUMBERS = "numbers"
    WORDS = "words"


Codecs = Mapping[Kind, Codec]


class Table(Generic[R]):
    """Where the records of one type lie, by which key, and which columns need more than themselves."""

    def __init__(self, name: str, record: type[R], key: tuple[str, ...], **kinds: Kind) -> None:
        self.name = name
        self.record = record
        self.key = key
        self.kinds = kinds
        self.columns = tuple(field.name for field in fields(record))  # type: ignore[arg-type]

    @cache  # noqa: B019 - a handful of tables that live as long as the process
    def selection(self, alias: str = "") -> str:
        """The columns, for a select whose rows a shape loads."""
        prefix = f"{alias}." if alias else ""
        return ", ".join(f'{prefix}"{column}"' for column in self.columns)

    @cache  # noqa: B019
    def insertion(self) -> str:
        """Insert a row of dumped values."""
        marks = ", ".join("?" * len(self.columns))
        return f"insert into {self.name} ({self.selection()}) values ({marks})"  # noqa: S608

    @cache  # noqa: B019
    def change(self, columns: tuple[str, ...]) -> str:
        """Update some columns of the row with a key."""
        sets = ", ".join(f'"{column}" = ?' for column in columns)
        return f"update {self.name} set {sets} where {self._where}"  # noqa: S608

    @cache  # noqa: B019
    def deletion(self) -> str:
        """Delete the row with a key."""
        return f"delete from {self.name} where {self._where}"  # noqa: S608

    @property
    def _where(self) -> str:
        return " and ".join(f'"{column}" = ?' for column in self.key)


class Shape(Generic[R]):
    """A table's rows in the words of one database. A None stays NULL, but for JSON values."""

    def __init__(self, table: Table[R], codecs: Codecs) -> None:
        places = {column: place for place, column in enumerate(table.columns)}
        self._record = table.record
        self._columns = table.columns
        self._encoders = tuple(
            (places[column], codecs[kind][0], kind is Kind.JSON) for column, kind in table.kinds.items()
        )
        self._decoders = tuple((places[column], codecs[kind][1]) for column, kind in table.kinds.items())
        self._key_places = tuple(places[column] for column in table.key)

    def load(self, row: Row) -> R:
        """The record of a row that was selected as the table's ``selection`` says."""
        values = list(row)
        for place, decode in self._decoders:
            value = values[place]
            if value is not None:
                values[place] = decode(value)
        return self._record(*values)

    def dump(self, record: R) -> tuple[Any, ...]:
        """The column values of a record."""
        values = [getattr(record, column) for column in self._columns]
        for place, encode, with_none in self._encoders:
            if values[place] is not None or with_none:
                values[place] = encode(values[place])
        return tuple(values)

    def key_of(self, values: Row) -> tuple[Any, ...]:
        """The key columns among dumped values."""
        return tuple(values[place] for place in self._key_places)


def to_ticks(moment: datetime) -> int:
    """Microseconds since 1970 UTC. Raises TypeError for a naive time."""
    return (moment - BEGINNING) // _TICK


def from_ticks(ticks: int) -> datetime:
    """The aware UTC time of a number of microseconds."""
    return BEGINNING + timedelta(microseconds=ticks)


def to_json(value: Any) -> str:
    """Compact JSON, Chinese left readable."""
    return _encoder.encode(value)


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

# Moments as numbers, everything else as text: what SQLite holds, and what stores are compared by.
PLAIN: Codecs = {
    Kind.MOMENT: (to_ticks, from_ticks),
    Kind.DAY: (date.isoformat, date.fromisoformat),
    Kind.HOUR: (time.isoformat, time.fromisoformat),
    Kind.JSON: (to_json, json.loads),
    Kind.FLAG: (int, bool),
    Kind.NUMBERS: (lambda numbers: to_json(list(numbers)), lambda text: tuple(json.loads(text))),
    Kind.WORDS: (lambda words: to_json(list(words)), lambda text: tuple(json.loads(text))),
}

CONTACT = Table(
    "contact", Contact, ("id",), preferred=Kind.HOUR, quiet_from=Kind.HOUR, quiet_to=Kind.HOUR,
    working_days_only=Kind.FLAG, session=Kind.JSON, seen_at=Kind.MOMENT,
)  # fmt: skip
COMPANY = Table("company", Company, ("id",))
MEMBERSHIP = Table("membership", Membership, ("contact_id", "company_id"))
FACT = Table("fact", Fact, ("company_id", "name"), value=Kind.JSON, said_at=Kind.MOMENT)
DEADLINE = Table(
    "deadline", Deadline, ("id",), trigger_on=Kind.DAY, due=Kind.DAY, settled_at=Kind.MOMENT,
    since=Kind.MOMENT, computed=Kind.DAY,
)  # fmt: skip
MOVE = Table(
    "deadline_move", DeadlineMove, ("deadline_id", "revision"), was_due=Kind.DAY, due=Kind.DAY,
    moved_at=Kind.MOMENT,
)  # fmt: skip
SUBSCRIPTION = Table("subscription", Subscription, ("id",), leads=Kind.NUMBERS, since=Kind.MOMENT)
ACK = Table("ack", Ack, ("tap",), at=Kind.MOMENT)
NEW_DELIVERY = Table(
    "delivery", NewDelivery, ("dedupe_key",), due_at=Kind.MOMENT, payload=Kind.JSON, not_after=Kind.MOMENT
)  # fmt: skip
DELIVERY = Table(
    "delivery", Delivery, ("id",), due_at=Kind.MOMENT, payload=Kind.JSON, not_after=Kind.MOMENT,
    lease_until=Kind.MOMENT, next_try_at=Kind.MOMENT, sent_at=Kind.MOMENT,
)  # fmt: skip
ATTEMPT = Table("attempt", Attempt, ("delivery_id", "n"), started_at=Kind.MOMENT, ended_at=Kind.MOMENT)
PUBLISHED = Table(
    "published_list", PublishedList, ("id",), published_on=Kind.DAY, loaded_at=Kind.MOMENT
)  # fmt: skip
LISTED = Table("listed_company", ListedCompany, ("id",), published_on=Kind.DAY)
LISTING = Table(
    "listing", Listing, ("row_id", "company_id"), published_on=Kind.DAY, answered_at=Kind.MOMENT
)  # fmt: skip
UPDATE = Table("inbox", Update, ("id",), raw=Kind.JSON, received_at=Kind.MOMENT)
TRANSCRIPT = Table("transcript", TranscriptEntry, ("n",), payload=Kind.JSON, at=Kind.MOMENT)
INVITATION = Table(
    "invitation", Invitation, ("id",), created_at=Kind.MOMENT, expires_at=Kind.MOMENT, used_at=Kind.MOMENT
)  # fmt: skip
FEED = Table("feed", Feed, ("id",), created_at=Kind.MOMENT, revoked_at=Kind.MOMENT)
FEEDBACK = Table("feedback", Feedback, ("id",), at=Kind.MOMENT, refs=Kind.WORDS)
AUDIT = Table("audit", AuditEntry, ("n",), at=Kind.MOMENT)
ANSWER = Table("stored_answer", StoredAnswer, ("key",), at=Kind.MOMENT)
