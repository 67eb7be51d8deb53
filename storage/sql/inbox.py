"""Updates kept before they are acknowledged, and the small values that channels remember."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import Update
from storage.sql.session import Room
from storage.sql.tables import UPDATE

_RECEIVE = f"{UPDATE.insertion()} on conflict (id) do nothing"
_WAITING = f"select {UPDATE.selection()} from inbox where state = 'new' order by n limit ?"  # noqa: S608
_WAITING_ON = f"select {UPDATE.selection()} from inbox where state = 'new' and channel = ? order by n limit ?"  # noqa: S608
_FAILED = "update inbox set attempts = attempts + 1, error = ?, state = ? where id = ? and state = 'new'"
_SET = (
    "insert into bookmark (name, value) values (?, ?) on conflict (name) do update set value = excluded.value"
)


class Inbox(Room):
    """Inbox and bookmarks."""

    async def receive(self, updates: Sequence[Update]) -> int:
        """See Store.receive."""
        if not updates:
            return 0
        async with self.writing() as session:
            dump = session.shape(UPDATE).dump
            return await session.change_each(_RECEIVE, [dump(update) for update in updates])

    async def waiting(self, limit: int = 100, *, channel: str | None = None) -> list[Update]:
        """See Store.waiting."""
        async with self.reading() as session:
            if channel is None:
                return await session.records(UPDATE, _WAITING, (limit,))
            return await session.records(UPDATE, _WAITING_ON, (channel, limit))

    async def failed(self, update: str, error: str, *, poison: bool) -> None:
        """See Store.failed."""
        async with self.writing() as session:
            await session.change(_FAILED, (error, "poison" if poison else "new", update))

    async def bookmark(self, name: str) -> str | None:
        """See Store.bookmark."""
        async with self.reading() as session:
            row = await session.row("select value from bookmark where name = ?", (name,))
            return None if row is None else str(row[0])

    async def set_bookmark(self, name: str, value: str) -> None:
        """See Store.set_bookmark."""
        async with self.writing() as session:
            await session.change(_SET, (name, value))
