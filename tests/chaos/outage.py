"""Ten minutes without Telegram, in simulated time: nothing is lost, and the return is no flood."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.sender import TelegramSender
from bot.phrases import phrases
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.limits import Limits
from bot.reminders.notices import Composer
from bot.reminders.planner import Planner
from storage.opening import MEMORY, open_store
from storage.records import Company, Deadline, Membership, Subscription
from storage.store import Store
from tests.bot.reminders.house import START, at, describe
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import words
from tests.fakes.telegram_errors import Fault, gateway, network

LENGTH = timedelta(minutes=10)
_TICK = timedelta(seconds=0.1)
_AFTER = timedelta(minutes=20)
# What a call meets: mostly nobody answers, now and then a wait or a page in between. Nothing gets through.
TROUBLES: tuple[tuple[float, Fault], ...] = (
    (0.01, network(httpx.RemoteProtocolError)),
    (0.01, gateway(502)),
    (0.01, network(httpx.ReadTimeout)),
    (0.1, network(httpx.ConnectTimeout)),
    (1.0, network(httpx.ConnectError)),
)


@dataclass(frozen=True, slots=True)
class Outage:
    """What came of it."""

    reminders: int
    seen: int  # chats that were reminded
    unmarked_copies: int
    flagged: int  # chats whose reminder was held as uncertain
    lost: int  # neither
    busiest_second: int  # messages in one second after the return

    @property
    def is_kept(self) -> bool:
        """Whether nothing was lost or doubled, and Telegram not flooded."""
        return not (self.unmarked_copies or self.lost) and self.busiest_second <= 30


async def outage(chats: int, seed: int = 7) -> Outage:
    """F9: reminders of a company each come due while nothing gets through."""
    chance, now = random.Random(seed), at(1)

    def clock() -> datetime:
        return now

    world, store = FakeTelegram(clock), open_store(MEMORY)
    await store.open()
    for n in range(1, chats + 1):
        world.user(n).starts()
        await _found(store, n)
    bot = build_telegram(world.token, request=world.request, updates_request=world.request)
    limits = {"telegram": Limits()}
    sender = TelegramSender(bot, store)
    dispatcher = Dispatcher(
        store, [sender], Composer(describe), owner="here", limits=limits, jitter=chance.random
    )
    await Planner(store).run(now)
    seconds: Counter[int] = Counter()
    back = now + LENGTH
    while now < back + _AFTER:
        world.faults.likely("sendMessage", chance, *(TROUBLES if now < back else ()))
        if now.microsecond == 0 and now.second % 5 == 0:
            await dispatcher.tidy(now)
        before = _said(world)
        while await dispatcher.step("telegram", clock):
            pass
        seconds[int((now - back).total_seconds())] += _said(world) - before
        now += _TICK
    outcome = await _judge(store, world, chats, max(seconds.values()))
    await store.close()
    return outcome


def _said(world: FakeTelegram) -> int:
    return sum(len(chat.messages) for chat in world.chats.values())


async def _found(store: Store, n: int) -> None:
    """Half are reminded on the day before, of which an uncertain one is repeated; half three days before."""
    lead = 1 if n % 2 else 3
    due = at(1).date() + timedelta(days=lead)
    async with store.talk(f"telegram:{n}", at=START) as talk:
        person, company = talk.contact, f"c{n}"
        talk.companies[company] = Company(company, f"Company {n}")
        talk.members[person.id, company] = Membership(person.id, company)
        talk.deadlines[f"d{n}"] = Deadline(f"d{n}", company, "first", "do it", "begun", START.date(), due)
        talk.subscriptions[f"w{n}"] = Subscription(f"w{n}", person.id, company, leads=(lead,))


async def _judge(store: Store, world: FakeTelegram, chats: int, busiest: int) -> Outage:
    flagged = {row.chat for row, _ in await store.journal() if row.state in ("uncertain", "closed")}
    bot = world.bot_user["id"]
    mark = phrases("zh-Hans").say("reminder.repeated")
    seen = lost = copies = 0
    for n in range(1, chats + 1):
        texts = [words(message) for message in world.chats[n].messages if message["from"]["id"] == bot]
        seen += bool(texts)
        copies += max(0, sum(mark not in text for text in texts) - 1)
        lost += not texts and f"telegram:{n}" not in flagged
    return Outage(chats, seen, copies, len(flagged), lost, busiest)
