"""One process: its parts start and stop together; a port that is taken is named."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from bot.app import load_sources
from bot.assistant import Assistant
from bot.errors import ChannelError
from bot.service import Service
from bot.settings import Settings
from bot.understanding.reader import Reader
from storage.opening import open_store
from storage.store import Store
from tests.bot.commands.test_serve import PATIENCE, free_port
from tests.bot.talks import NOW


@pytest.fixture
async def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    monkeypatch.chdir(tmp_path)
    opened = open_store("sqlite:///:memory:")
    await opened.open()
    yield opened
    await opened.close()


def _assistant(store: Store, outbox: tuple[str, ...]) -> Assistant:
    return Assistant(load_sources(), Reader(), store, new_id=lambda: "id", outbox=outbox)


def _service(store: Store, settings: Settings) -> Service:
    return Service(settings, store, load_sources(), partial(_assistant, store), lambda: NOW)


async def test_it_serves_until_it_is_told_to_stop(store: Store) -> None:
    settings = Settings(http_port=free_port())
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(_service(store, settings).run(stop, ready.set))
    await asyncio.wait_for(ready.wait(), PATIENCE)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.http_port}") as browser:
        answer = await browser.get("/readyz")
    stop.set()
    await asyncio.wait_for(running, PATIENCE)

    assert answer.status_code == 200


async def test_the_port_is_free_again_afterwards(store: Store) -> None:
    settings = Settings(http_port=free_port())
    for _ in range(2):
        stop = asyncio.Event()
        await asyncio.wait_for(_service(store, settings).run(stop, stop.set), PATIENCE)

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", settings.http_port))


async def test_a_port_in_use_names_the_settings_and_nothing_is_said_to_be_on(store: Store) -> None:
    told: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with pytest.raises(ChannelError, match=rf"XIZE_HTTP_PORT.*{port}"):
            await _service(store, Settings(http_port=port)).run(asyncio.Event(), lambda: told.append("on"))

    assert told == []


async def test_without_a_token_there_is_no_telegram(store: Store) -> None:
    assert _service(store, Settings()).telegram is None
