"""``xize lists``: load, list, show."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.lists import lists
from storage.records import Company, Membership
from storage.store import Store
from tests.bot.commands.test_reminders import in_store
from tests.bot.lists.house import AT, OTHER_CODE, ROW, csv_file


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The store of the settings, with one company in it."""
    monkeypatch.chdir(tmp_path)
    address = f"sqlite:///{tmp_path / 'x.db'}"
    monkeypatch.setenv("XIZE_DATABASE_URL", address)

    async def found(store: Store) -> None:
        async with store.talk("web:a", at=AT) as talk:
            talk.companies["acme"] = Company("acme", ROW[0])
            talk.members[talk.contact.id, "acme"] = Membership(talk.contact.id, "acme")

    in_store(address, found)
    return address


def xize(*arguments: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(lists, [str(one) for one in arguments], catch_exceptions=False)


def test_a_list_is_loaded_and_seen(url: str, tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROW)
    first = xize("load", path, "--name", "2026 名单")
    assert first.exit_code == 0
    assert "2026 名单, published 2026-11-20: 1 rows read\n1 new rows kept; 1 contacts asked\n" in first.output
    assert "0 new rows kept; 0 contacts asked" in xize("load", path).output
    listed = xize("list").output
    assert "2026 名单\t1 rows\there: 0 yes, 0 no, 1 asked" in listed
    assert "asked\t深圳市甲乙电镀有限公司" in xize("show", listed.split("\t")[0]).output


def test_a_dry_run_changes_nothing(url: str, tmp_path: Path) -> None:
    result = xize("load", csv_file(tmp_path, ROW), "--dry-run")
    assert "1 new rows would be kept; 1 contacts would be asked" in result.output
    assert xize("list").output == ""


def test_bad_rows_are_named_and_the_others_loaded(url: str, tmp_path: Path) -> None:
    result = xize("load", csv_file(tmp_path, ROW, ("丙", "123", *ROW[2:])))
    assert result.exit_code == 1
    assert "line 3: not a unified social credit code: 123" in result.output
    assert "1 new rows kept" in result.output


def test_near_names_are_left_to_the_operator(url: str, tmp_path: Path) -> None:
    near = ("深圳市甲乙电镀有限责任公司", OTHER_CODE, *ROW[2:])
    result = xize("load", csv_file(tmp_path, near))
    assert "may be 深圳市甲乙电镀有限公司" in result.output
    assert "0 contacts asked" in result.output


def test_a_file_that_is_no_list_is_refused(url: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\x00\x00")
    result = xize("load", tmp_path / "x.csv")
    assert result.exit_code == 1
    assert "neither CSV" in result.output
