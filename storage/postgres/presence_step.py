"""The migration by which processes see each other end: each names the connection that stands for it.

What a process left is then looked for among all that is under way, not by leases alone."""

from __future__ import annotations

PRESENCE_OF_PROCESSES = b"""
create table presence (
  owner text primary key,
  connection integer not null,
  since timestamptz not null
);
drop index delivery_leased;
create function gone(process text) returns boolean language sql stable as $$
  select exists (
    select 1 from presence where presence.owner = process and not exists (
      select 1 from pg_stat_activity as live
      where live.pid = presence.connection and live.backend_start = presence.since))
$$;
"""
