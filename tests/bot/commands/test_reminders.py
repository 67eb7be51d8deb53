"""``xize reminders``: run, list, export."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.reminders import reminders
from storage.opening import open_store
from storage.store import Store
from tests.bot.reminders.house import START, House, at


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The store of the settings, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    address = f"sqlite:///{tmp_path / 'x.db'}"
    monkeypatch.setenv("XIZE_DATABASE_URL", address)
    monkeypatch.delenv("XIZE_TELEGRAM_TOKEN", raising=False)
    return address


def xize(*arguments: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(reminders, arguments, catch_exceptions=False)


def in_store(url: str, work: Callable[[Store], Awaitable[object]]) -> None:
    """Do something with the store between commands."""

    async def opened() -> None:
        store = open_store(url)
        await store.open()
        await work(store)
        await store.close()

    asyncio.run(opened())


async def wish(store: Store) -> None:
    """A contact who wants to be reminded, planned."""
    house = House(store)
    await house.found()
    await house.planner.run(START)


def test_an_empty_store_has_an_empty_queue(url: str) -> None:
    assert xize("list").output == "queue: empty; due now 0; in the next 24 hours 0\n"


def test_what_is_due_is_sent_once(url: str) -> None:
    in_store(url, wish)
    now = at(14).isoformat()
    assert [xize("run", "--once", "--now", now).output for _ in range(2)] == [
        "1 sent or tried\n",
        "0 sent or tried\n",
    ]
    seen: list[str] = []

    async def look(store: Store) -> None:
        seen.extend(line.author for line in await store.transcript("web:ann"))

    in_store(url, look)
    assert seen == ["xize"]


def test_the_list_shows_what_waits_and_on_request_everything(url: str) -> None:
    in_store(url, wish)
    xize("run", "--once", "--now", at(14).isoformat())
    waiting, everything = xize("list").output, xize("list", "--all").output
    assert ":L7\tweb:ann" in waiting
    assert ":L14" not in waiting
    assert "sent\tlead" in everything
    assert "2030-05-13 09:00" in waiting


def test_the_list_is_read_page_by_page(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_store(url, wish)
    whole = xize("list").output
    monkeypatch.setattr("bot.commands.reminders._PAGE", 3)
    assert xize("list").output == whole
    assert whole.count("\tpending\t") == 8


def test_the_export_is_a_table_for_spreadsheets(url: str, tmp_path: Path) -> None:
    in_store(url, wish)
    assert xize("export", "--output", "proof.csv").exit_code == 0
    with (tmp_path / "proof.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert xize("export", "--company", "other").stdout.count("\n") == 1


@pytest.mark.parametrize("arguments", [("--now", "2030-01-01"), ("--once", "--now", "nix")])
def test_a_time_that_is_none_or_stands_still_is_refused(url: str, arguments: tuple[str, ...]) -> None:
    assert xize("run", *arguments).exit_code == 2


def test_the_status_of_an_empty_queue_is_all_zero(url: str) -> None:
    result = xize("status")
    assert result.exit_code == 0
    assert "due now        0\n" in result.output


def test_the_status_tells_machines_what_is_late(url: str) -> None:
    in_store(url, wish)
    result = xize("status", "--json")
    found = json.loads(result.output)
    assert {"due", "oldest_due", "uncertain", "unreachable", "next_24_hours", "late"} <= set(found)
    assert result.exit_code == int(found["late"])


def test_one_reminder_is_shown_with_its_text_as_proof(url: str) -> None:
    in_store(url, wish)
    xize("run", "--once", "--now", at(14).isoformat())
    shown = xize("show", "1").output
    assert "attempt 1" in shown
    assert "还有 14 天" in shown
    assert xize("show", "999").exit_code == 1


def test_the_export_holds_the_text_as_sent(url: str) -> None:
    in_store(url, wish)
    xize("run", "--once", "--now", at(14).isoformat())
    rows = list(csv.DictReader(io.StringIO(xize("export").stdout)))
    assert any("还有 14 天" in row.get("text", "") for row in rows)


def test_a_company_is_given_a_configured_channel(url: str) -> None:
    in_store(url, wish)
    assert xize("channel", "boss", "--company", "acme").output == "boss: reminds company acme\n"
    xize("run", "--once", "--now", at(14).isoformat())
    assert "notify:boss" in xize("list").output
    assert xize("channel", "boss", "--company", "acme", "--remove").exit_code == 0
    assert xize("channel", "boss", "--company", "nobody").exit_code == 1
