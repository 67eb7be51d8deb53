"""A company with contacts and deadlines, a sender that does as it is told, and a clock in the hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.messages import Language, Reply
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.limits import Limits
from bot.reminders.notices import Composer, DeadlineWords
from bot.reminders.planner import Planner
from bot.reminders.sending import Ending, SendResult
from bot.rendering import render
from storage.records import Company, Deadline, Delivery, Membership, Subscription
from storage.store import Store

ZONE = ZoneInfo("Asia/Shanghai")
DUE = date(2030, 5, 20)  # a Monday
START = datetime(2030, 4, 20, 12, tzinfo=ZONE)  # 30 days before, after the hour of reminders


def at(day: date | int, hour: int = 9, minute: int = 0) -> datetime:
    """A local moment; a number means so many days before the due day."""
    on = day if isinstance(day, date) else DUE - timedelta(days=day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def describe(deadline: Deadline, on: date, language: Language) -> DeadlineWords:
    """Words for a deadline, standing in for the rulebook and the library."""
    return DeadlineWords(
        title=deadline.title,
        action=f"go and do {deadline.key}",
        trigger=f"begun {deadline.trigger_on}",
        rest_day="may move" if deadline.due.weekday() > 4 else "",
        clause="article n",
        clause_tap="clause:x",
        standing="a draft",
    )


@dataclass
class FakeSender:
    """Keeps what a user would see, and ends each send as told: by a list, else well."""

    channel: str = "web"
    endings: list[SendResult | BaseException] = field(default_factory=list)
    seen: list[tuple[str, Reply, int]] = field(default_factory=list)
    tries: int = 0
    slow: float = 0.0

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Send once."""
        self.tries += 1
        if self.slow:
            await asyncio.sleep(self.slow)
        ending = self.endings.pop(0) if self.endings else SendResult(Ending.SENT, str(self.tries))
        if isinstance(ending, BaseException):
            raise ending
        if ending.ending in (Ending.SENT, Ending.UNCERTAIN):
            self.seen.append((chat, reply, delivery_id))
        return ending

    @property
    def texts(self) -> list[str]:
        """What was seen, as plain text."""
        return [render(reply, "plain.txt") for _, reply, _ in self.seen]


class House:
    """Store, planner, dispatcher and sender around one clock."""

    def __init__(self, store: Store, *, limits: Limits | None = None, **planning: Any) -> None:
        self.store = store
        self.sender = FakeSender()
        self.now = START.astimezone(UTC)
        self.planner = Planner(store, **planning)
        self.dispatcher = Dispatcher(
            store,
            [self.sender],
            Composer(describe),
            owner="here",
            limits={"web": limits} if limits else None,
            jitter=lambda: 0.5,
        )

    def clock(self) -> datetime:
        """The time in the hand."""
        return self.now

    async def run(self, now: datetime) -> list[str]:
        """Plan and send all that is due at a moment; the texts that were seen."""
        self.now = now
        before = len(self.sender.seen)
        await self.dispatcher.tidy(now)
        await self.planner.run(now)
        await self.dispatcher.drain(self.clock)
        return self.sender.texts[before:]

    async def found(self, chat: str = "web:ann", *, keys: Sequence[str] = ("first",), **contact: Any) -> str:
        """A contact who wants reminders of the company's deadlines; its id."""
        async with self.store.talk(chat, at=START) as talk:
            person = talk.contact = replace(talk.contact, company_id="acme", **contact)
            talk.companies["acme"] = Company("acme", "Acme")
            talk.members[person.id, "acme"] = Membership(person.id, "acme")
            for key in keys:
                talk.deadlines[key] = deadline(key)
            wish = Subscription(f"w-{person.id}", person.id, "acme")
            talk.subscriptions[wish.id] = wish
        return person.id

    async def join(self, chat: str, via: str = "web:ann", **contact: Any) -> str:
        """A colleague who wants reminders too; its id."""
        async with self.store.talk(chat, at=START) as talk:
            person = talk.contact = replace(talk.contact, **contact)
        async with self.store.talk(via, at=START) as talk:
            talk.members[person.id, "acme"] = Membership(person.id, "acme", 1)
            talk.subscriptions[f"w-{person.id}"] = Subscription(f"w-{person.id}", person.id, "acme")
        return person.id

    async def change(self, key: str = "first", **fields: Any) -> None:
        """Change a deadline; a moved one gets a new revision."""
        async with self.store.talk("web:ann", at=self.now) as talk:
            old = talk.deadlines[key]
            talk.deadlines[key] = replace(old, revision=old.revision + 1, **fields)

    async def states(self) -> dict[str, tuple[str, str]]:
        """State and reason of each delivery, by the last part of its key."""
        return {name(row): (row.state, row.reason) for row, _ in await self.store.journal()}


def deadline(key: str = "first", due: date = DUE) -> Deadline:
    """An open deadline."""
    return Deadline(key, "acme", key, f"do {key}", "begun", date(2030, 4, 20), due)


def name(row: Delivery) -> str:
    """The last part of a key: L7, O1, S3."""
    return row.dedupe_key.rpartition(":")[2]
