"""Proof of notification: every attempt in a table."""

from __future__ import annotations

import csv
import io

import pytest

from bot.reminders.proof import COLUMNS, export
from bot.reminders.sending import Ending, SendResult
from storage.records import Company
from tests.bot.reminders.house import START, ZONE, House, at
from tests.bot.reminders.test_dispatcher import reply


async def exported(house: House, company_id: str | None = None) -> list[dict[str, str]]:
    """The table as read back."""
    out = io.StringIO()
    await export(house.store, out, ZONE, company_id)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


async def test_every_attempt_is_a_line_with_what_when_whom_and_how(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    house.sender.endings = [SendResult(Ending.NOT_SENT, detail="connect")]
    await house.run(at(14))
    await house.run(at(14, 9, 1))
    tried = [row for row in await exported(house) if row["attempt"]]
    assert [(row["attempt"], row["outcome"], row["detail"]) for row in tried] == [
        ("1", "not_sent", "connect"),
        ("2", "sent", ""),
    ]
    first = tried[0]
    assert (first["company"], first["deadline"], first["due"], first["days_before"]) == (
        "Acme",
        "do first",
        "2030-05-20",
        "14",
    )
    assert first["planned_for"] == "2030-05-06T09:00:00+08:00"
    assert tuple(first) == COLUMNS


async def test_what_was_never_tried_is_there_with_its_reason(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(3))
    [skipped] = [row for row in await exported(house) if row["days_before"] == "7"]
    assert (skipped["state"], skipped["reason"], skipped["attempt"]) == ("skipped", "coalesced", "")


async def test_replies_and_other_companies_stay_out(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.store.enqueue([reply()])
    assert {row["kind"] for row in await exported(house)} == {"lead", "overdue"}
    assert await exported(house, "other") == []


async def test_a_company_name_is_never_a_formula(house: House) -> None:
    await house.found()
    async with house.store.talk("web:ann", at=START) as talk:
        talk.companies["acme"] = Company("acme", "=HYPERLINK(1)")
    await house.planner.run(START)
    assert {row["company"] for row in await exported(house)} == {"'=HYPERLINK(1)"}


async def test_a_deadline_that_is_gone_keeps_its_lines(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    async with house.store.talk("web:ann", at=START) as talk:
        talk.deadlines.clear()
    assert {row["deadline"] for row in await exported(house)} == {"first"}


async def test_the_journal_is_read_page_by_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.found(keys=("first", "second"))
    await house.planner.run(START)
    await house.store.enqueue([reply(f"r{n}", f"u{n}:0") for n in range(5)])
    whole = await exported(house)
    monkeypatch.setattr("bot.reminders.proof._AT_ONCE", 3)
    assert await exported(house) == whole
    assert len(whole) == 16
