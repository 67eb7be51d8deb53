"""What the machine interface is asked: JSON objects, checked by name and kind, and what the rules answer.
The same for JSON lines, the HTTP API and MCP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.channels.jsonl import LineError, as_day, as_moment, take
from bot.turn import Sources
from rules_engine.contract import check_as_json, schedule_as_json
from rules_engine.errors import UnknownGoal, did_you_mean
from rules_engine.model import ScheduleRequest

# A clock outside these would leave the calendar as soon as days are counted from it.
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
HORIZON_YEARS = 10
FARTHEST_YEARS = 100  # rounds and reminder days beyond are nobody's plan
FARTHEST_LEAD = 3660  # days
SCHEDULE_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "events": dict,
    "audit_kind": str,
    "industry": str,
    "industry_class": str,
    "in_catalogue": bool,
    "key_enterprise": bool,
    "today": str,
    "done": list,
    "leads": list,
    "horizon_years": int,
    "noticed": dict,
}
_CONDITIONS = ("audit_kind", "industry", "industry_class", "in_catalogue", "key_enterprise")


def as_now(text: str) -> datetime:
    """The time of a message, within what days can be counted from. Raises LineError."""
    moment = as_moment("now", text)
    if not EARLIEST <= moment <= LATEST:
        raise LineError("no_such_time", f"now: from {EARLIEST.year} to {LATEST.year}, not {text!r}")
    return moment


def checked(sources: Sources, line: Mapping[str, Any], today: date) -> dict[str, Any]:
    """One requirement check; ``today`` where the line names no day. Raises LineError."""
    take(line, {"goal": str, "facts": dict, "on": str}, ("goal",))
    facts = _facts(sources, line.get("facts") or {})
    on = as_day("on", line["on"]) if line.get("on") is not None else today
    try:
        return check_as_json(sources.rulebook.check(line["goal"], facts, on))
    except UnknownGoal:
        near = did_you_mean(line["goal"], sources.rulebook.goals)
        raise LineError("unknown_goal", f"unknown goal: {line['goal']}{near}") from None


def scheduled(sources: Sources, line: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What is due when; ``today`` where the line names no day. Raises LineError."""
    take(line, SCHEDULE_KEYS)
    facts = _facts(sources, {**(line.get("events") or {}), **{key: line.get(key) for key in _CONDITIONS}})
    day = as_day("today", line["today"]) if line.get("today") is not None else today
    noticed = {key: as_day(f"noticed.{key}", on) for key, on in (line.get("noticed") or {}).items()}
    leads = tuple(_each(line, "leads", int)) if line.get("leads") is not None else sources.leads
    years = line["horizon_years"] if line.get("horizon_years") is not None else HORIZON_YEARS
    _within("leads", leads, FARTHEST_LEAD)
    _within("horizon_years", (years,), FARTHEST_YEARS)
    request = ScheduleRequest(
        facts=facts,
        today=day,
        done=_deadlines(sources, "done", _each(line, "done", str)),
        leads=leads,
        horizon_years=years,
        noticed=noticed or None,
    )
    return schedule_as_json(sources.rulebook.schedule(request))


def _facts(sources: Sources, given: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in given:
        if name not in sources.rulebook.facts:
            near = did_you_mean(name, sources.rulebook.facts)
            raise LineError("unknown_fact", f"unknown fact: {name}{near}")
    return {name: value for name, value in given.items() if value is not None}


def _deadlines(sources: Sources, key: str, names: Iterable[str]) -> tuple[str, ...]:
    """Ids of deadlines; one that there is not would be passed over in silence."""
    given = tuple(names)
    for name in given:
        if not sources.rulebook.schedules(name):
            raise LineError("unknown_deadline", f"{key}: unknown deadline: {name}")
    return given


def _within(key: str, values: Iterable[int], highest: int) -> None:
    for value in values:
        if not 0 <= value <= highest:
            raise LineError("out_of_range", f"{key}: from 0 to {highest}, not {value}")


def _each(line: Mapping[str, Any], key: str, kind: type) -> list[Any]:
    values = line.get(key) or []
    if any(not isinstance(value, kind) or isinstance(value, bool) for value in values):
        raise LineError("wrong_type", f"{key}: a list of {kind.__name__}")
    return list(values)
