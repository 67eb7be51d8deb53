"""The whole service as an attacker meets it: every address that `serve` serves, over an empty store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import count
from typing import Any

import httpx

from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.channels.web.guard import HEADER
from bot.service import Service
from bot.settings import Settings
from storage.opening import open_store
from storage.store import Store
from tests.bot.talks import NOW

PASSWORD = "an operator's long password"
WEBHOOK_SECRET = "the-webhook-secret"
METRICS_TOKEN = "the-token-of-metrics"
API_SECRET = "the-secret-of-a-consultant"
OTHER_SECRET = "the-secret-of-another"
BOT_TOKEN = "123456:AAbbCCddEEffGGhhIIjj"
SECRETS = (PASSWORD, WEBHOOK_SECRET, METRICS_TOKEN, API_SECRET, OTHER_SECRET, BOT_TOKEN)
SITE = "https://xize.test"
FAR = "203.0.113.9"


def settings(**own: Any) -> Settings:
    """Everything switched on."""
    given: dict[str, Any] = {
        "telegram_token": BOT_TOKEN,
        "telegram_mode": "webhook",
        "public_url": SITE,
        "webhook_secret": WEBHOOK_SECRET,
        "operator_password": PASSWORD,
        "metrics_token": METRICS_TOKEN,
        "api_keys": f"one:read+check+converse:{API_SECRET},two:read:{OTHER_SECRET}",
        **own,
    }
    return Settings(**given)


class House:
    """A service that answers in process."""

    def __init__(self, store: Store, chosen: Settings) -> None:
        self.store = store
        ids = count(1)
        make = partial(_assistant, store, lambda: f"id{next(ids)}")
        self.service = Service(chosen, store, load_sources(), make, lambda: NOW)
        self.app = self.service._web()

    def caller(self, address: str = FAR, site: str = SITE, **headers: str) -> httpx.AsyncClient:
        """Somebody at a network address."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 4711))
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return httpx.AsyncClient(transport=transport, base_url=site, headers=named)

    async def browser(self, **headers: str) -> httpx.AsyncClient:
        """Somebody with the chat page open."""
        browser = self.caller(**{HEADER: "1", **headers})
        await browser.get("/")
        return browser

    async def answered(self) -> None:
        """All that was said has been answered."""
        await self.service._reminders.once()


def _assistant(store: Store, new_id: Any, outbox: tuple[str, ...]) -> Assistant:
    return Assistant(load_sources(), load_reader(), store, new_id=new_id, outbox=outbox, most_companies=5)


@asynccontextmanager
async def open_house(**own: Any) -> AsyncIterator[House]:
    """A house over an empty store."""
    store = open_store("sqlite:///:memory:")
    await store.open()
    try:
        yield House(store, settings(**own))
    finally:
        await store.close()
