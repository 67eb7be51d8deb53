"""How things stand: the queue, the last day in numbers, versions, and what runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

from starlette.responses import Response

from bot.console.desk import Visit
from bot.monitoring.standing import rest_days_known_until
from bot.reminders.status import read_status
from bot.turn import Sources

_DAY = timedelta(days=1)
_AHEAD = timedelta(days=45)  # rest days known for less than this are worth a look


@dataclass(frozen=True, slots=True)
class Versions:
    """What is running: the program, the rules, the law."""

    program: str
    rulebook: str
    instruments: int
    imported: int


async def show(visit: Visit) -> Response:
    """The first page: is anything late, stuck or running out?"""
    desk = visit.desk
    now = desk.clock()
    sources = desk.sources
    return visit.page(
        "overview",
        queue=await read_status(desk.store, now),
        numbers=await desk.store.stats(since=now - _DAY),
        versions=versions(sources),
        rest_days_until=rest_days_known_until(sources.rulebook.is_arranged, desk.today),
        rest_days_short=desk.today + _AHEAD,
        questions=len(await desk.store.feedback(limit=100)),
    )


def versions(sources: Sources) -> Versions:
    """The versions in use now."""
    stamp = sources.rulebook.stamp
    instruments = sources.library.instruments.values()
    return Versions(
        _program(),
        f"{stamp.id}@{stamp.version} ({stamp.sha256[:8]})",
        len(instruments),
        sum(not one.built_in for one in instruments),
    )


def _program() -> str:
    try:
        return version("xize")
    except PackageNotFoundError:
        return "?"
