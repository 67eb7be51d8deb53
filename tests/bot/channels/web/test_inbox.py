from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.channels.web.inbox import POISON_AFTER, Inbox, Said
from bot.messages import Incoming, Reply
from storage.records import Update
from tests.bot.channels.web.house import NOW, House, echo

CHAT = "web:a"


def inbox_of(house: House) -> Inbox:
    return house.app.state.inbox  # type: ignore[no-any-return]


async def texts(house: House) -> list[str]:
    return [line.payload["text"] for line in await house.store.transcript(CHAT) if line.author == "user"]


async def test_messages_of_one_chat_follow_one_another(house: House) -> None:
    said = [Said(f"m{number}", str(number), text=str(number)) for number in range(20)]
    numbers = await asyncio.gather(*(inbox_of(house).accept(CHAT, one) for one in said))
    await house.settled()
    assert numbers == sorted(numbers)
    assert [incoming.text for incoming in house.assistant.heard] == [str(number) for number in range(20)]


async def test_the_same_message_at_the_same_time_has_one_effect(house: House) -> None:
    said = Said("m1", "登记了", text="登记了")
    first, second = await asyncio.gather(*(inbox_of(house).accept(CHAT, said) for _ in range(2)))
    assert first == second
    assert await texts(house) == ["登记了"]
    assert len(house.assistant.heard) == 1


async def test_what_a_crash_left_is_answered_at_the_next_start(house: House) -> None:
    raw = {"text": "期限", "tap": None, "file": None, "language": "en"}
    await house.store.receive(
        [Update("web:a:m1", CHAT, raw, NOW), Update("telegram:1", "telegram:1", {}, NOW)]
    )
    assert await inbox_of(house).resume() == 1
    assert await inbox_of(house).resume() == 0
    await house.settled()
    assert [(incoming.text, incoming.language) for incoming in house.assistant.heard] == [("期限", "en")]


async def test_a_message_that_always_fails_is_set_aside(house: House) -> None:
    def fails(incoming: Incoming) -> Reply:
        raise RuntimeError("no")

    house.assistant.script = fails
    with pytest.raises(RuntimeError):
        await inbox_of(house).accept(CHAT, Said("m1", "x", text="x"))
    for _ in range(POISON_AFTER - 1):
        assert await inbox_of(house).resume() == 1
    assert await inbox_of(house).resume() == 0
    assert await texts(house) == ["x"]


async def test_a_file_outlives_a_failed_handling_and_goes_with_a_good_one(
    house: House, tmp_path: Path
) -> None:
    def fails(incoming: Incoming) -> Reply:
        raise RuntimeError("no")

    file = tmp_path / "upload" / "roster.csv"
    file.parent.mkdir()
    file.write_text("a")
    house.assistant.script = fails
    with pytest.raises(RuntimeError):
        await inbox_of(house).accept(CHAT, Said("m1", file.name, file=file))
    assert file.exists()
    house.assistant.script = echo
    await inbox_of(house).resume()
    assert not file.parent.exists()
