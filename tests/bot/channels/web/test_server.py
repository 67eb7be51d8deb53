from __future__ import annotations

import httpx

from storage.errors import StoreUnavailable
from tests.bot.channels.web.house import House


async def test_health_says_that_the_process_answers(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/healthz")).text == "ok"
    assert (await visitor.get("/readyz")).text == "ok"


async def test_a_monitor_may_ask_for_the_head_alone(visitor: httpx.AsyncClient) -> None:
    answers = [await visitor.head(path) for path in ("/", "/healthz", "/readyz")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"")] * 3


async def test_ready_needs_the_store(house: House, visitor: httpx.AsyncClient, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async def away(name: str) -> str | None:
        raise StoreUnavailable("disk")

    monkeypatch.setattr(house.store, "bookmark", away)
    answer = await visitor.get("/readyz")
    assert answer.status_code == 503
    assert "disk" not in answer.text
    assert (await visitor.get("/healthz")).status_code == 200


async def test_a_stopping_house_is_not_ready(house: House, visitor: httpx.AsyncClient) -> None:
    house.notifier.close()
    assert (await visitor.get("/readyz")).status_code == 503


async def test_there_is_no_interface_description_that_loads_from_elsewhere(
    visitor: httpx.AsyncClient,
) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert (await visitor.get(path)).status_code == 404
