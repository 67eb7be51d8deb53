"""Who can be reached where."""

from __future__ import annotations

from typing import Literal

from storage.records import Contact
from storage.sql.session import Room, Session
from storage.sql.tables import CONTACT
from storage.sql.turns import touch_chat

_OF_COMPANY = (
    f"select {CONTACT.selection('c')} from contact c join membership m on m.contact_id = c.id "  # noqa: S608
    "where m.company_id = ? order by m.rank, c.id"
)
_SET_STATE = "update contact set state = ? where chat = ? and state <> ?"
_UNREACHED = (
    "update delivery set state = 'skipped', reason = ?, owner = null, lease_until = null "
    "where chat = ? and state in ('pending', 'claimed')"
)
_TAKE_OVER = (
    "update membership set contact_id = ?1 where contact_id = ?2 and not exists "
    "(select 1 from membership o where o.contact_id = ?1 and o.company_id = membership.company_id)"
)
_TAKE_WISHES = (
    "update subscription set contact_id = ?1 where contact_id = ?2 and not exists "
    "(select 1 from subscription o where o.contact_id = ?1 and o.company_id = subscription.company_id "
    "and o.scope = subscription.scope and o.scope_id = subscription.scope_id)"
)
# Where a contact is named as having said, made or used something.
_SPOKEN_BY = (
    "fact.contact_id",
    "deadline.settled_by",
    "deadline_move.contact_id",
    "listing.contact_id",
    "ack.contact_id",
    "invitation.contact_id",
    "invitation.used_by",
    "feed.contact_id",
    "feedback.contact_id",
)
_PUT_ASIDE = (
    "update delivery set state = 'skipped', reason = 'moved' "
    "where contact_id = ? and state in ('pending', 'claimed') and kind <> 'reply'"
)


class Contacts(Room):
    """Contacts as the dispatcher and the operator see them."""

    async def contacts(self, company_id: str) -> list[Contact]:
        """See Store.contacts."""
        async with self.reading() as session:
            return await session.records(CONTACT, _OF_COMPANY, (company_id,))

    async def contact_state(self, chat: str, state: Literal["active", "blocked", "gone", "paused"]) -> None:
        """See Store.contact_state. What waits for a chat that cannot be reached is skipped with it."""
        async with self.writing() as session:
            if await session.change(_SET_STATE, (state, chat, state)):
                await touch_chat(session, chat)
            if state in ("blocked", "gone"):
                await session.change(_UNREACHED, (state, chat))

    async def move_chat(self, old: str, new: str) -> None:
        """See Store.move_chat. Where the new chat has talked already, the old contact takes that one in."""
        if old == new:
            return
        async with self.writing() as session:
            await _take_in(session, old, new)
            for table in ("contact", "delivery", "inbox", "transcript"):
                await session.change(f"update {table} set chat = ? where chat = ?", (new, old))  # noqa: S608
            await touch_chat(session, new)


async def _take_in(session: Session, old: str, new: str) -> None:
    """Fold the new chat's contact into the old one, whose id stands in the keys of its reminders."""
    found = await session.rows("select chat, id from contact where chat in (?, ?)", (old, new))
    ids: dict[str, str] = dict(found)
    if len(ids) < 2:
        return
    pair = (ids[old], ids[new])
    await session.change(_TAKE_OVER, pair)
    await session.change(_TAKE_WISHES, pair)
    for column in _SPOKEN_BY:
        table, _, name = column.partition(".")
        await session.change(f"update {table} set {name} = ? where {name} = ?", pair)  # noqa: S608
    # Reminders planned for the contact that goes are planned again for the one that stays.
    await session.change(_PUT_ASIDE, (ids[new],))
    await session.change("update delivery set contact_id = ? where contact_id = ?", pair)
    await session.change("delete from contact where id = ?", (ids[new],))
