"""Migrations after the first: what each release added to the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_MOVES = """
alter table deadline add column computed text;
alter table attempt add column text text not null default '';
create table deadline_move (
  deadline_id text not null references deadline (id) on delete cascade,
  revision integer not null,
  company_id text not null,
  was_due text not null,
  due text,
  reason text not null,
  detail text not null,
  moved_at integer not null,
  contact_id text,
  primary key (deadline_id, revision)
) strict, without rowid;
create index deadline_move_company on deadline_move (company_id, moved_at);
create index delivery_near on delivery (deadline_id) where lead <= 1;
create table ack_wider (
  tap text primary key,
  delivery_id integer not null references delivery (id) on delete cascade,
  contact_id text not null,
  action text not null check (action in ('done', 'snooze', 'mute', 'seen')),
  at integer not null
) strict, without rowid;
insert into ack_wider select tap, delivery_id, contact_id, action, at from ack;
drop table ack;
alter table ack_wider rename to ack;
create index ack_contact on ack (contact_id);
create index ack_delivery on ack (delivery_id)
"""

_INBOX_CHANNEL = """
alter table inbox add column channel text not null generated always as
  (substr(chat, 1, instr(chat, ':') - 1)) virtual;
create index inbox_new_on on inbox (channel, n) where state = 'new'
"""


_LISTS = """
create table published_list (
  id text primary key,
  name text not null,
  published_on text not null,
  loaded_at integer not null
) strict;
create table listed_company (
  id text primary key,
  list_id text not null references published_list (id) on delete cascade,
  line integer not null,
  name text not null,
  credit_code text not null,
  district text not null,
  industry text not null,
  kind text not null,
  published_on text
) strict;
create index listed_company_list on listed_company (list_id, line);
create table listing (
  row_id text not null references listed_company (id) on delete cascade,
  company_id text not null references company (id) on delete cascade,
  list_name text not null,
  line integer not null,
  name text not null,
  published_on text not null,
  industry text not null,
  kind text not null,
  credit_code text not null,
  state text not null check (state in ('asked', 'yes', 'no')),
  contact_id text,
  answered_at integer,
  primary key (row_id, company_id)
) strict, without rowid;
create index listing_company on listing (company_id)
"""


def moves_and_escalation(db: Database) -> None:
    """How deadlines moved, dates that a notice gives, texts as sent, and that a reminder was seen."""
    _run(db, _MOVES)


def inbox_by_channel(db: Database) -> None:
    """Waiting updates of one channel, however many wait on another."""
    _run(db, _INBOX_CHANNEL)


def published_lists(db: Database) -> None:
    """Lists of enterprises that operators loaded, and whom they were found to speak of."""
    _run(db, _LISTS)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        db.execute(statement)
