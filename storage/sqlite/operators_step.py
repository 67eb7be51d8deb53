"""The migration of colleagues and operators: invitations, calendar feeds, questions, the audit log, roles
of processes, kept answers, and the indexes by which old rows are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = """
create table invitation (
  id text primary key,
  company_id text not null references company (id) on delete cascade,
  contact_id text not null references contact (id) on delete cascade,
  created_at integer not null,
  expires_at integer not null,
  used_by text,
  used_at integer
) strict;
create index invitation_company on invitation (company_id);
create index invitation_contact on invitation (contact_id);
create index invitation_used on invitation (used_by) where used_by is not null;
create table feed (
  id text primary key,
  company_id text not null references company (id) on delete cascade,
  contact_id text not null references contact (id) on delete cascade,
  created_at integer not null,
  revoked_at integer
) strict;
create index feed_company on feed (company_id);
create index feed_contact on feed (contact_id);
create table feedback (
  id text primary key,
  contact_id text,
  text text not null,
  kind text not null check (kind in ('unanswered', 'liked', 'disliked')),
  at integer not null,
  reason text not null,
  refs text not null,
  state text not null check (state in ('open', 'handled'))
) strict;
create index feedback_state on feedback (state, at);
create index feedback_at on feedback (at, kind);
create index feedback_contact on feedback (contact_id) where contact_id is not null;
create table audit (
  n integer primary key autoincrement,
  at integer not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null
) strict;
create table stored_answer (
  key text primary key,
  request text not null,
  status integer not null,
  body text not null,
  at integer not null
) strict;
create index stored_answer_at on stored_answer (at);
create table role (
  name text primary key,
  owner text not null,
  held_until integer not null
) strict, without rowid;
create index contact_seen on contact (seen_at);
create index transcript_at on transcript (at);
create index inbox_done on inbox (received_at) where state = 'done';
create index delivery_ended on delivery (changed_at, state) where state in ('sent', 'skipped', 'closed')
"""


def colleagues_and_operators(db: Database) -> None:
    """Invitations, feeds, questions, the audit log, kept answers, roles; indexes for counting and purging."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
