"""A house that everybody may attack, new for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.security.house import House, open_house


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """The whole service, with a folder of its own to write to."""
    monkeypatch.chdir(tmp_path)
    async with open_house() as opened:
        yield opened
