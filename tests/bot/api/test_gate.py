"""The gate ends what takes too long, and puts its headers on every answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot.messages import Incoming, Reply
from tests.bot.api.house import open_api


async def test_a_request_that_takes_too_long_is_ended_with_a_sentence(
    tmp_path: Path, monkeypatch: Any
) -> None:
    async def never(self: Any, incoming: Incoming) -> Reply:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("bot.assistant.Assistant.respond", never)
    async with open_api(tmp_path, seconds=0.05) as house, house.caller() as client:
        answer = await client.post("/converse", json={"chat": "c", "text": "x"})

    assert (answer.status_code, answer.json()["code"]) == (503, "too_slow")
    assert "retry-after" in answer.headers
    assert "ratelimit-remaining" in answer.headers


async def test_a_body_that_does_not_end_is_not_waited_for(tmp_path: Path) -> None:
    async def dripping() -> AsyncIterator[bytes]:
        yield b'{"goal": '
        await asyncio.Event().wait()

    async with open_api(tmp_path, seconds=0.05) as house, house.caller() as client:
        answer = await client.post("/check", content=dripping(), headers={"Content-Type": "application/json"})

    assert answer.status_code == 503


async def test_errors_carry_what_is_left_too(tmp_path: Path) -> None:
    async with open_api(tmp_path) as house, house.caller() as client:
        for path in ("/provisions", "/nothing", "/provisions/none", "/search"):
            assert "ratelimit-remaining" in (await client.get(path)).headers
