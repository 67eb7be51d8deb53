"""``xize serve`` with files that change under it: a signal loads them, a bad one is refused, it serves on."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.bot.commands.test_serve import serving
from tests.waiting import PATIENCE


def _told(folder: Path) -> str:
    """What it wrote, read without touching the file that it writes to."""
    return (folder / "out.txt").read_text(encoding="utf-8")


def _tells(folder: Path, words: str) -> bool:
    """Whether it writes these words before patience is over."""
    end = time.monotonic() + PATIENCE
    while words not in _told(folder):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Where the operator's law texts lie when XIZE_LIBRARY says nothing."""
    folder = tmp_path / "data" / "knowledge"
    folder.mkdir(parents=True)
    return folder


def test_a_signal_loads_law_and_rules_again_and_a_bad_file_is_refused_by_name(
    tmp_path: Path, library: Path
) -> None:
    with serving(tmp_path) as served:
        served.ready()
        (library / "broken.txt").write_text("no front matter", encoding="utf-8")
        served.process.send_signal(signal.SIGHUP)

        assert _tells(tmp_path, "those in use stay")
        assert "broken.txt" in _told(tmp_path)
        assert served.ready().status_code == 200
        (library / "broken.txt").unlink()
        served.process.send_signal(signal.SIGHUP)
        assert _tells(tmp_path, "law and rules loaded again")
        assert served.stop(signal.SIGTERM) == 0
