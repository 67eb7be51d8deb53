"""Deliveries on their way: claimed, journalled, put into words, sent, settled.

One send at a time on each channel, so that at most one answer can be lost. The store decides what
may be sent; this loop only asks it, and being woken only makes it ask sooner.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.logs import following
from bot.messages import Reply, Text
from bot.phrases import phrases
from bot.reminders import policy
from bot.reminders.grouping import is_written, nearest, split
from bot.reminders.limits import Limits
from bot.reminders.notices import Composer, Item
from bot.reminders.sending import Ending, Sender, SendResult
from bot.rendering import render
from bot.wire import unpack
from storage.errors import StoreError
from storage.records import Delivery
from storage.store import Settlement, Store

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
SEND_TIMEOUT = 100.0  # seconds; a sender has its own, shorter ones. Below the lease.
SPACING = timedelta(minutes=5)  # between two messages of reminders to a chat
_Compose = Callable[[datetime, Sequence[Delivery]], Reply]  # now, what was begun
_TOGETHER = 50  # reminders that can travel in one message


class Dispatcher:
    """Sends what is due on the channels that have a sender."""

    def __init__(
        self,
        store: Store,
        senders: Sequence[Sender],
        composer: Composer,
        *,
        owner: str,
        limits: Mapping[str, Limits] | None = None,
        jitter: policy.Jitter = random.random,
    ) -> None:
        """``owner`` names this process in leases; ``limits`` are by channel, none where left out."""
        self._store = store
        self._senders = {sender.channel: sender for sender in senders}
        self._composer = composer
        self._owner = owner
        self._limits = dict(limits or {})
        self._jitter = jitter
        self._shut: dict[str, datetime] = {}  # channels that are set up wrongly, and when to look again
        self.bells = {channel: asyncio.Event() for channel in self._senders}

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that are sent to."""
        return tuple(self._senders)

    def wake(self) -> None:
        """Something was put into the outbox: look now."""
        for bell in self.bells.values():
            bell.set()

    async def tidy(self, now: datetime) -> None:
        """Take back what a lost sender left, and decide what stayed uncertain for long enough."""
        claimed, lost = await self._store.recover(now=now)
        if claimed or lost:
            log.warning("leases over: %d taken back, %d uncertain", claimed, lost)
        for delivery in await self._store.uncertain(before=now - policy.UNCERTAIN_FOR):
            await self._decide(delivery, now)

    async def _decide(self, delivery: Delivery, now: datetime) -> None:
        fate = policy.fate(delivery, now)
        if fate == "repeat":
            # First the repeat, which goes in once, then the end: a crash between the two does no harm.
            await self._store.enqueue([policy.repeat(delivery, now)])
        held = delivery.reason if delivery.reason == policy.RESTORED else "held"
        if await self._store.decide(delivery, "closed", "repeated" if fate == "repeat" else held):
            log.warning("delivery %d stays uncertain: %s", delivery.id, fate)

    async def drain(self, clock: Callable[[], datetime]) -> int:
        """Send all that is due now on every channel, in turn; how many messages were tried."""
        total = 0
        for channel in self._senders:
            while await self.step(channel, clock):
                total += 1
        return total

    async def step(self, channel: str, clock: Callable[[], datetime]) -> bool:
        """Send the channel's next message, if one is due and allowed; whether there was one."""
        now = clock()
        if self._shut.get(channel, now) > now:
            return False
        limits = self._limits.get(channel)
        if limits is not None and limits.channel_ready_at(now) > now:
            return False
        claimed = await self._store.claim(self._owner, now=now, lease=LEASE, limit=1, channels=[channel])
        if not claimed:
            return False
        first = claimed[0]
        if limits is not None and await self._postponed(claimed, limits, now):
            return True
        if first.kind == "reply":
            await self._say(first, clock)
        else:
            await self._remind(first, clock)
        return True

    def allowed_in(self, channel: str, now: datetime) -> float | None:
        """Seconds until the channel's limits let anything through again; None when they do now."""
        limits = self._limits.get(channel)
        ready = limits.channel_ready_at(now) if limits is not None else now
        return (ready - now).total_seconds() if ready > now else None

    async def _postponed(self, claimed: Sequence[Delivery], limits: Limits, now: datetime) -> bool:
        first = claimed[0]
        ready = limits.ready_at(first.chat, now, is_reply=first.kind == "reply")
        if ready <= now:
            return False
        await self._put_back(claimed, now, ready, "rate limit")
        return True

    async def _put_back(
        self, deliveries: Sequence[Delivery], now: datetime, until: datetime, why: str
    ) -> None:
        later = Settlement("pending", now, why, retry_at=until, counted=False)
        for delivery in deliveries:
            await self._store.settle(delivery, later)

    async def _say(self, delivery: Delivery, clock: Callable[[], datetime]) -> None:
        """Send what is in words already: a reply of the assistant, a report to operators."""
        if await self._is_proved(delivery):
            await self._store.settle(delivery, Settlement("skipped", clock(), "proved"))
            return
        await self._send([delivery], lambda _, begun: _packed(begun[0]), clock)

    # --- reminders -------------------------------------------------------------------------------

    async def _remind(self, first: Delivery, clock: Callable[[], datetime]) -> None:
        """Send a chat's due reminders as one message; notices of the same chat as another."""
        now = clock()
        others = await self._store.claim(self._owner, now=now, lease=LEASE, limit=_TOGETHER, chat=first.chat)
        claimed = [first, *others]
        items = await self._items([delivery for delivery in claimed if not is_written(delivery)], now)
        notices, reminders = split(items)
        if notices:
            await self._send_items(notices, clock)
        if reminders and not await self._too_soon(reminders, now):
            await self._send_items(await self._one_a_deadline(reminders, now), clock)
        for delivery in claimed:
            if is_written(delivery):
                await self._say(delivery, clock)

    async def _items(self, deliveries: Sequence[Delivery], now: datetime) -> list[Item]:
        """The deliveries with their subjects; those that have lost theirs, or are proved, are put aside."""
        subjects = await self._store.subjects([delivery.id for delivery in deliveries])
        items = []
        for delivery in deliveries:
            subject = subjects.get(delivery.id)
            if subject is None:
                await self._store.settle(delivery, Settlement("skipped", now, "superseded"))
            elif await self._is_proved(delivery):
                await self._store.settle(delivery, Settlement("skipped", now, "proved"))
            else:
                items.append(Item(delivery, subject))
        return items

    async def _is_proved(self, delivery: Delivery) -> bool:
        """Whether the message that this one would repeat has been proved to have arrived."""
        if delivery.repeat_of is None:
            return False
        original = await self._store.delivery(delivery.repeat_of)
        return original is not None and original.state == "sent"

    async def _too_soon(self, items: Sequence[Item], now: datetime) -> bool:
        last = await self._store.reminded(items[0].delivery.chat)
        if last is None or not now - SPACING < last <= now:
            return False
        await self._put_back([item.delivery for item in items], now, last + SPACING, "spacing")
        return True

    async def _one_a_deadline(self, items: Sequence[Item], now: datetime) -> list[Item]:
        kept = nearest(items)
        for item in items:
            if item not in kept:
                await self._store.settle(item.delivery, Settlement("skipped", now, "coalesced"))
        return kept

    async def _send_items(self, items: Sequence[Item], clock: Callable[[], datetime]) -> None:
        by_id = {item.delivery.id: item for item in items}

        def compose(now: datetime, begun: Sequence[Delivery]) -> Reply:
            return self._composer.compose([by_id[delivery.id] for delivery in begun], now)

        await self._send([item.delivery for item in items], compose, clock)

    # --- one send --------------------------------------------------------------------------------

    async def _send(
        self,
        deliveries: Sequence[Delivery],
        compose: _Compose,
        clock: Callable[[], datetime],
    ) -> None:
        now = clock()
        begun = await self._begin(deliveries, now)
        if not begun:
            return
        with following(begun[0].dedupe_key):
            result, text = await self._attempt(begun, compose, now)
            await self._settle(begun, result, text, clock())

    async def _begin(self, deliveries: Sequence[Delivery], now: datetime) -> list[Delivery]:
        """Those that may be sent. Where the store fails halfway none is: what was begun is certainly not
        sent, and goes back rather than into doubt."""
        begun: list[Delivery] = []
        try:
            for delivery in deliveries:
                if await self._store.begin(delivery, now=now):
                    begun.append(delivery)
        except StoreError:
            await self._put_back(begun, now, now, "not sent")
            raise
        return begun

    async def _attempt(
        self,
        begun: Sequence[Delivery],
        compose: _Compose,
        now: datetime,
    ) -> tuple[SendResult, str]:
        """How the send ended, and what was said, for the journal."""
        first = begun[0]
        try:
            reply = compose(now, begun)
            text = "" if first.kind == "reply" else render(reply, "plain.txt")
        except Exception as error:
            log.exception("delivery %d cannot be put into words", first.id)
            why = f"cannot be put into words: {type(error).__name__}"
            return SendResult(Ending.NOT_SENT, detail=why), ""
        return await self._send_once(first, reply, now), text

    async def _send_once(self, first: Delivery, reply: Reply, now: datetime) -> SendResult:
        channel = first.chat.partition(":")[0]
        if channel in self._limits:
            self._limits[channel].take(first.chat, now, is_reply=first.kind == "reply")
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                return await self._senders[channel].send(first.chat, reply, delivery_id=first.id)
        except TimeoutError:
            return SendResult(Ending.UNCERTAIN, detail="no answer")
        except Exception as error:
            # A sender must not raise; when one does, nobody knows whether the message went.
            log.exception("the sender of %s failed on delivery %d", channel, first.id)
            return SendResult(Ending.UNCERTAIN, detail=type(error).__name__)

    async def _settle(self, begun: Sequence[Delivery], result: SendResult, text: str, now: datetime) -> None:
        for delivery in begun:
            settlement = policy.settlement(delivery, result, now, self._jitter)
            if not await self._store.settle(delivery, replace(settlement, text=text)):
                log.warning("delivery %d was taken over while it was sent: %s", delivery.id, result.ending)
        await self._follow_up(begun[0].chat, result, now)

    async def _follow_up(self, chat: str, result: SendResult, now: datetime) -> None:
        """What an ending says about the chat or the channel."""
        channel = chat.partition(":")[0]
        match result.ending:
            case Ending.LIMITED if channel in self._limits:
                until = now + timedelta(seconds=result.retry_after or 0)
                self._limits[channel].asked_to_wait(chat, now, until)
            case Ending.BLOCKED:
                await self._store.contact_state(chat, "blocked")
            case Ending.GONE:
                await self._store.contact_state(chat, "gone")
            case Ending.MOVED if result.new_chat:
                await self._store.move_chat(chat, result.new_chat)
            case Ending.MISCONFIGURED:
                self._shut[channel] = now + timedelta(seconds=60)
                log.critical("the channel %s is set up wrongly; nothing is lost: %s", channel, result.detail)
            case Ending.REFUSED:
                log.error("a delivery to %s was refused: %s", channel, result.detail)


def _packed(delivery: Delivery) -> Reply:
    """The reply that a delivery holds; one that is sent a second time says so."""
    reply = unpack(delivery.payload)
    if delivery.repeat_of is None:
        return reply
    mark = Text(phrases(reply.language).say("reminder.repeated"), "note")
    return replace(reply, blocks=(mark, *reply.blocks))
