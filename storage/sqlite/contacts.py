"""Who can be reached where."""

from __future__ import annotations

import sqlite3
from typing import Literal

from storage.records import Contact
from storage.sqlite.connection import SqliteRoom
from storage.sqlite.rows import CONTACT

_OF_COMPANY = (
    f"select {CONTACT.selection('c')} from contact c join membership m on m.contact_id = c.id "  # noqa: S608
    "where m.company_id = ? order by m.rank, c.id"
)
_UNREACHED = (
    "update delivery set state = 'skipped', reason = ?, owner = null, lease_until = null "
    "where chat = ? and state in ('pending', 'claimed')"
)
_SAME_SUBSCRIPTION = (
    "select 1 from subscription o where o.contact_id = ? and o.company_id = subscription.company_id "
    "and o.scope = subscription.scope and o.scope_id = subscription.scope_id"
)


class SqliteContacts(SqliteRoom):
    """Contacts as the dispatcher and the operator see them."""

    async def contacts(self, company_id: str) -> list[Contact]:
        """See Store.contacts."""
        with self._reading() as connection:
            return [CONTACT.load(row) for row in connection.execute(_OF_COMPANY, (company_id,))]

    async def contact_state(self, chat: str, state: Literal["active", "blocked", "gone", "paused"]) -> None:
        """See Store.contact_state. What waits for a chat that cannot be reached is skipped with it."""
        async with self._writing() as connection:
            connection.execute("update contact set state = ? where chat = ?", (state, chat))
            if state in ("blocked", "gone"):
                connection.execute(_UNREACHED, (state, chat))

    async def move_chat(self, old: str, new: str) -> None:
        """See Store.move_chat. Where the new chat has talked already, the old contact takes that one in."""
        if old == new:
            return
        async with self._writing() as connection:
            _take_in(connection, old, new)
            for table in ("contact", "delivery", "inbox", "transcript"):
                connection.execute(f"update {table} set chat = ? where chat = ?", (new, old))  # noqa: S608


def _take_in(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Fold the new chat's contact into the old one, whose id stands in the keys of its reminders."""
    ids = dict(connection.execute("select chat, id from contact where chat in (?, ?)", (old, new)).fetchall())
    if len(ids) < 2:
        return
    pair = (ids[old], ids[new])
    connection.execute("update or ignore membership set contact_id = ? where contact_id = ?", pair)
    connection.execute(
        f"update subscription set contact_id = ? where contact_id = ? and not exists ({_SAME_SUBSCRIPTION})",  # noqa: S608
        (*pair, ids[old]),
    )
    connection.execute("update fact set contact_id = ? where contact_id = ?", pair)
    connection.execute("update ack set contact_id = ? where contact_id = ?", pair)
    # Reminders planned for the contact that goes are planned again for the one that stays.
    connection.execute(
        "update delivery set state = 'skipped', reason = 'moved' "
        "where contact_id = ? and state in ('pending', 'claimed') and kind <> 'reply'",
        (ids[new],),
    )
    connection.execute("update delivery set contact_id = ? where contact_id = ?", pair)
    connection.execute("delete from contact where id = ?", (ids[new],))
