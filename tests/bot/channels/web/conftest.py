from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.channels.web.guard import HEADER
from tests.bot.channels.web.house import House

SITE = "http://xize.test"


def browser(house: House, **headers: str) -> httpx.AsyncClient:
    """A browser of its own: cookies kept, the page's header sent."""
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    own = {HEADER: "1", "Origin": SITE, "Accept-Language": "zh-CN", **headers}
    return httpx.AsyncClient(transport=transport, base_url=SITE, headers=own)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    built = await House.build(tmp_path)
    yield built
    await built.close()


@pytest.fixture
async def visitor(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has opened the page."""
    async with browser(house) as client:
        await client.get("/")
        yield client
