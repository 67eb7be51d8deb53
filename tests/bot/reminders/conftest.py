"""A fresh house for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.opening import MEMORY, open_store
from storage.store import Store
from tests.bot.reminders.house import House


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    """An open store in memory."""
    opened = open_store(MEMORY)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def house(store: Store) -> House:
    """Store, planner, dispatcher and sender."""
    return House(store)
