"""How everything that is said leaves: the senders that the settings ask for, and one loop over them."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import datetime
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


def delivery_loop(
    settings: Settings, store: Store, sources: Sources, through: list[Sender], clock: Clock
) -> ReminderLoop:
    """Plans, sends and escalates through these senders."""
    works = sources.rulebook.is_workday
    dispatcher = Dispatcher(
        store,
        through,
        Composer(partial(describe, sources)),
        owner=f"{socket.gethostname()}:{os.getpid()}",
        limits={"telegram": Limits()},
    )
    operators = [f"telegram:{operator}" for operator in settings.operators]
    return ReminderLoop(
        Planner(store, leads=sources.leads, works=works),
        dispatcher,
        clock,
        escalator=Escalator(store, operators, works=works),
    )
