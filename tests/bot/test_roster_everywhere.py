"""A roster dropped into Telegram and into the web page: the same verdict, the file gone, no name kept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import load_reader, load_sources, new_id
from bot.assistant import Assistant
from bot.channels.web.guard import HEADER
from storage.store import Store
from tests.bot.channels.web.house import House
from tests.bot.rosters.house import FULL, NEARLY
from tests.bot.rosters.house import HEADER as COLUMNS
from tests.bot.whole_house import open_whole_house

CONTENT = "\n".join(",".join(row) for row in (COLUMNS, FULL, NEARLY)).encode("gbk")
NAMES = ("张三", "李四")


@pytest.fixture(autouse=True)
def _files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def assistant(store: Store) -> Assistant:
    """The real one, answering through the outbox."""
    return Assistant(load_sources(), load_reader(), store, new_id=new_id, outbox=("web",))


async def kept(store: Store, chat: str) -> str:
    """All that the store holds of a chat, as one text."""
    async with store.talk(chat, at=datetime.now(UTC)) as talk:
        held = str(talk)
    lines = [str(entry.payload) for entry in await store.transcript(chat)]
    journal = [str(asdict(delivery)) for delivery, _ in await store.journal()]
    return "\n".join((held, *lines, *journal))


async def test_in_telegram(tmp_path: Path) -> None:
    async with open_whole_house() as house:
        user = house.world.user(1)
        user.sends_file("名册.csv", CONTENT, caption="代理公司，强制")
        await house.answered()
        shown = "\n".join(user.sees())
        held = await kept(house.store, "telegram:1")

    assert all(name in shown for name in NAMES)
    assert "11 / 12" in shown
    assert "名册 名册.csv" in held
    assert not any(name in held for name in NAMES)


async def test_in_the_web_page(tmp_path: Path) -> None:
    import httpx

    house = await House.build(tmp_path, make_assistant=assistant)
    transport = httpx.ASGITransport(app=house.app)
    headers = {HEADER: "1", "Origin": "http://x"}
    async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as browser:
        await browser.get("/")
        files = {"file": ("名册.csv", CONTENT, "text/csv")}
        await browser.post("/chat/messages", data={"id": "abcdefgh1234"}, files=files)
        await house.settled()
        lines = (await browser.get("/chat/messages")).json()["lines"]
    (chat,) = {delivery.chat for delivery, _ in await house.store.journal()}
    held = await kept(house.store, chat)
    await house.close()

    assert all(name in lines[-1]["html"] for name in NAMES)
    assert not any(name in held for name in NAMES)
    assert [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()] == []
