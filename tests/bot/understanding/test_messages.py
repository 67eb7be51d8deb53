"""Messages written apart from the reader's making: how many facts are taken, and that none is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from bot.app import load_reader
from bot.understanding.model import ReadingContext, Understanding
from bot.understanding.reader import Reader
from tests.bot.understanding.conftest import NOW

Row = dict[str, Any]


class Floor(NamedTuple):
    """What the measured figures may not fall below: messages right, facts taken, each of 1."""

    messages: float
    facts: float


FLOORS = {
    "messages_first": Floor(0.99, 0.99),
    "messages_later": Floor(0.98, 0.98),
    "messages_third": Floor(0.99, 0.99),
    "messages_fourth": Floor(0.97, 0.96),
    "messages_fifth": Floor(0.97, 0.96),
    "messages_apart": Floor(0.98, 0.98),
    "messages_facts": Floor(0.98, 0.98),
    "messages_sixth": Floor(0.97, 0.96),
    "messages_seventh": Floor(0.98, 0.98),
    "messages_eighth": Floor(0.98, 0.98),
    "messages_ninth_m3": Floor(0.98, 0.98),
    "messages_tenth_m4": Floor(0.98, 0.98),
    "messages_eleventh_n1": Floor(0.98, 0.98),
    "messages_ninth_m1": Floor(0.98, 0.98),
    "messages_ninth_m2": Floor(0.98, 0.98),
    "messages_tenth_m1": Floor(0.98, 0.98),
    "messages_eleventh_n3": Floor(0.98, 0.98),
    "messages_tenth_m2": Floor(0.98, 0.98),
    "messages_tenth_m3": Floor(0.98, 0.98),
    "messages_eleventh_n2": Floor(0.98, 0.98),
    "messages_english": Floor(0.99, 0.99),
}


def rows_of(name: str) -> list[Row]:
    table = yaml.load(
        (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return [row for rows in table.values() for row in rows]


@pytest.fixture(scope="module", params=sorted(FLOORS))
def judged(request: pytest.FixtureRequest) -> tuple[Floor, list[tuple[Row, Understanding]]]:
    reader = load_reader()
    return FLOORS[request.param], [(row, read(reader, row)) for row in rows_of(request.param)]


def read(reader: Reader, row: Row) -> Understanding:
    context = ReadingContext(
        now=NOW,
        asked=tuple(row.get("asked", ())),
        last_facts=tuple(row.get("last", ())),
        facts=row.get("held", {}),
        companies=tuple(row.get("companies", ())),
    )
    return reader.read(row["text"], context)


def taken(understanding: Understanding) -> dict[str, Any]:
    return {fact.name: fact.value for fact in understanding.facts}


def wanted(row: Row) -> str | None:
    return str(row["intent"]) if "intent" in row else None


def right(row: Row, understanding: Understanding) -> bool:
    foremost = understanding.command or next((item.intent.value for item in understanding.intents), None)
    return (
        taken(understanding) == row.get("facts", {})
        and understanding.company == row.get("company", understanding.company)
        and understanding.answer == row.get("answer", understanding.answer)
        and wanted(row) in (None, foremost)
    )


def test_no_fact_is_invented(judged: tuple[Floor, list[tuple[Row, Understanding]]]) -> None:
    invented = [
        (row["text"], name, value)
        for row, understanding in judged[1]
        for name, value in taken(understanding).items()
        if row.get("facts", {}).get(name) != value
    ]
    assert invented == []


def test_facts_are_taken(judged: tuple[Floor, list[tuple[Row, Understanding]]]) -> None:
    floor, read_rows = judged
    stated = [(row, item) for row, item in read_rows for _ in row.get("facts", {})]
    found = sum(
        taken(item).get(name) == value
        for row, item in read_rows
        for name, value in row.get("facts", {}).items()
    )
    assert found >= floor.facts * len(stated)


def test_messages_are_read_right(judged: tuple[Floor, list[tuple[Row, Understanding]]]) -> None:
    floor, read_rows = judged
    assert sum(right(row, item) for row, item in read_rows) >= floor.messages * len(read_rows)


def test_two_in_five_are_traps() -> None:
    rows = [row for name in FLOORS for row in rows_of(name)]
    traps = [row for row in rows if not row.get("facts")]
    assert len(rows) >= 200
    assert len(traps) * 5 >= len(rows) * 2
