"""The server of the tests itself: a test that fails half way holds nothing up."""

from __future__ import annotations

import asyncio

import pytest

from storage.errors import StoreUnavailable
from storage.postgres import PostgresStore
from tests.storage.server import schema

pytestmark = pytest.mark.usefixtures("closing")


async def test_a_store_left_open_in_the_middle_of_a_change_is_cut_off(server: str) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with store.writing() as session:
            await session.change("insert into bookmark (name, value) values ('a', 'b')")
            begun.set()
            await asyncio.sleep(60)

    with schema(server, "left_open") as url:
        store = PostgresStore(url)
        await store.open()
        hanging = asyncio.create_task(hang())
        await begun.wait()
    with pytest.raises(StoreUnavailable):
        await store.waiting()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
