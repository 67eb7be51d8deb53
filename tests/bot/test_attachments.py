"""Files for the user do not pile up, and only we read them."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.attachments import KEPT, place

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_two_files_of_one_name_do_not_meet() -> None:
    assert place("a.ics", NOW) != place("a.ics", NOW)


def test_a_file_is_gone_when_another_is_made_after_its_term() -> None:
    old = place("a.json", NOW)
    kept = place("b.json", NOW + timedelta(hours=1))
    place("c.json", NOW + KEPT + timedelta(minutes=1))

    assert not old.parent.exists()
    assert kept.parent.exists()


def test_only_we_can_read_them() -> None:
    folder = place("a.json", NOW).parent

    assert folder.stat().st_mode & 0o077 == 0
    assert folder.parent.stat().st_mode & 0o077 == 0
