"""Updates kept before they are acknowledged, and the small values that channels remember."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import Update
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.rows import UPDATE

_RECEIVE = f"{UPDATE.insertion()} on conflict (id) do nothing"
_WAITING = f"select {UPDATE.selection()} from inbox where state = 'new' order by n limit ?"  # noqa: S608
_FAILED = (
    "update inbox set attempts = attempts + 1, error = ?, state = case when ? then 'poison' else state end "
    "where id = ? and state = 'new'"
)
_SET = (
    "insert into bookmark (name, value) values (?, ?) on conflict (name) do update set value = excluded.value"
)


class SqliteInbox(SqliteRoom):
    """Inbox and bookmarks."""

    async def receive(self, updates: Sequence[Update]) -> int:
        """See Store.receive."""
        if not updates:
            return 0
        async with self._writing() as connection:
            return sum(connection.execute(_RECEIVE, UPDATE.dump(update)).rowcount for update in updates)

    async def waiting(self, limit: int = 100) -> list[Update]:
        """See Store.waiting."""
        with self._reading() as connection:
            return [UPDATE.load(row) for row in connection.execute(_WAITING, (limit,))]

    async def failed(self, update: str, error: str, *, poison: bool) -> None:
        """See Store.failed."""
        async with self._writing() as connection:
            connection.execute(_FAILED, (error, poison, update))

    async def bookmark(self, name: str) -> str | None:
        """See Store.bookmark."""
        with self._reading() as connection:
            row = connection.execute("select value from bookmark where name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    async def set_bookmark(self, name: str, value: str) -> None:
        """See Store.set_bookmark."""
        async with self._writing() as connection:
            connection.execute(_SET, (name, value))
