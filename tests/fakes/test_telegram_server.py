"""The same world over HTTP, with the library's real network layer, in one process and without leaving it."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn
from telegram.error import NetworkError, RetryAfter

from bot.channels.telegram.building import TelegramBot, build_telegram
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_server import HOST, create_app


@pytest.fixture
async def address() -> AsyncIterator[str]:
    listening = socket.create_server((HOST, 0))
    app = create_app(FakeTelegram())
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve([listening]))
    yield f"http://{HOST}:{listening.getsockname()[1]}"
    server.should_exit = True
    await serving
    listening.close()


@pytest.fixture
async def bot(address: str) -> AsyncIterator[TelegramBot]:
    bot = build_telegram(FakeTelegram().token, api_url=address)
    await bot.initialize()
    yield bot
    await bot.shutdown()


@pytest.fixture
async def control(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address) as client:
        yield client


async def _do(control: httpx.AsyncClient, **wanted: object) -> int:
    return (await control.post("/control", json=wanted)).status_code


async def test_a_message_there_and_an_answer_back(bot: TelegramBot, control: httpx.AsyncClient) -> None:
    assert await _do(control, do="writes", chat=1, text="第十条") == 200
    (update,) = await bot.fetch(0, 5, ["message"])
    assert update["message"]["text"] == "第十条"
    await bot.send_message(1, "<b>至少 4 名</b>", parse_mode="HTML")
    seen = (await control.get("/control/1")).json()["messages"]
    assert [(item["from"], item["text"]) for item in seen] == [(1, "第十条"), ("bot", "至少 4 名")]
    assert (await control.get("/control")).json()["calls"]["sendMessage"] == 1


async def test_files_go_both_ways(bot: TelegramBot, control: httpx.AsyncClient) -> None:
    content = base64.b64encode(b"abc").decode()
    assert await _do(control, do="sends_file", chat=1, name="a.csv", base64=content) == 200
    (update,) = await bot.fetch(0, 5, ["message"])
    file = await bot.get_file(update["message"]["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"abc"
    await bot.send_document(1, b"def", filename="期限.ics")
    assert (await control.get("/control/1")).json()["messages"][-1]["file"] == "期限.ics"


async def test_faults_can_be_ordered(bot: TelegramBot, control: httpx.AsyncClient) -> None:
    await _do(control, do="starts", chat=1)
    assert await _do(control, do="fault", method="sendMessage", kind="limited", seconds=9) == 200
    assert await _do(control, do="fault", method="sendMessage", kind="resets", accepted=True) == 200
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "x")
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(1, "y")
    assert isinstance(caught.value.__cause__, httpx.RemoteProtocolError)
    assert (await control.get("/control/1")).json()["messages"][-1]["text"] == "y"


@pytest.mark.parametrize(
    "wanted", [{}, {"do": "dances", "chat": 1}, {"do": "taps", "chat": 1, "label": "无"}]
)
async def test_what_cannot_be_done_is_said(control: httpx.AsyncClient, wanted: dict[str, object]) -> None:
    assert await _do(control, **wanted) == 400
