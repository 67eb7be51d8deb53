"""The audit log as operators read it."""

from __future__ import annotations

from starlette.responses import Response

from bot.console.desk import Visit

PAGE = 100


async def browse(visit: Visit) -> Response:
    """What operators changed and read, the latest first."""
    before = visit.asked("before")
    number = int(before) if before.isdecimal() else None
    entries = await visit.desk.store.audit_log(before=number, limit=PAGE)
    return visit.page("audit", entries=entries, older=entries[-1].n if len(entries) == PAGE else None)
