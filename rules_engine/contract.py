"""Results as the machine interface writes them. Keys are stable: add, never rename."""

from __future__ import annotations

from typing import Any

from rules_engine.model import CheckResult, DeadlineResult, RequirementResult, RulebookStamp, Schedule, Words


def check_as_json(result: CheckResult, language: str = "zh-Hans") -> dict[str, Any]:
    """A check result; Traditional is converted by the caller."""
    return {
        "goal": result.goal,
        "verdict": str(result.verdict),
        "requirements": [_requirement(row, language) for row in result.requirements],
        "failing": list(result.failing),
        "missing": list(result.missing),
        "rejected": {name: reason.said_in(language) for name, reason in result.rejected.items()},
        "fixes": [dict(fix) for fix in result.fixes],
        "notes": [note.said_in(language) for note in result.notes],
        "citations": list(result.citations),
        "on": result.on.isoformat(),
        "heals_on": result.heals_on.isoformat() if result.heals_on else None,
        "either_way": list(result.either_way),
        "rulebook": _stamp(result.rulebook),
    }


def _requirement(row: RequirementResult, language: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title.said_in(language),
        "outcome": str(row.outcome),
        "required": row.required,
        "given": row.given,
        "citations": list(row.citations),
        "since": row.since.isoformat() if row.since else None,
    }


def schedule_as_json(schedule: Schedule, language: str = "zh-Hans") -> dict[str, Any]:
    """A schedule."""
    cycle = schedule.cycle
    return {
        "deadlines": [_deadline(item, language) for item in schedule.deadlines],
        "cycle": None
        if cycle is None
        else {"years": cycle.years, "action": cycle.action, "statutory": cycle.statutory},
        "next_list": None
        if schedule.next_list is None
        else {"text": schedule.next_list.said_in(language), "due": None},
        "asks": list(schedule.asks),
        "rejected": {name: reason.said_in(language) for name, reason in schedule.rejected.items()},
        "notes": [note.said_in(language) for note in schedule.notes],
        "citations": list(schedule.citations),
        "rulebook": _stamp(schedule.rulebook),
    }


def _deadline(item: DeadlineResult, language: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title.said_in(language),
        "due": item.due.isoformat(),
        "effective": item.effective.isoformat() if item.effective else None,
        "postponed": item.postponed,
        "postponement": _said(item.postponement, language),
        "status": str(item.status),
        "effective_status": str(item.effective_status) if item.effective_status else None,
        "days_left": item.days_left,
        "reminders": [
            {"lead": day.lead, "on": day.on.isoformat(), "skipped": _said(day.skipped, language)}
            for day in item.reminders
        ],
        "citations": list(item.citations),
        "computed": item.computed.isoformat() if item.computed else None,
    }


def _said(words: Words | None, language: str) -> str | None:
    return None if words is None else words.said_in(language)


def _stamp(stamp: RulebookStamp) -> dict[str, str]:
    return {"id": stamp.id, "version": stamp.version, "sha256": stamp.sha256}
