from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.console.house import ConsoleHouse, Visitor


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ConsoleHouse]:
    built = ConsoleHouse(tmp_path)
    await built.store.open()
    yield built
    await built.store.close()


@pytest.fixture
async def operator(house: ConsoleHouse) -> Visitor:
    return await house.operator()
