"""The tables, as migrations that only go forward. Times are integer microseconds since 1970 UTC,
days and hours ISO text, whatever has an inner shape JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import StoreUnavailable
from storage.sqlite.later_steps import inbox_by_channel, moves_and_escalation, published_lists
from storage.sqlite.operators_step import colleagues_and_operators
from storage.sqlite.planning_step import planning_turns

if TYPE_CHECKING:
    from sqlite_utils import Database

_PEOPLE = """
create table company (
  id text primary key,
  name text not null,
  credit_code text not null
) strict;
create table contact (
  id text primary key,
  chat text not null unique,
  language text not null,
  timezone text not null,
  preferred text not null,
  quiet_from text,
  quiet_to text,
  working_days_only integer not null,
  company_id text references company (id) on delete set null,
  state text not null check (state in ('active', 'blocked', 'gone', 'paused')),
  session text not null,
  seen_at integer
) strict;
create table membership (
  contact_id text not null references contact (id) on delete cascade,
  company_id text not null references company (id) on delete cascade,
  rank integer not null,
  primary key (contact_id, company_id)
) strict, without rowid;
create index membership_company on membership (company_id);
create table fact (
  company_id text not null references company (id) on delete cascade,
  name text not null,
  value text not null,
  words text not null,
  said_at integer not null,
  contact_id text not null,
  primary key (company_id, name)
) strict, without rowid
"""

_DEADLINES = """
create table deadline (
  id text primary key,
  company_id text not null references company (id) on delete cascade,
  key text not null,
  title text not null,
  "trigger" text not null,
  trigger_on text not null,
  due text not null,
  revision integer not null,
  state text not null check (state in ('open', 'done', 'cancelled', 'superseded')),
  settled_at integer,
  settled_by text,
  origin text not null,
  rulebook text not null,
  since integer
) strict;
create index deadline_company on deadline (company_id);
create index deadline_open on deadline (due) where state = 'open';
create table subscription (
  id text primary key,
  contact_id text not null references contact (id) on delete cascade,
  company_id text not null references company (id) on delete cascade,
  scope text not null check (scope in ('company', 'deadline', 'topic')),
  scope_id text not null,
  leads text,
  state text not null check (state in ('active', 'muted', 'ended')),
  since integer
) strict;
create index subscription_company on subscription (company_id);
create index subscription_contact on subscription (contact_id)
"""

# A delivery names its contact, company and deadline without a foreign key: the journal outlives them.
_DELIVERIES = """
create table delivery (
  id integer primary key autoincrement,
  dedupe_key text not null unique,
  chat text not null,
  channel text not null generated always as (substr(chat, 1, instr(chat, ':') - 1)) stored,
  kind text not null,
  due_at integer not null,
  payload text not null,
  priority integer not null,
  contact_id text,
  company_id text,
  deadline_id text,
  revision integer,
  lead integer,
  not_after integer,
  repeat_of integer,
  state text not null check
    (state in ('pending', 'claimed', 'sending', 'sent', 'uncertain', 'skipped', 'closed')),
  reason text not null default '',
  owner text,
  lease_until integer,
  epoch integer not null default 0,
  attempts integer not null default 0,
  next_try_at integer not null,
  message_id text,
  sent_at integer,
  changed_at integer not null
) strict;
create index delivery_pending on delivery (channel, priority, next_try_at, id) where state = 'pending';
create index delivery_leased on delivery (lease_until) where state in ('claimed', 'sending');
create index delivery_busy on delivery (chat) where state in ('claimed', 'sending');
create index delivery_uncertain on delivery (chat, changed_at) where state = 'uncertain';
create index delivery_undecided on delivery (changed_at) where state = 'uncertain';
create index delivery_open on delivery (deadline_id) where state in ('pending', 'claimed');
create index delivery_chat on delivery (chat, id);
create index delivery_company on delivery (company_id, id);
create index delivery_told on delivery (chat, id) where kind <> 'reply';
create table attempt (
  delivery_id integer not null references delivery (id) on delete cascade,
  n integer not null,
  started_at integer not null,
  ended_at integer,
  outcome text not null,
  detail text not null,
  primary key (delivery_id, n)
) strict, without rowid;
create table ack (
  tap text primary key,
  delivery_id integer not null references delivery (id) on delete cascade,
  contact_id text not null,
  action text not null check (action in ('done', 'snooze', 'mute')),
  at integer not null
) strict, without rowid;
create index ack_contact on ack (contact_id);
create index ack_delivery on ack (delivery_id)
"""

_CHANNELS = """
create table inbox (
  n integer primary key autoincrement,
  id text not null unique,
  chat text not null,
  raw text not null,
  received_at integer not null,
  state text not null check (state in ('new', 'done', 'poison')),
  attempts integer not null,
  error text not null
) strict;
create index inbox_new on inbox (n) where state = 'new';
create index inbox_chat on inbox (chat);
create table bookmark (
  name text primary key,
  value text not null
) strict, without rowid;
create table transcript (
  n integer primary key autoincrement,
  chat text not null,
  author text not null check (author in ('user', 'xize')),
  payload text not null,
  at integer not null,
  delivery_id integer unique
) strict;
create index transcript_chat on transcript (chat, n)
"""


def first_house(db: Database) -> None:
    """Talks, deadlines, deliveries with their journal, inbox and transcript."""
    for group in (_PEOPLE, _DEADLINES, _DELIVERIES, _CHANNELS):
        for statement in group.split(";\n"):
            db.execute(statement)


# Every step ever released, in order. A released step is never edited: add another.
STEPS = (
    first_house,
    moves_and_escalation,
    inbox_by_channel,
    published_lists,
    colleagues_and_operators,
    planning_turns,
)


def migrate(db: Database) -> None:
    """Bring the schema forward. Raises StoreUnavailable when a newer version wrote the file."""
    from sqlite_utils import Migrations  # slow to load, and not every command opens a store

    migrations = Migrations("xize")
    for step in STEPS:
        migrations()(step)
    applied = {migration.name for migration in migrations.applied(db)}
    if newer := applied - {step.__name__ for step in STEPS}:
        names = ", ".join(sorted(newer))
        raise StoreUnavailable(f"the database was written by a newer version of Xize (unknown: {names})")
    if len(applied) < len(STEPS):
        migrations.apply(db)
