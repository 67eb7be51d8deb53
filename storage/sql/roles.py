"""Roles that one process has at a time, for as long as it keeps saying so."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.sql.session import Room

ROLES = "role"  # the table
OF_PROCESSES = (ROLES, "presence")  # tables whose rows belong to processes that run: they are never copied

_HOLD = """
insert into role (name, owner, held_until) values (:role, :owner, :clock + :lease)
on conflict (name) do update set owner = excluded.owner, held_until = excluded.held_until
where role.owner = excluded.owner or role.held_until <= :clock or gone(role.owner)
"""
_TAKEN = (
    "select 1 from role where name = :role and owner <> :owner and held_until > :clock and not gone(owner)"
)
_LET_GO = "delete from role where name = ? and owner = ?"


class Roles(Room):
    """Roles taken, kept and given up."""

    async def hold(self, role: str, owner: str, *, now: datetime, lease: timedelta) -> bool:
        """See Store.hold. Who finds the role taken writes nothing."""
        async with self.reading() as session:
            given = {"role": role, "owner": owner, "clock": session.moment(now)}
            if await session.row(_TAKEN, given) is not None:
                return False
        async with self.writing() as session:
            return await session.change(_HOLD, {**given, "lease": session.lasting(lease)}) == 1

    async def let_go(self, role: str, owner: str) -> None:
        """See Store.let_go."""
        async with self.writing() as session:
            await session.change(_LET_GO, (role, owner))
