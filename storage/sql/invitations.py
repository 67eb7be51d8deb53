"""Colleagues who join a company by invitation, and the calendar feeds of companies."""

from __future__ import annotations

import uuid
from datetime import datetime

from storage.records import Company, Contact, Deadline, Feed, Membership
from storage.sql.session import Room, Session
from storage.sql.tables import COMPANY, CONTACT, DEADLINE, FEED, MEMBERSHIP

COMPANY_OF = "select company_id from invitation where id = ?"
# What an invitation is still good for: it names its company until it expires, and to who used it.
_INVITED = f"""
select {COMPANY.selection("o")}, i.used_at is null, m.contact_id is not null
from invitation i join company o on o.id = i.company_id
left join contact c on c.chat = :chat
left join membership m on m.contact_id = c.id and m.company_id = i.company_id
where i.id = :invitation
  and (i.used_at is null and i.expires_at > :at or i.used_at is not null and i.used_by = c.id)
"""  # noqa: S608
_USE = "update invitation set used_by = ?, used_at = ? where id = ? and used_at is null"
_LAST = "select coalesce(max(rank), -1) + 1 from membership where company_id = ?"
_CONTACT = "select id from contact where chat = ?"

_FEED = f"""
select {FEED.selection("f")}, {COMPANY.selection("o")}
from feed f join company o on o.id = f.company_id where f.id = ? and f.revoked_at is null
"""  # noqa: S608
_DATES = (
    f"select {DEADLINE.selection()} from deadline "  # noqa: S608
    "where company_id = ? and state in ('open', 'done') order by due, id"
)


class Feeds(Room):
    """Calendar feeds as calendars fetch them."""

    async def feed(self, feed_id: str) -> tuple[Feed, Company, list[Deadline]] | None:
        """See Store.feed. The deadlines are in order of their day."""
        async with self.reading() as session:
            row = await session.row(_FEED, (feed_id,))
            if row is None:
                return None
            width = len(FEED.columns)
            company = session.shape(COMPANY).load(row[width:])
            dates = await session.records(DEADLINE, _DATES, (company.id,))
            return session.shape(FEED).load(row[:width]), company, dates


async def use_invitation(
    session: Session, invitation_id: str, chat: str, *, at: datetime, zone: str
) -> Company | None:
    """Let the chat's contact speak for the invitation's company; see Store.join. Whoever speaks for it
    already leaves the invitation to somebody else; who used it and left does not come back by it. Who is
    new is in ``zone``."""
    now = session.moment(at)
    row = await session.row(_INVITED, {"invitation": invitation_id, "chat": chat, "at": now})
    if row is None:
        return None
    *company, is_unused, is_member = row
    if not is_member:
        if not is_unused:
            return None
        contact_id = await _contact(session, chat, at, zone)
        if await session.change(_USE, (contact_id, now, invitation_id)) != 1:
            return None
        await _add_last(session, contact_id, company[0])
    return session.shape(COMPANY).load(tuple(company))


async def _contact(session: Session, chat: str, at: datetime, zone: str) -> str:
    row = await session.row(_CONTACT, (chat,))
    if row is not None:
        return str(row[0])
    contact = Contact(id=uuid.uuid4().hex, chat=chat, timezone=zone, seen_at=at)
    await session.change(CONTACT.insertion(), session.shape(CONTACT).dump(contact))
    return contact.id


async def _add_last(session: Session, contact_id: str, company_id: str) -> None:
    row = await session.row(_LAST, (company_id,))
    assert row is not None  # noqa: S101 - an aggregate always gives a row
    member = Membership(contact_id, company_id, int(row[0]))
    await session.change(MEMBERSHIP.insertion(), session.shape(MEMBERSHIP).dump(member))
