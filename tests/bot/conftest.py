"""A desk to talk at and a store, new for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.opening import open_store
from storage.store import Store
from tests.bot.talks import Desk, open_desk


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """An assistant over an empty store in memory."""
    async with open_desk() as open_one:
        yield open_one


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    """An empty store in memory."""
    opened = open_store("sqlite:///:memory:")
    await opened.open()
    yield opened
    await opened.close()
