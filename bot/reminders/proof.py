"""The journal as a table: proof of what was announced to whom, when, and with what outcome."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from storage.records import Attempt, Delivery
from storage.store import Store, Subject

COLUMNS = (
    "delivery",
    "kind",
    "company",
    "deadline",
    "due",
    "days_before",
    "chat",
    "planned_for",
    "state",
    "reason",
    "repeat_of",
    "message_id",
    "attempt",
    "started_at",
    "ended_at",
    "outcome",
    "detail",
    "text",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 500  # deliveries in memory

Journal = Sequence[tuple[Delivery, tuple[Attempt, ...]]]
Called = Callable[[str, str], str]  # what a code of a column is called; of "column" the columns themselves


def in_codes(_: str, code: str) -> str:
    """For programs: every code as it is."""
    return code


async def export(
    store: Store, out: TextIO, zone: ZoneInfo, company_id: str | None = None, called: Called = in_codes
) -> int:
    """Write one line for each attempt, and one for each reminder never tried, with the reason. Replies
    are left out: they announce nothing. Returns how many reminders were written."""
    table = csv.writer(out)
    table.writerow([called("column", name) for name in COLUMNS])
    count, after = 0, 0
    while page := await store.journal(company_id, after=after, limit=_AT_ONCE):
        part = [entry for entry in page if entry[0].kind != "reply"]
        subjects = await store.subjects([delivery.id for delivery, _ in part])
        table.writerows(lines(part, subjects, zone, called))
        count += len(part)
        after = page[-1][0].id
    return count


def lines(
    journal: Journal, subjects: Mapping[int, Subject], zone: ZoneInfo, called: Called
) -> Iterator[list[str]]:
    """The table's lines. What users wrote is made harmless for spreadsheets."""
    for delivery, attempts in journal:
        first = _delivery(delivery, subjects.get(delivery.id), zone, called)
        for attempt in attempts or (None,):
            yield [*first, *_attempt(attempt, zone, called)]


def _delivery(delivery: Delivery, subject: Subject | None, zone: ZoneInfo, called: Called) -> list[str]:
    company = subject.company.name if subject is not None and subject.company.name else delivery.company_id
    title = subject.deadline.title if subject is not None else delivery.deadline_id
    return [
        str(delivery.id),
        called("kind", delivery.kind),
        _harmless(company or ""),
        _harmless(title or ""),
        str(delivery.payload.get("due", "")),
        "" if delivery.lead is None else str(delivery.lead),
        _harmless(delivery.chat),
        _local(delivery.due_at, zone),
        called("state", delivery.state),
        _harmless(called("reason", delivery.reason)),
        "" if delivery.repeat_of is None else str(delivery.repeat_of),
        _harmless(delivery.message_id or ""),
    ]


def _attempt(attempt: Attempt | None, zone: ZoneInfo, called: Called) -> list[str]:
    if attempt is None:
        return [""] * 6
    ended = _local(attempt.ended_at, zone) if attempt.ended_at is not None else ""
    return [
        str(attempt.n),
        _local(attempt.started_at, zone),
        ended,
        called("outcome", attempt.outcome),
        _harmless(attempt.detail),
        _harmless(attempt.text),
    ]


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
