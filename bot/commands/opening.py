"""The store of the settings, opened for one command."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.settings import Settings, read_settings
from storage.opening import open_store
from storage.store import Store


def with_store(work: Callable[[Settings, Store], Awaitable[None]]) -> None:
    """Open the store of the settings, work, close it."""

    async def opened() -> None:
        settings = read_settings()
        store = open_store(settings.database_url, zone=settings.timezone)
        await store.open()
        try:
            await work(settings, store)
        finally:
            await store.close()

    asyncio.run(opened())
