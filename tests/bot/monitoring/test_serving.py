"""Who may read the numbers, and that each answer names the request's trace."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI

from bot.app import load_sources
from bot.channels.web.problems import serve_problems
from bot.monitoring.metrics import Metrics
from bot.monitoring.serving import REQUEST_ID, RequestTrace, serve_metrics
from bot.monitoring.standing import Standing
from storage.opening import open_store
from tests.bot.talks import NOW

TOKEN = "0123456789abcdef-long"


class Scraper:
    """Asks a small application for its numbers, from where and by which name the test says."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    async def get(
        self, path: str = "/metrics", *, near: str = "127.0.0.1", host: str = "127.0.0.1:8080", **headers: str
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, client=(near, 1))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get(
                path, headers={key.replace("_", "-"): text for key, text in headers.items()}
            )


Build = Callable[[str | None], Scraper]  # from the token of the settings


@pytest.fixture
async def build() -> AsyncIterator[Build]:
    store = open_store("sqlite:///:memory:")
    await store.open()

    def made(token: str | None) -> Scraper:
        app, metrics = FastAPI(), Metrics()
        standing = Standing(store, load_sources(), lambda: NOW, ZoneInfo("Asia/Shanghai"), metrics.registry)
        serve_metrics(app, metrics, standing, token)
        serve_problems(app)
        app.add_middleware(RequestTrace, metrics=metrics)
        return Scraper(app)

    yield made
    await store.close()


async def test_without_a_token_a_program_on_this_machine_reads_them(build: Build) -> None:
    answer = await build(None).get()

    assert answer.status_code == 200
    assert "xize_store_up 1.0" in answer.text


@pytest.mark.parametrize(
    "how",
    [
        {"near": "10.1.2.3"},
        {"host": "evil.example"},
        {"X_Forwarded_For": "10.1.2.3"},
        {"Forwarded": "for=10.1.2.3"},
        {"near": "not-an-address"},
    ],
)
async def test_without_a_token_nobody_else_finds_them(build: Build, how: dict[str, str]) -> None:
    answer = await build(None).get(**how)

    assert answer.status_code == 404
    assert "xize_" not in answer.text


async def test_with_a_token_its_bearer_reads_them_from_anywhere(build: Build) -> None:
    answer = await build(TOKEN).get(near="10.1.2.3", host="numbers.example", Authorization=f"Bearer {TOKEN}")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "given", ["", "Bearer", f"Basic {TOKEN}", "Bearer wrong", f"Bearer {TOKEN}x", "Bearer ü"]
)
async def test_with_a_token_nobody_reads_them_without(build: Build, given: str) -> None:
    answer = await build(TOKEN).get(Authorization=given.encode())

    assert answer.status_code == 401
    assert answer.text == ""


async def test_each_answer_names_a_trace_of_its_own_and_is_counted(build: Build) -> None:
    scraper = build(None)
    first, second = await scraper.get("/nowhere"), await scraper.get("/nowhere")

    assert first.headers[REQUEST_ID] != second.headers[REQUEST_ID]
    assert 'xize_http_responses_total{status="404"} 2.0' in (await scraper.get()).text
