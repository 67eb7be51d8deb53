"""The migration of planning: when each open deadline is to be planned next, and whether it changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TURNS = """
alter table deadline add column plan_at integer not null default 0;
alter table deadline add column touched integer not null default 0;
create index deadline_turn on deadline (plan_at, id) where state = 'open';
create index subscription_active on subscription (contact_id) where state = 'active'
"""


def planning_turns(db: Database) -> None:
    """Deadlines that wait to be planned, found without looking at the others."""
    for statement in _TURNS.split(";\n"):
        db.execute(statement)
