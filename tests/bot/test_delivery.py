"""Two processes over one store: one sends to Telegram, the other takes over when it is gone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import load_sources
from bot.delivery import ElectedDispatcher, delivery_loop, role
from bot.messages import Intent, Reply, Text
from bot.reminders.limits import Limits
from bot.reminders.loop import ReminderLoop
from bot.reminders.notices import Composer
from bot.reminders.sending import Ending, SendResult
from bot.roles import LEASE, Role
from bot.settings import Settings
from bot.wire import pack
from storage.processes import process_name
from storage.records import NewDelivery
from storage.store import Store
from tests.bot.channels.telegram.house import until

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
_SEVERAL = Settings(database_url="postgresql://localhost/x")


class Recorder:
    """A sender that notes what it is given."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.sent: list[str] = []

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        self.sent.append(chat)
        return SendResult(Ending.SENT, message_id=str(delivery_id))


class Process:
    """What sends in one process."""

    def __init__(self, store: Store, name: str) -> None:
        self.telegram, self.web = Recorder("telegram"), Recorder("web")
        self.dispatcher = ElectedDispatcher(
            store,
            [self.telegram, self.web],
            Composer(_no_words),
            owner=name,
            limits={"telegram": Limits()},
            roles={"telegram": Role(store, "sender:telegram", name)},
        )

    async def works(self, now: datetime) -> None:
        await self.dispatcher.tidy(now)
        await self.dispatcher.drain(lambda: now)


def _no_words(*_: object) -> None:
    raise AssertionError("only replies are sent here")


async def _enqueue(store: Store, chat: str, at: datetime) -> None:
    reply = pack(Reply(Intent.HELP, (Text("至少 4 名。"),)))
    async with store.talk(chat, at=at) as talk:
        talk.outbox.append(NewDelivery(f"u{chat}:{at}", chat, "reply", at, reply, 0))


async def test_only_the_elected_process_sends_to_telegram(store: Store) -> None:
    first, second = Process(store, "a"), Process(store, "b")
    await first.works(NOW)
    for n in range(3):
        await _enqueue(store, f"telegram:{n}", NOW)
    await second.works(NOW)
    assert second.telegram.sent == []
    await first.works(NOW + timedelta(seconds=1))
    assert first.telegram.sent == ["telegram:0", "telegram:1", "telegram:2"]


async def test_the_web_is_served_by_every_process(store: Store) -> None:
    first, second = Process(store, "a"), Process(store, "b")
    await first.works(NOW)
    await _enqueue(store, "web:1", NOW)
    await second.works(NOW)
    assert second.web.sent == ["web:1"]


async def test_who_may_not_send_tells_once_who_may(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rings: list[bool] = []

    async def ring() -> None:
        rings.append(True)

    monkeypatch.setattr(store, "ring", ring)
    first, second = Process(store, "a"), Process(store, "b")
    for process in (first, second):
        await process.works(NOW)
    for process in (first, second, second):
        process.dispatcher.wake()
    for process in (first, second, second):
        await process.works(NOW)
    assert rings == [True]


async def test_when_the_sender_dies_another_takes_over_and_nothing_is_sent_twice(store: Store) -> None:
    first, second = Process(store, "a"), Process(store, "b")
    await _enqueue(store, "telegram:1", NOW)
    await first.works(NOW)
    await _enqueue(store, "telegram:2", NOW)
    later = NOW + LEASE + timedelta(seconds=1)
    await second.works(later)
    await first.works(later)
    assert first.telegram.sent == ["telegram:1"]
    assert second.telegram.sent == ["telegram:2"]


async def test_a_sender_that_stops_hands_over_at_once(store: Store) -> None:
    first, second = Process(store, "a"), Process(store, "b")
    await first.works(NOW)
    await first.dispatcher.let_go()
    await _enqueue(store, "telegram:1", NOW)
    await second.works(NOW)
    assert second.telegram.sent == ["telegram:1"]


async def test_one_process_with_its_own_file_needs_no_election(store: Store) -> None:
    assert role(Settings(database_url="sqlite:///x.db"), store, "poller", "a") is None
    assert role(_SEVERAL, store, "poller", "a") is not None


def _loop(store: Store, sender: Recorder) -> ReminderLoop:
    """What `serve` runs in one of several processes; the store stands in for theirs."""
    return delivery_loop(_SEVERAL, store, load_sources(), [sender], lambda: datetime.now(UTC), process_name())


async def test_two_services_on_one_store_send_in_turn(store: Store) -> None:
    senders = [Recorder("telegram"), Recorder("telegram")]
    loops, stops = [_loop(store, sender) for sender in senders], [asyncio.Event(), asyncio.Event()]
    running = [asyncio.create_task(loop.run(stop)) for loop, stop in zip(loops, stops, strict=True)]

    async def say(chat: str) -> None:
        await _enqueue(store, chat, datetime.now(UTC))
        for loop in loops:
            loop.wake()

        async def sent() -> bool:
            return any(chat in sender.sent for sender in senders)

        await until(sent)

    await say("telegram:1")
    await say("telegram:2")
    leader = 0 if senders[0].sent else 1
    assert senders[leader].sent == ["telegram:1", "telegram:2"]
    stops[leader].set()
    await running[leader]
    stops[1 - leader].set()
    await running[1 - leader]
    assert senders[1 - leader].sent == []
