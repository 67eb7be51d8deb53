"""Processes that share a database see at once when one of them has ended, and ring when there is news.

Each keeps a connection that stands for it: the server ends that when the process ends, however it ends.
Rings are hints: who misses one looks by itself a moment later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from psycopg import AsyncConnection

from storage.errors import StoreError
from storage.postgres.connection import PARAMETERS, PostgresRoom, translated

log = logging.getLogger(__name__)

_AGAIN = 1.0  # seconds after which a lost connection is made again
_LISTEN = "listen xize_news"
_RING = "select pg_notify('xize_news', '')"
_APPEAR = """
insert into presence (owner, connection, since)
select %s, live.pid, live.backend_start from pg_stat_activity as live where live.pid = pg_backend_pid()
on conflict (owner) do update set connection = excluded.connection, since = excluded.since
"""
# Only those of whom nothing is left to take over.
_FORGET = """
delete from presence where gone(owner)
  and not exists (select 1 from role where role.owner = presence.owner)
  and not exists (select 1 from delivery
    where state in ('claimed', 'sending') and delivery.owner = presence.owner)
"""


class PostgresPresence(PostgresRoom):
    """Being seen, and seeing."""

    async def attend(self, owner: str, rung: Callable[[], None]) -> None:
        """See Store.attend."""
        while True:
            try:
                await self._attend(owner, rung)
            except StoreError as error:
                log.warning("the connection that stands for this process is made again: %s", error)
            except Exception:
                log.exception("the connection that stands for this process is made again")
            await asyncio.sleep(_AGAIN)

    async def ring(self) -> None:
        """See Store.ring."""
        async with self.preparing() as session:
            await session.rows(_RING)

    async def _attend(self, owner: str, rung: Callable[[], None]) -> None:
        with translated():
            connection = await AsyncConnection.connect(self._url, autocommit=True, **PARAMETERS)
            async with connection:
                await connection.execute(_FORGET)
                await connection.execute(_APPEAR, (owner,))
                await connection.execute(_LISTEN)
                async for _ in connection.notifies():
                    rung()
