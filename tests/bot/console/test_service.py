"""The console in the running service: on with a password; guessers told apart behind our own proxy alone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.settings import Settings
from storage.opening import open_store
from tests.bot.commands.test_serve import free_port
from tests.bot.serving import service_over
from tests.waiting import PATIENCE


@asynccontextmanager
async def serving(**settings: object) -> AsyncIterator[httpx.AsyncClient]:
    store = open_store("sqlite:///:memory:")
    await store.open()
    chosen = Settings(http_port=free_port(), operator_password=SecretStr("a long word"), **settings)  # type: ignore[arg-type]
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(service_over(store, chosen).run(stop, ready.set))
    await asyncio.wait_for(ready.wait(), PATIENCE)
    address = f"http://127.0.0.1:{chosen.http_port}"
    async with httpx.AsyncClient(base_url=address, headers={"Origin": address}) as browser:
        yield browser
    stop.set()
    await asyncio.wait_for(running, PATIENCE)
    await store.close()


async def guess(browser: httpx.AsyncClient, address: str) -> int:
    page = await browser.get("/console/login")
    token = re.findall(r'name="token" value="([^"]+)"', page.text)[0]
    answer = await browser.post(
        "/console/login",
        data={"token": token, "password": "wrong"},
        headers={"X-Forwarded-For": address},
    )
    return answer.status_code


@pytest.mark.parametrize(("trusted", "last"), [(("127.0.0.1",), 403), (("192.0.2.0/24",), 429)])
async def test_a_visitors_address_is_taken_from_our_own_proxy_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: tuple[str, ...], last: int
) -> None:
    monkeypatch.chdir(tmp_path)
    async with serving(trusted_proxies=trusted) as browser:
        statuses = [await guess(browser, f"203.0.113.{n}") for n in range(7)]
    assert statuses[0] == 403
    assert statuses[-1] == last
