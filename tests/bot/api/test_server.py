"""The API as ``xize serve`` serves it: beside the web chat, guarded, on a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.errors import SettingsError
from bot.settings import Settings
from storage.store import Store
from tests.bot.commands.test_serve import free_port
from tests.bot.serving import service_over
from tests.waiting import PATIENCE

CHECK = {"goal": "consultant-voluntary"}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@asynccontextmanager
async def served(store: Store, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of a running service."""
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(service_over(store, settings).run(stop, ready.set))
    await asyncio.wait_for(ready.wait(), PATIENCE)
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{settings.http_port}", timeout=PATIENCE
        ) as client:
            yield client
    finally:
        stop.set()
        await asyncio.wait_for(running, PATIENCE)


async def test_without_keys_it_serves_this_machine_under_its_own_name_alone(store: Store) -> None:
    async with served(store, Settings(http_port=free_port())) as client:
        local = await client.post("/api/v1/check", json=CHECK)
        rebound = await client.post("/api/v1/check", json=CHECK, headers={"Host": "rebound.example"})
        page = await client.get("/api/v1/docs")

    assert local.status_code == 200
    assert rebound.status_code == 403
    assert page.status_code == 200
    assert "style-src 'sha256-" in page.headers["content-security-policy"]
    assert local.headers["x-content-type-options"] == "nosniff"


async def test_with_keys_it_asks_for_one(store: Store) -> None:
    settings = Settings(http_port=free_port(), api_keys="ledger:check:a-good-secret")  # type: ignore[arg-type]
    async with served(store, settings) as client:
        stranger = await client.post("/api/v1/check", json=CHECK)
        known = {"Authorization": "Bearer a-good-secret"}
        ours = await client.post("/api/v1/check", json=CHECK, headers=known)
        more = await client.get("/api/v1/provisions", headers=known)
        missing = await client.get("/api/v1/nothing", headers=known)

    assert [answer.status_code for answer in (stranger, ours, more, missing)] == [401, 200, 403, 404]
    assert missing.headers["content-type"] == "application/problem+json"


async def test_the_web_chat_is_beside_it(store: Store) -> None:
    async with served(store, Settings(http_port=free_port())) as client:
        assert "<html" in (await client.get("/")).text
        assert (await client.get("/healthz")).status_code == 200


async def test_a_talk_goes_through_the_real_assistant(store: Store) -> None:
    async with served(store, Settings(http_port=free_port())) as client:
        answer = (await client.post("/api/v1/converse", json={"chat": "c", "text": "第十条讲什么"})).json()
        listed = (await client.get("/api/v1/reminders?chat=c")).json()

    assert answer["citations"]
    assert listed["intent"] == "reminders"


def test_a_wrong_key_stops_the_start_and_is_not_shown(store: Store) -> None:
    settings = Settings(api_keys="ledger:write:a-good-secret")  # type: ignore[arg-type]

    with pytest.raises(SettingsError, match="XIZE_API_KEYS") as caught:
        service_over(store, settings)
    assert "a-good-secret" not in str(caught.value)
