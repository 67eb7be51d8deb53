"""The migration of planning: the same as SQLite's, in PostgreSQL's types."""

from __future__ import annotations

PLANNING_TURNS = b"""
alter table deadline add column plan_at timestamptz not null default to_timestamp(0);
alter table deadline add column touched integer not null default 0;
create index deadline_turn on deadline (plan_at, id) where state = 'open';
create index subscription_active on subscription (contact_id) where state = 'active';
"""
