"""The table of utterances: what must be taken from each message, and that nothing else is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.app import load_reader
from bot.understanding.model import ReadingContext
from bot.understanding.reader import Reader

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TABLE: dict[str, list[dict[str, Any]]] = yaml.load(
    (Path(__file__).parent / "utterances.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
ROWS = [row for rows in TABLE.values() for row in rows]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def context_of(row: dict[str, Any]) -> ReadingContext:
    return ReadingContext(
        now=NOW,
        asked=tuple(row.get("asked", ())),
        last_facts=tuple(row.get("last", ())),
        facts=row.get("held", {}),
        goal=row.get("goal"),
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_takes_what_was_said_and_nothing_else(reader: Reader, row: dict[str, Any]) -> None:
    read = reader.read(row["text"], context_of(row))
    assert {fact.name: fact.value for fact in read.facts} == row.get("facts", {})
    if "hypothetical" in row:
        assert {fact.name: fact.value for fact in read.hypothetical} == row["hypothetical"]
    assert set(row.get("doubts", ())) <= {doubt.fact for doubt in read.doubts}
    assert set(row.get("unknown", ())) == set(read.unknown)
    assert set(row.get("rejected", ())) == {refused.name for refused in read.rejected}


def test_a_third_of_the_table_are_traps() -> None:
    traps = [row for row in ROWS if not row.get("facts")]
    assert len(ROWS) >= 250
    assert len(traps) * 3 >= len(ROWS)
