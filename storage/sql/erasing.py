"""Forgetting: a contact with everything that only it knows, or its part in one company."""

from __future__ import annotations

from storage.records import Contact
from storage.sql.session import Session

_ALONE = (
    "select company_id from membership where contact_id = ?1 "
    "and not exists (select 1 from membership o "
    "where o.company_id = membership.company_id and o.contact_id <> ?1)"
)

_LEAVE = (
    "delete from membership where contact_id = ? and company_id = ?",
    "delete from subscription where contact_id = ? and company_id = ?",
    "delete from invitation where contact_id = ? and company_id = ?",
    "delete from feed where contact_id = ? and company_id = ?",
    (
        "update delivery set state = 'skipped', reason = 'left' where contact_id = ? and company_id = ? "
        "and state in ('pending', 'claimed') and kind <> 'reply'"
    ),
)


async def erase(session: Session, contact: Contact) -> None:
    """Remove the contact, the companies that nobody else speaks for, its messages and its journal.

    What it said about a company that others speak for stays with that company, without the words
    and the speaker. Ids of its updates stay, empty, so that a repeated one has no effect.
    """
    alone = await session.rows(_ALONE, (contact.id,))
    await session.change("update fact set words = '', contact_id = '' where contact_id = ?", (contact.id,))
    await session.change("update deadline set settled_by = null where settled_by = ?", (contact.id,))
    await session.change("update listing set contact_id = null where contact_id = ?", (contact.id,))
    await session.change("update deadline_move set contact_id = null where contact_id = ?", (contact.id,))
    await session.change("update feedback set contact_id = null where contact_id = ?", (contact.id,))
    # An invitation that it used stays used. Those that it made, and its feeds, go with it below.
    await session.change("update invitation set used_by = null where used_by = ?", (contact.id,))
    for (company_id,) in alone:
        await _remove_company(session, company_id)
    for statement in (
        "delete from delivery where chat = ? or contact_id = ?",
        "delete from contact where chat = ? or id = ?",
    ):
        await session.change(statement, (contact.chat, contact.id))
    await session.change("delete from transcript where chat = ?", (contact.chat,))
    # What waits was said after the wish to be forgotten: it is heard as anybody's first words.
    await session.change(
        "update inbox set raw = '{}', chat = '', error = '', state = 'done'"
        " where chat = ? and state <> 'new'",
        (contact.chat,),
    )


async def leave(session: Session, contact_id: str, company_id: str) -> None:
    """The contact no longer speaks for the company; the last one to leave removes it."""
    for statement in _LEAVE:
        await session.change(statement, (contact_id, company_id))
    others = await session.row("select 1 from membership where company_id = ? limit 1", (company_id,))
    if others is None:
        await _remove_company(session, company_id)


async def _remove_company(session: Session, company_id: str) -> None:
    await session.change("delete from company where id = ?", (company_id,))
