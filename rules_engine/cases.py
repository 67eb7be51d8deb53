"""Runs the examples that a rulebook carries and tells which requirements they have seen decided each way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules_engine.definitions import Case
from rules_engine.model import CheckResult, Outcome, Schedule, ScheduleRequest
from rules_engine.rulebook import Rulebook

SEEN = (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN)


@dataclass(slots=True)
class Trial:
    """What came of the cases. ``failures`` say ``file:line: case: expected, found``; ``seen`` holds the
    outcomes that each requirement of each goal has shown."""

    failures: list[str] = field(default_factory=list)
    count: int = 0
    seen: dict[tuple[str, str], set[Outcome]] = field(default_factory=dict)

    def unseen(self, rulebook: Rulebook) -> list[tuple[str, str, tuple[Outcome, ...]]]:
        """Goal, requirement and the outcomes that no case has shown."""
        found = []
        for goal in rulebook.goals.values():
            for demand in goal.demands:
                held = self.seen.get((goal.id, demand.requirement), set())
                left = tuple(outcome for outcome in SEEN if outcome not in held)
                if left:
                    found.append((goal.id, demand.requirement, left))
        return found


def run_cases(rulebook: Rulebook, cases: Iterable[Case]) -> Trial:
    """Try every case. A case that names unknown facts, goals or expectations fails."""
    trial = Trial()
    for case in cases:
        trial.count += 1
        try:
            found = _checked(rulebook, case, trial) if case.goal else _scheduled(rulebook, case)
            differences = [
                f"{name}: expected {wanted!r}, found {found[name]!r}"
                for name, wanted in case.expect.items()
                if found[name] != _plain(wanted)
            ]
        except Exception as error:
            differences = [f"{type(error).__name__}: {error}"]
        trial.failures += [f"{case.file}:{case.line}: {case.name}: {what}" for what in differences]
    return trial


def _plain(value: Any) -> Any:
    """YAML values without their lines, so that they compare and print as plain lists and mappings."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _checked(rulebook: Rulebook, case: Case, trial: Trial) -> Mapping[str, Any]:
    result: CheckResult = rulebook.check(case.goal or "", case.facts, case.on)
    for row in result.requirements:
        trial.seen.setdefault((result.goal, row.id), set()).add(row.outcome)
    found = result.as_json()
    return {
        **found,
        "outcomes": {row.id: str(row.outcome) for row in result.requirements},
        "not_met": [row.id for row in result.requirements if row.outcome == "not_met"],
        "rejected": sorted(found["rejected"]),
        "noted": [name for name, note in rulebook.rules.notes.items() if note.text in result.notes],
        "missing_set": sorted(found["missing"]),
    }


def _scheduled(rulebook: Rulebook, case: Case) -> Mapping[str, Any]:
    settings = {key: value for key, value in case.settings.items() if key in ("horizon_years",)}
    noticed = {key: date.fromisoformat(day) for key, day in case.settings.get("noticed", {}).items()}
    request = ScheduleRequest(
        facts=case.facts,
        today=case.on,
        done=tuple(case.settings.get("done", ())),
        noticed=noticed or None,
        **settings,
    )
    schedule: Schedule = rulebook.schedule(request)
    found = schedule.as_json("zh-Hans")
    by_id = {item["id"]: item for item in found["deadlines"]}
    return {
        **found,
        "rejected": sorted(found["rejected"]),
        "next_list": found["next_list"] is not None,
        **{
            name: {deadline: item[name] for deadline, item in by_id.items()}
            for name in (
                "due",
                "effective",
                "status",
                "effective_status",
                "days_left",
                "postponed",
                "computed",
            )
        },
        "skipped": {
            deadline: [day["lead"] for day in item["reminders"] if day["skipped"]]
            for deadline, item in by_id.items()
        },
        "noted": [name for name, note in rulebook.rules.notes.items() if note.text in schedule.notes],
    }
