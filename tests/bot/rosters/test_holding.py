"""A roster at hand: comes back as it was, and is gone when it is dropped."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.attachments import KEPT, place
from bot.rosters.holding import Held, drop, fetch, hold

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HELD = Held("名册.csv", ((1, ("姓名",)), (2, ("张三",))), ((0, "name", True),), "company")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_what_is_held_comes_back() -> None:
    assert fetch(hold(HELD, NOW)) == HELD


def test_what_is_dropped_is_gone() -> None:
    where = hold(HELD, NOW)
    drop(where)

    assert fetch(where) is None


def test_it_is_gone_after_its_term() -> None:
    where = hold(HELD, NOW)
    place("other", NOW + KEPT + timedelta(minutes=1))

    assert fetch(where) is None


@pytest.mark.parametrize("where", ["", "/etc/passwd", "nowhere/roster.json"])
def test_only_rosters_are_fetched_and_dropped(where: str) -> None:
    drop(where)

    assert fetch(where) is None
    assert Path("/etc/passwd").exists()
