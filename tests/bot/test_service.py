"""One process: its parts start and stop together; a port that is taken is named."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from bot.errors import ChannelError
from bot.settings import Settings
from storage.store import Store
from tests.bot.commands.test_serve import free_port
from tests.bot.serving import service_over
from tests.waiting import PATIENCE


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def test_it_serves_until_it_is_told_to_stop(store: Store) -> None:
    settings = Settings(http_port=free_port())
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(service_over(store, settings).run(stop, ready.set))
    await asyncio.wait_for(ready.wait(), PATIENCE)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.http_port}") as browser:
        answer = await browser.get("/readyz")
    stop.set()
    await asyncio.wait_for(running, PATIENCE)

    assert answer.status_code == 200


async def test_it_is_ready_only_when_what_answers_need_is_built(store: Store) -> None:
    settings = Settings(http_port=free_port())
    stop, bound, built = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def build() -> None:
        await built.wait()

    service = service_over(store, settings)
    service.prepare(build)
    running = asyncio.create_task(service.run(stop, bound.set))
    await asyncio.wait_for(bound.wait(), PATIENCE)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.http_port}") as browser:
        early = [(await browser.get(path)).status_code for path in ("/healthz", "/readyz")]
        built.set()
        late = (await browser.get("/readyz")).status_code
    stop.set()
    await asyncio.wait_for(running, PATIENCE)

    assert early == [200, 503]
    assert late == 200


async def test_the_port_is_free_again_afterwards(store: Store) -> None:
    settings = Settings(http_port=free_port())
    for _ in range(2):
        stop = asyncio.Event()
        await asyncio.wait_for(service_over(store, settings).run(stop, stop.set), PATIENCE)

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", settings.http_port))


async def test_a_port_in_use_names_the_settings_and_nothing_is_said_to_be_on(store: Store) -> None:
    told: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        service = service_over(store, Settings(http_port=port))
        with pytest.raises(ChannelError, match=rf"XIZE_HTTP_PORT.*{port}"):
            await service.run(asyncio.Event(), lambda: told.append("on"))

    assert told == []


async def test_without_a_token_there_is_no_telegram(store: Store) -> None:
    assert service_over(store, Settings()).telegram is None
