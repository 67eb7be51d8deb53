"""The difference between a talk and what it was loaded from, written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from storage.errors import Conflict
from storage.sql.enqueueing import enqueue
from storage.sql.erasing import erase, leave
from storage.sql.loading import Before, Loaded, collections
from storage.sql.planning import RULING
from storage.sql.session import Session
from storage.sql.tables import (
    ACK,
    COMPANY,
    CONTACT,
    DEADLINE,
    FEEDBACK,
    INVITATION,
    MEMBERSHIP,
    MOVE,
    SUBSCRIPTION,
    Row,
    Table,
)
from storage.sql.turns import touch

R = TypeVar("R")

_DONE = (
    "insert into inbox (id, chat, raw, received_at, state, attempts, error) "
    "values (?, ?, '{}', ?, 'done', 0, '') "
    "on conflict (id) do update set state = 'done', error = '' where inbox.state <> 'done'"
)
_IS_DONE = "select 1 from inbox where id = ? and state = 'done'"
_QUIET = "state in ('pending', 'claimed') and kind in ('lead', 'overdue', 'digest', 'snooze', 'escalation')"
_SKIP = (
    "update delivery set state = 'skipped', reason = ?, changed_at = ? "  # noqa: S608
    f"where deadline_id = ? and {_QUIET}"
)
_HUSH = f"{_SKIP} and contact_id = ?"
# A wish that ended, and what waits because of it: unless a narrower wish of the contact goes on.
_UNWANTED = f"""
update delivery set state = 'skipped', reason = 'muted', changed_at = :now
where contact_id = :contact and {_QUIET} and deadline_id in (
  select d.id from deadline d join subscription s on s.id = {RULING.format(contact=":contact")}
  where d.company_id = :company and s.state <> 'active')
"""  # noqa: S608
# Whoever pressed a button under a message has it.
_PROVE = (
    "update delivery set state = 'sent', reason = 'proved', changed_at = ? "
    "where id = ? and state = 'uncertain'"
)

# A change of these starts reminders afresh: what lay before it was told already.
_WATCHED = {"deadline": ("due", "state"), "subscription": ("leads", "state")}
# A change of these moves what is planned for a contact.
_HEARING = ("chat", "timezone", "preferred", "quiet_from", "quiet_to", "working_days_only", "state")


async def refuse_done(session: Session, update: str | None) -> None:
    """Raises Conflict when the update had its effect already."""
    if update is not None and await session.row(_IS_DONE, (update,)) is not None:
        raise Conflict(f"the update {update} is done already")


async def save(session: Session, loaded: Loaded, at: datetime, update: str | None) -> None:
    """Write what the block changed. Raises Conflict when the update was done meanwhile."""
    talk = loaded.talk
    if update is not None:
        await _mark_done(session, update, talk.contact.chat, at)
    if talk.erase:
        await erase(session, talk.contact)
    else:
        await _write(session, loaded, at)
    await enqueue(session, talk.outbox)


async def _mark_done(session: Session, update: str, chat: str, at: datetime) -> None:
    if await session.change(_DONE, (update, chat, session.moment(at))) != 1:
        raise Conflict(f"the update {update} is done already")


async def _write(session: Session, loaded: Loaded, at: datetime) -> None:
    talk = loaded.talk
    await touch(session, _planned_otherwise(session, loaded))
    for table, records in collections(talk):
        await _write_rows(session, table, loaded.before.get(table.name, {}), records.values(), at)
        if table is COMPANY:
            # Behind the company in play, which may be as new, and before all that names the contact.
            await _write_rows(session, CONTACT, loaded.before["contact"], [talk.contact], at)
    await _remove_rows(session, loaded)
    await _add(session, MOVE, talk.moves)
    await _add(session, INVITATION, talk.invitations)
    await _add(session, FEEDBACK, talk.feedback)
    now = session.moment(at)
    for company, contact in _ended(loaded):
        await session.change(_UNWANTED, {"now": now, "company": company, "contact": contact})
    for deadline_id, reason in talk.skip:
        await session.change(_SKIP, (reason, now, deadline_id))
    for deadline_id, reason in talk.hush:
        await session.change(_HUSH, (reason, now, deadline_id, talk.contact.id))


async def _add(session: Session, table: Table[R], records: Iterable[R]) -> None:
    """Insert what is new; what lies there with the same key stays as it is."""
    for record in records:
        await session.change(f"{table.insertion()} on conflict do nothing", session.shape(table).dump(record))


def _ended(loaded: Loaded) -> set[tuple[str, str]]:
    """Company and contact of each wish that this talk has ended or muted."""
    before = {was.id: was for _, was in loaded.before.get("subscription", {}).values()}
    return {
        (wish.company_id, wish.contact_id)
        for wish in loaded.talk.subscriptions.values()
        if wish.state != "active" and wish is not before.get(wish.id)
    }


def _planned_otherwise(session: Session, loaded: Loaded) -> set[str]:
    """The companies of whose deadlines this talk may have changed who hears when."""
    talk, companies = loaded.talk, set[str]()
    changing: tuple[tuple[Table[Any], dict[str, Any]], ...] = (
        (DEADLINE, talk.deadlines),
        (SUBSCRIPTION, talk.subscriptions),
    )
    for table, records in changing:
        before = {was.id: was for _, was in loaded.before.get(table.name, {}).values()}
        companies |= {now.company_id for now in records.values() if now is not before.get(now.id)}
        companies |= {was.company_id for was in before.values() if was.id not in records}
    if _hears_otherwise(session, loaded):
        companies |= {wish.company_id for wish in talk.subscriptions.values()}
    return companies


def _hears_otherwise(session: Session, loaded: Loaded) -> bool:
    """Whether the contact's reminders go out at another hour, to another place, or again."""
    values = session.shape(CONTACT).dump(loaded.talk.contact)
    places = [CONTACT.columns.index(column) for column in _HEARING]
    return any(
        old[place] != values[place] for old, _ in loaded.before["contact"].values() for place in places
    )


