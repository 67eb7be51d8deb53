from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.bot.api.house import ApiHouse, open_api


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ApiHouse]:
    """The API with keys."""
    async with open_api(tmp_path / "uploads") as opened:
        yield opened


@pytest.fixture
async def api(house: ApiHouse) -> AsyncIterator[httpx.AsyncClient]:
    """A caller who may do everything."""
    async with house.caller() as client:
        yield client
