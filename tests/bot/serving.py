"""The whole service over a store, with the clock standing still."""

from __future__ import annotations

from functools import partial

from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.service import Service
from bot.settings import Settings
from storage.store import Store
from tests.bot.talks import NOW


def service_over(store: Store, settings: Settings) -> Service:
    """A service that is not running yet."""
    return Service(settings, store, load_sources(), partial(_assistant, store), lambda: NOW)


def _assistant(store: Store, outbox: tuple[str, ...]) -> Assistant:
    return Assistant(load_sources(), load_reader(), store, new_id=lambda: "id", outbox=outbox)
