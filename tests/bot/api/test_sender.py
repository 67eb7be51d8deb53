"""Reminders of API chats wait in the transcript, each once."""

from __future__ import annotations

from bot.api.sender import ApiSender
from bot.channels.web.notifier import Notifier
from bot.messages import Intent, Reply, Text
from bot.reminders.sending import Ending
from tests.bot.api.house import ApiHouse


async def test_a_delivery_sent_twice_is_one_line(house: ApiHouse) -> None:
    sender = ApiSender(house.store, Notifier(), clock=lambda: house.now)
    reply = Reply(Intent.REMINDERS, (Text("到期", "headline"),))
    results = [await sender.send("api:all:c", reply, delivery_id=7) for _ in range(2)]

    assert sender.channel == "api"
    assert [result.ending for result in results] == [Ending.SENT, Ending.SENT]
    assert len(await house.store.transcript("api:all:c")) == 1
