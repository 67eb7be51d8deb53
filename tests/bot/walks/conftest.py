"""A whole house and somebody who walks through it, fresh for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.walks.walking import Walker
from tests.bot.whole_house import WholeHouse, open_whole_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    """Every surface over one store."""
    async with open_whole_house(tmp_path) as house:
        yield house


@pytest.fixture
def walker(house: WholeHouse) -> Walker:
    """Who goes through it."""
    return Walker(house)
