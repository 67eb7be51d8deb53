"""The API over the real assistant and a store in memory, mounted as in the product."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from fastapi import FastAPI

from bot.api.house import House
from bot.api.keys import Key, read_keys
from bot.api.server import PREFIX, create_api
from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.channels.web.problems import serve_problems
from storage.opening import open_store
from storage.store import Store
from tests.bot.talks import NOW

SECRETS = {"all": "secret-of-all", "reader": "secret-of-reader", "checker": "secret-of-checker"}
KEYS = read_keys(
    (
        f"all:read+check+converse:{SECRETS['all']}",
        f"reader:read:{SECRETS['reader']}",
        f"checker:check:{SECRETS['checker']}",
        "other:read+check+converse:secret-of-other",
    )
)
LISTED = "我们上了强制审核名单，2026年11月20日发布的"


class ApiHouse:
    """The API and those who call it. ``now`` is the clock."""

    def __init__(
        self, store: Store, folder: Path, keys: Sequence[Key], *, lifespan: Any = None, **options: Any
    ) -> None:
        self.now: datetime = NOW
        self.store = store
        self.uploads = folder
        ids = count(1)
        sources = load_sources()
        self.assistant = Assistant(
            sources, load_reader(), store, new_id=lambda: f"id{next(ids)}", outbox=("web", "api")
        )
        self.house = House(
            self.assistant,
            self.assistant.answer,
            store,
            sources,
            lambda: self.now,
            ZoneInfo("Asia/Shanghai"),
            folder,
        )
        self.app = FastAPI(lifespan=lifespan)
        serve_problems(self.app)
        self.app.mount(PREFIX, create_api(self.house, keys, **options))

    def caller(self, name: str | None = "all", *, near: bool = False, **headers: str) -> httpx.AsyncClient:
        """Who calls with the key of this name, from this machine or from afar."""
        if name is not None:
            headers["Authorization"] = f"Bearer {SECRETS.get(name, f'secret-of-{name}')}"
        address = ("127.0.0.1", 50_000) if near else ("203.0.113.7", 50_000)
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False, client=address),
            base_url=f"http://{'127.0.0.1:8080' if near else 'xize.test'}{PREFIX}",
            headers=headers,
        )

    def passes(self, **time: float) -> None:
        """Time goes by."""
        self.now += timedelta(**time)


@asynccontextmanager
async def open_api(folder: Path, keys: Sequence[Key] = KEYS, **options: Any) -> AsyncIterator[ApiHouse]:
    """A house over an empty store. ``options`` go to create_api."""
    store = open_store("sqlite:///:memory:")
    await store.open()
    try:
        yield ApiHouse(store, folder, keys, **options)
    finally:
        await store.close()
