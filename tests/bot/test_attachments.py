"""Files for the user do not pile up, and only we read them."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.attachments import KEPT, keep_tidy, lines_at, place, set_aside, tidy

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


def test_what_is_written_later_does_not_make_a_file_younger() -> None:
    old = place("a.json", NOW)
    old.write_text("x")
    place("b.json", NOW + KEPT + timedelta(minutes=1))

    assert not old.exists()


def test_lines_set_aside_come_back_until_they_are_gone() -> None:
    where = set_aside(["张三", "李四"], NOW)

    assert lines_at(where) == ("张三", "李四")
    place("b.json", NOW + KEPT + timedelta(minutes=1))
    assert lines_at(where) is None


@pytest.mark.parametrize("where", ["", "/etc/passwd", "lines.json"])
def test_nothing_else_is_taken_for_lines(where: str) -> None:
    assert lines_at(where) is None


def test_files_go_also_while_nobody_asks_for_new_ones() -> None:
    old, young = place("a.json", NOW), place("b.json", NOW + timedelta(hours=1))
    tidy(NOW + KEPT + timedelta(minutes=1))

    assert not old.parent.exists()
    assert young.parent.exists()


async def test_they_are_looked_after_until_the_service_stops() -> None:
    old, stop = place("a.json", NOW), asyncio.Event()

    def clock() -> datetime:
        stop.set()
        return NOW + timedelta(days=2)

    await keep_tidy(stop, clock)

    assert not old.parent.exists()


def test_a_folder_of_somebody_else_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    root = place("a.json", NOW).parents[1]
    monkeypatch.setattr("os.getuid", lambda: 4242)
    root.rename(root.with_name("xize-4242"))

    with pytest.raises(PermissionError):
        place("b.json", NOW)
