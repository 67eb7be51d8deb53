from __future__ import annotations

import pytest

from bot.messages import Intent, Reply, Text
from bot.reminders.sending import Ending
from storage.errors import StoreUnavailable
from tests.bot.channels.web.house import House

REPLY = Reply(Intent.REMINDERS, (Text("还有 7 天", "headline"),))


async def test_a_sent_reply_is_a_line_and_the_same_delivery_stays_one(house: House) -> None:
    first = await house.sender.send("web:a", REPLY, delivery_id=4)
    again = await house.sender.send("web:a", REPLY, delivery_id=4)
    assert first.ending is Ending.SENT
    assert again == first
    (line,) = await house.store.transcript("web:a")
    assert first.message_id == str(line.n)
    assert line.delivery_id == 4


async def test_a_failed_write_is_certainly_not_sent(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object, **__: object) -> int:
        raise StoreUnavailable("disk full at /secret/path")

    monkeypatch.setattr(house.store, "transcribe", full)
    result = await house.sender.send("web:a", REPLY, delivery_id=4)
    assert result.ending is Ending.NOT_SENT
    assert "secret" not in result.detail


async def test_pages_are_woken(house: House) -> None:
    with house.notifier.watching("web:a") as mine, house.notifier.watching("web:b") as other:
        await house.sender.send("web:a", REPLY, delivery_id=4)
        assert mine.is_set()
        assert not other.is_set()
