"""Forgetting: a contact with everything that only it knows, or its part in one company."""

from __future__ import annotations

import sqlite3

from storage.records import Contact

_ALONE = (
    "select company_id from membership where contact_id = ? "
    "and not exists (select 1 from membership o "
    "where o.company_id = membership.company_id and o.contact_id <> ?)"
)

_LEAVE = (
    "delete from membership where contact_id = ? and company_id = ?",
    "delete from subscription where contact_id = ? and company_id = ?",
    (
        "update delivery set state = 'skipped', reason = 'left' where contact_id = ? and company_id = ? "
        "and state in ('pending', 'claimed') and kind <> 'reply'"
    ),
)


def erase(connection: sqlite3.Connection, contact: Contact) -> None:
    """Remove the contact, the companies that nobody else speaks for, its messages and its journal.

    What it said about a company that others speak for stays with that company, without the words
    and the speaker. Ids of its updates stay, empty, so that a repeated one has no effect.
    """
    alone = [row[0] for row in connection.execute(_ALONE, (contact.id, contact.id))]
    connection.execute("update fact set words = '', contact_id = '' where contact_id = ?", (contact.id,))
    connection.execute("update deadline set settled_by = null where settled_by = ?", (contact.id,))
    connection.execute("update deadline_move set contact_id = null where contact_id = ?", (contact.id,))
    for company_id in alone:
        _remove_company(connection, company_id)
    for statement in (
        "delete from delivery where chat = ? or contact_id = ?",
        "delete from contact where chat = ? or id = ?",
    ):
        connection.execute(statement, (contact.chat, contact.id))
    connection.execute("delete from transcript where chat = ?", (contact.chat,))
    connection.execute(
        "update inbox set raw = '{}', chat = '', error = '', state = 'done' where chat = ?", (contact.chat,)
    )


def leave(connection: sqlite3.Connection, contact_id: str, company_id: str) -> None:
    """The contact no longer speaks for the company; the last one to leave removes it."""
    for statement in _LEAVE:
        connection.execute(statement, (contact_id, company_id))
    others = connection.execute("select 1 from membership where company_id = ? limit 1", (company_id,))
    if others.fetchone() is None:
        _remove_company(connection, company_id)


def _remove_company(connection: sqlite3.Connection, company_id: str) -> None:
    connection.execute("delete from company where id = ?", (company_id,))
