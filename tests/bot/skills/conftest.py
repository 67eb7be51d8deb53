"""Files of a test lie in its own folder."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the user's files lie."""
    made = tmp_path / "user"
    made.mkdir()
    return made