async def _write_rows(
    session: Session, table: Table[Any], before: Before, records: Iterable[Any], at: datetime
) -> None:
    known = {id(was) for _, was in before.values()}
    shape = session.shape(table)
    for record in records:
        if id(record) in known:
            continue
        values = shape.dump(record)
        key = shape.key_of(values)
        old, _ = before.get(key, (None, None))
        if table.name in _WATCHED:
            values = _since(table, values, old, session.moment(at))
        if old is None:
            await session.change(table.insertion(), values)
            if table is ACK:
                await session.change(_PROVE, (session.moment(at), values[0]))
        elif values != tuple(old):
            # Only the changed columns: a chat may have been found blocked while the talk went on.
            changed = tuple(place for place, value in enumerate(values) if value != old[place])
            columns = tuple(table.columns[place] for place in changed)
            await session.change(table.change(columns), (*(values[place] for place in changed), *key))


def _since(table: Table[Any], values: Row, old: Row | None, now: Any) -> tuple[Any, ...]:
    """The values with the moment from which reminders count."""
    place = table.columns.index("since")
    watched = [table.columns.index(column) for column in _WATCHED[table.name]]
    same = old is not None and all(values[other] == old[other] for other in watched)
    since = old[place] if old is not None and same else now
    return (*values[:place], since, *values[place + 1 :])


async def _remove_rows(session: Session, loaded: Loaded) -> None:
    """Delete what the block took out. A company that is left keeps what others still need of it."""
    talk = loaded.talk
    left = {str(key[0]) for key in loaded.before.get(COMPANY.name, {})} - talk.companies.keys()
    for company_id in left:
        await leave(session, talk.contact.id, company_id)
    for table, records in collections(talk):
        for key, (_, was) in loaded.before.get(table.name, {}).items():
            if (key[0] if len(key) == 1 else key) in records or getattr(was, "company_id", None) in left:
                continue
            if table is MEMBERSHIP:
                await leave(session, str(key[0]), str(key[1]))
            elif table is not COMPANY:
                await session.change(table.deletion(), key)
