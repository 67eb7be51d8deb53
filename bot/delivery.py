"""How everything that is said leaves: the senders that the settings ask for, and one loop over them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.channels.web.notifier import Notifier
from bot.channels.web.sender import WebSender
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.escalator import Escalator
from bot.reminders.limits import Limits
from bot.reminders.loop import Clock, ReminderLoop
from bot.reminders.notices import Composer
from bot.reminders.planner import Planner
from bot.reminders.sending import Sender
from bot.roles import Role
from bot.settings import Settings
from bot.skills.describing import describe
from bot.turn import Sources
from storage.store import Store

if TYPE_CHECKING:
    from bot.channels.telegram.building import TelegramBot


def telegram_bot(settings: Settings) -> TelegramBot | None:
    """The Telegram client, not yet connected; None without a token."""
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram.building import build_telegram

    return build_telegram(
        settings.telegram_token.get_secret_value(),
        api_url=str(settings.telegram_api_url) if settings.telegram_api_url else None,
        proxy=settings.telegram_proxy,
    )


def senders(
    settings: Settings,
    store: Store,
    notifier: Notifier,
    clock: Callable[[], datetime],
    bot: TelegramBot | None,
) -> list[Sender]:
    """A sender for each channel that is set up."""
    found: list[Sender] = [WebSender(store, notifier, clock=clock)]
    if bot is not None:
        from bot.channels.telegram.sender import TelegramSender

        found.append(TelegramSender(bot, store))
    if settings.notify is not None:
        from bot.channels.apprise.addresses import read_addresses
        from bot.channels.apprise.sender import AppriseSender

        found.append(AppriseSender(read_addresses(settings.notify.get_secret_value())))
    return found


class ElectedDispatcher(Dispatcher):
    """Sends on a channel only while this process has its role: Telegram's limits hold for all of its
    messages together, and only one process can keep count."""

    def __init__(
        self,
        store: Store,
        senders: Sequence[Sender],
        composer: Composer,
        *,
        owner: str,
        limits: Mapping[str, Limits],
        roles: Mapping[str, Role],
    ) -> None:
        """``roles`` are by channel; a channel without one is sent to by every process."""
        super().__init__(store, senders, composer, owner=owner, limits=limits)
        self._roles = dict(roles)
        self._news = False  # put in by this process since it last rang

    def wake(self) -> None:
        """See Dispatcher.wake."""
        self._news = True
        super().wake()

    async def attend(self) -> None:
        """Be seen by the other processes, and look as soon as one of them rings, until cancelled."""
        await self._store.attend(self._owner, super().wake)

    async def step(self, channel: str, clock: Callable[[], datetime]) -> bool:
        """See Dispatcher.step. Who may not send tells those who may."""
        held = self._roles.get(channel)
        if held is None or await held.held(clock()):
            return await super().step(channel, clock)
        if self._news:
            self._news = False
            await self._store.ring()
        return False

    async def let_go(self) -> None:
        """Give the roles up; another process takes them at once."""
        for held in self._roles.values():
            await held.let_go()


class ElectedLoop(ReminderLoop):
    """A loop that gives its dispatcher's roles up when it ends."""

    def __init__(
        self, planner: Planner, dispatcher: ElectedDispatcher, clock: Clock, *, escalator: Escalator
    ) -> None:
        super().__init__(planner, dispatcher, clock, escalator=escalator)
        self._elected = dispatcher

    async def run(self, stop: asyncio.Event) -> None:
        """See ReminderLoop.run."""
        attending = asyncio.create_task(self._elected.attend())
        try:
            await super().run(stop)
        finally:
            await self._elected.let_go()
            attending.cancel()
            await asyncio.gather(attending, return_exceptions=True)


def role(settings: Settings, store: Store, name: str, owner: str) -> Role | None:
    """A role that one of several processes has at a time; None where one process serves."""
    if not settings.database_url.startswith("postgresql:"):
        return None
    return Role(store, name, owner)


def delivery_loop(
    settings: Settings, store: Store, sources: Sources, through: list[Sender], clock: Clock, owner: str
) -> ReminderLoop:
    """Plans, sends and escalates through these senders; ``owner`` names this process."""

    def works(day: date) -> bool:
        return sources.rulebook.is_workday(day)  # asked each time: the rulebook can be loaded again

    sender = role(settings, store, "sender:telegram", owner)
    dispatcher = ElectedDispatcher(
        store,
        through,
        Composer(partial(describe, sources)),
        owner=owner,
        limits={"telegram": Limits()},
        roles={"telegram": sender} if sender is not None else {},
    )
    operators = [f"telegram:{operator}" for operator in settings.operators]
    return ElectedLoop(
        Planner(store, leads=sources.leads, works=works),
        dispatcher,
        clock,
        escalator=Escalator(store, operators, works=works),
    )
