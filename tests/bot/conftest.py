"""A desk to talk at, new for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.talks import Desk, open_desk


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """An assistant over an empty store in memory."""
    async with open_desk() as open_one:
        yield open_one
