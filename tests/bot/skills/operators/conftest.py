"""An office, new for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.skills.operators.office import Office, open_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An operator's desk over an empty store in memory."""
    async with open_office(tmp_path / "library") as open_one:
        yield open_one
