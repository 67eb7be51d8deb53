"""What goes into the engine and what comes out of it.

A fact's value is a bool, int, float, date, string, list, or an ``Interval`` for what
was stated loosely ("at least five", "in June"). Absent means unknown, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages that the product writes itself."""

    zh: str
    en: str

    def said_in(self, language: str) -> str:
        """The text for ``zh-Hans``, ``zh-Hant`` (unconverted) or ``en``."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Interval:
    """A loosely stated number or day, both ends included; None is open.

    As JSON: ``{"min": 5}``, ``{"max": 3}``, ``{"from": "2022-06-01", "to": "2022-06-30"}``.
    """

    low: int | float | date | None = None
    high: int | float | date | None = None


class Verdict(StrEnum):
    """A goal's outcome."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """A requirement's outcome."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class RulebookStamp:
    """Which rules gave a result."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement, judged. ``required`` and ``given`` are JSON values (4, true, {"min": 5}, null)."""

    id: str
    title: Words
    outcome: Outcome
    required: Any
    given: Any
    facts: tuple[str, ...]
    citations: tuple[str, ...]
    since: date | None = None  # since when the required value applies
    children: tuple[RequirementResult, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A goal, judged on what is known (the machine interface's check result).

    ``failing``: references of the requirements not met. ``missing``: facts that can
    still change the verdict, the cheapest and most decisive first. ``fixes``: cheapest
    changes, each of which alone turns the verdict to pass. ``heals_on``: the day on
    which time alone mends it.
    """

    goal: str
    title: Words
    verdict: Verdict
    requirements: tuple[RequirementResult, ...]
    failing: tuple[str, ...]
    missing: tuple[str, ...]
    rejected: Mapping[str, Words]
    fixes: tuple[Mapping[str, Any], ...]
    notes: tuple[Words, ...]
    citations: tuple[str, ...]
    rulebook: RulebookStamp
    on: date
    heals_on: date | None = None
    either_way: tuple[str, ...] = ()  # missing facts of which every value gives the same verdict
    standing: tuple[Words, ...] = ()  # those of the notes that say the rules' legal standing

    def as_json(self, language: str = "zh-Hans") -> dict[str, Any]:
        """The check result of the machine interface."""
        from rules_engine.contract import check_as_json

        return check_as_json(self, language)


class DeadlineStatus(StrEnum):
    """Where a deadline stands today."""

    UPCOMING = "upcoming"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ReminderDay:
    """A day on which a reminder belongs; ``skipped`` says why it is left out."""

    lead: int
    on: date
    skipped: Words | None = None


@dataclass(frozen=True, slots=True)
class DeadlineResult:
    """A computed deadline. ``due`` is the plain corresponding day; ``effective`` the day after
    moving off a rest day, None where the year's arrangement is not published."""

    id: str
    title: Words
    trigger: str  # event fact
    trigger_on: date
    due: date
    effective: date | None
    postponed: bool
    postponement: Words | None
    status: DeadlineStatus
    effective_status: DeadlineStatus | None
    days_left: int
    reminders: tuple[ReminderDay, ...]
    citations: tuple[str, ...]
    action: Words | None = None  # what to do now, for the reminder
    computed: date | None = None  # the day that the rule gives, where a notice names another
    latest_trigger: date | None = None  # the trigger is only known to lie between trigger_on and this day
    within_months: int | None = None  # the period that the rule counts from the trigger; None by a notice


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often an audit round comes back. ``years`` and ``statutory`` None where it cannot be told."""

    years: int | None
    action: str | None  # "complete" or "begin"
    statutory: bool | None


@dataclass(frozen=True, slots=True)
class ScheduleRequest:
    """What the deadlines depend on. ``facts`` holds events (``list_published`` …), ``audit_kind``,
    ``industry``, ``in_catalogue``, ``key_enterprise``; ``noticed`` the dates that an authority's
    notice gives, by deadline id, which override the computed ones."""

    facts: Mapping[str, Any]
    today: date
    done: tuple[str, ...] = ()
    leads: tuple[int, ...] = (30, 14, 7, 3, 1, 0)
    horizon_years: int = 10
    noticed: Mapping[str, date] | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Deadlines that follow from events (the machine interface's ``deadlines`` reply)."""

    deadlines: tuple[DeadlineResult, ...]
    cycle: Cycle | None
    next_list: Words | None
    asks: tuple[str, ...]
    rejected: Mapping[str, Words]
    notes: tuple[Words, ...]
    citations: tuple[str, ...]
    rulebook: RulebookStamp
    standing: tuple[Words, ...] = ()  # those of the notes that say the rules' legal standing

    def as_json(self, language: str = "zh-Hans") -> dict[str, Any]:
        """The ``deadlines`` reply of the machine interface."""
        from rules_engine.contract import schedule_as_json

        return schedule_as_json(self, language)
