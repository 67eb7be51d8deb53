"""Records as rows and back: one description a table, the columns being the record's fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from storage.records import (
    Ack,
    Attempt,
    Company,
    Contact,
    Deadline,
    DeadlineMove,
    Delivery,
    Fact,
    Membership,
    NewDelivery,
    Subscription,
    TranscriptEntry,
    Update,
)

R = TypeVar("R")
Row = Sequence[Any]
Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def to_ticks(moment: datetime) -> int:
    """Microseconds since 1970 UTC. Raises TypeError for a naive time."""
    return (moment - _EPOCH) // _TICK


def from_ticks(ticks: int) -> datetime:
    """The aware UTC time of a number of microseconds."""
    return _EPOCH + timedelta(microseconds=ticks)


def to_json(value: Any) -> str:
    """Compact JSON, Chinese left readable."""
    return _encoder.encode(value)


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

MOMENT: Codec = (to_ticks, from_ticks)
DAY: Codec = (date.isoformat, date.fromisoformat)
HOUR: Codec = (time.isoformat, time.fromisoformat)
JSON: Codec = (to_json, json.loads)
FLAG: Codec = (int, bool)
LEADS: Codec = (lambda leads: to_json(list(leads)), lambda text: tuple(json.loads(text)))


class Table(Generic[R]):
    """How the records of one type lie in one table. A None stays NULL, but for JSON values."""

    def __init__(self, name: str, record: type[R], key: tuple[str, ...], **codecs: Codec) -> None:
        self.name = name
        self.record = record
        self.key = key
        self.columns = tuple(field.name for field in fields(record))  # type: ignore[arg-type]
        places = {column: place for place, column in enumerate(self.columns)}
        self._encoders = tuple((places[column], codec[0], codec is JSON) for column, codec in codecs.items())
        self._decoders = tuple((places[column], codec[1]) for column, codec in codecs.items())
        self._key_places = tuple(places[column] for column in key)

    def load(self, row: Row) -> R:
        """The record of a row that was selected as ``selection`` says."""
        values = list(row)
        for place, decode in self._decoders:
            value = values[place]
            if value is not None:
                values[place] = decode(value)
        return self.record(*values)

    def dump(self, record: R) -> tuple[Any, ...]:
        """The column values of a record."""
        values = [getattr(record, column) for column in self.columns]
        for place, encode, with_none in self._encoders:
            if values[place] is not None or with_none:
                values[place] = encode(values[place])
        return tuple(values)

    def key_of(self, values: Row) -> tuple[Any, ...]:
        """The key columns among dumped values."""
        return tuple(values[place] for place in self._key_places)

    @cache  # noqa: B019 - a handful of tables that live as long as the process
    def selection(self, alias: str = "") -> str:
        """The columns, for a select that ``load`` reads."""
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


CONTACT = Table(
    "contact", Contact, ("id",), preferred=HOUR, quiet_from=HOUR, quiet_to=HOUR, working_days_only=FLAG,
    session=JSON, seen_at=MOMENT,
)  # fmt: skip
COMPANY = Table("company", Company, ("id",))
MEMBERSHIP = Table("membership", Membership, ("contact_id", "company_id"))
FACT = Table("fact", Fact, ("company_id", "name"), value=JSON, said_at=MOMENT)
DEADLINE = Table(
    "deadline", Deadline, ("id",), trigger_on=DAY, due=DAY, settled_at=MOMENT, since=MOMENT, computed=DAY
)  # fmt: skip
MOVE = Table(
    "deadline_move", DeadlineMove, ("deadline_id", "revision"), was_due=DAY, due=DAY, moved_at=MOMENT
)  # fmt: skip
SUBSCRIPTION = Table("subscription", Subscription, ("id",), leads=LEADS, since=MOMENT)
ACK = Table("ack", Ack, ("tap",), at=MOMENT)
NEW_DELIVERY = Table(
    "delivery", NewDelivery, ("dedupe_key",), due_at=MOMENT, payload=JSON, not_after=MOMENT
)  # fmt: skip
DELIVERY = Table(
    "delivery", Delivery, ("id",), due_at=MOMENT, payload=JSON, not_after=MOMENT, lease_until=MOMENT,
    next_try_at=MOMENT, sent_at=MOMENT,
)  # fmt: skip
ATTEMPT = Table("attempt", Attempt, ("delivery_id", "n"), started_at=MOMENT, ended_at=MOMENT)
UPDATE = Table("inbox", Update, ("id",), raw=JSON, received_at=MOMENT)
TRANSCRIPT = Table("transcript", TranscriptEntry, ("n",), payload=JSON, at=MOMENT)
