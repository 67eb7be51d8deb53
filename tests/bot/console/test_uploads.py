"""Files between a dry run and its confirmation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.web.payload import Dropped
from bot.console.uploads import KEPT, Uploads


def _clock() -> datetime:
    return datetime.now(UTC)


async def test_a_file_is_found_by_its_token_and_dropped(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, _clock)
    token, path = await uploads.keep(Dropped("../名单.csv", b"a"))
    assert path.name == "名单.csv"
    assert path.is_relative_to(tmp_path)
    assert uploads.find(token) == path
    await uploads.drop(token)
    assert uploads.find(token) is None


async def test_old_files_go_when_another_comes(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, _clock)
    token, _ = await uploads.keep(Dropped("a.csv", b"a"))
    await Uploads(tmp_path, lambda: _clock() + KEPT + timedelta(minutes=1)).keep(Dropped("b.csv", b"b"))
    assert uploads.find(token) is None


async def test_what_is_no_token_touches_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    uploads = Uploads(tmp_path, _clock)
    for token in ("", ".", "..", "kept", "0" * 31, "/etc"):
        assert uploads.find(token) is None
        await uploads.drop(token)
    assert (tmp_path / "kept").is_dir()
