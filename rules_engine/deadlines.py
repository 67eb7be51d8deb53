"""Computes deadlines from trigger events: always from the trigger, never one from another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from rules_engine.definitions import DeadlineDefinition, Period
from rules_engine.model import DeadlineResult, DeadlineStatus, Interval, ReminderDay, ScheduleRequest, Words
from rules_engine.values import add
from rules_engine.wording import say
from rules_engine.workdays import DayKind, Workdays, next_workday

_MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Trigger:
    """The day that a deadline counts from; ``until`` where only a range is known, from ``on``."""

    fact: str
    label: Words
    on: date
    until: date | None = None


def trigger_of(fact: str, label: Words, value: Any) -> Trigger | None:
    """The trigger that a stated day gives; None while even its earliest day is open."""
    if isinstance(value, Interval):
        if not isinstance(value.low, date):
            return None
        return Trigger(fact, label, value.low, value.high if isinstance(value.high, date) else date.max)
    return Trigger(fact, label, value) if isinstance(value, date) else None


def single(
    definition: DeadlineDefinition,
    trigger: Trigger,
    period: Period,
    request: ScheduleRequest,
    workdays: Workdays,
) -> DeadlineResult:
    """One deadline. Raises NoSuchDay or OverflowError where the day cannot be told."""
    computed = add(trigger.on, period, clamp=definition.month_end == "clamp")
    result = _result(definition, definition.id, definition.title, trigger, computed, request, workdays)
    by_rule = result.due == computed and not period.days
    return replace(result, within_months=12 * period.years + period.months if by_rule else None)


def rounds(
    definition: DeadlineDefinition, trigger: Trigger, years: int, request: ScheduleRequest, workdays: Workdays
) -> Iterator[DeadlineResult]:
    """Recurring deadlines within the horizon, counted from the trigger, and on until one lies ahead."""
    horizon = add(trigger.on, Period(years=request.horizon_years))
    previous = trigger.on
    for number in range(1, _MOST_ROUNDS + 1):
        day = add(trigger.on, Period(years=years * number), clamp=definition.month_end == "clamp")
        if day > horizon and previous >= request.today:
            return
        title = Words(definition.title.zh.format(number=number), definition.title.en.format(number=number))
        yield _result(definition, f"{definition.id}_{number}", title, trigger, day, request, workdays)
        previous = day


def _result(
    definition: DeadlineDefinition,
    deadline_id: str,
    title: Words,
    trigger: Trigger,
    computed: date,
    request: ScheduleRequest,
    workdays: Workdays,
) -> DeadlineResult:
    noticed = (request.noticed or {}).get(deadline_id)
    due = noticed or computed
    moved = _moved(definition, due, noticed is not None, workdays)
    done = deadline_id in request.done
    words = moved.words
    if noticed is not None and noticed != computed:
        words = say("deadlines.noticed_row", computed=computed)
    return DeadlineResult(
        id=deadline_id,
        title=title,
        trigger=trigger.fact,
        trigger_on=trigger.on,
        due=due,
        effective=moved.effective,
        postponed=moved.effective is not None and moved.effective != due,
        postponement=words,
        status=_status(due, request.today, done),
        effective_status=None if moved.effective is None else _status(moved.effective, request.today, done),
        days_left=(due - request.today).days,
        reminders=tuple(_reminder(lead, due, trigger) for lead in request.leads),
        citations=definition.citations + (definition.rest_day_citations if moved.cited else ()),
        action=definition.action,
        computed=computed,
        latest_trigger=trigger.until,
    )


@dataclass(frozen=True, slots=True)
class _Moved:
    effective: date | None
    words: Words | None = None
    cited: bool = False


def _moved(definition: DeadlineDefinition, due: date, noticed: bool, workdays: Workdays) -> _Moved:
    """Where the day lands after moving off a rest day, and why it does or does not."""
    if definition.rest_day == "none" or noticed:
        return _Moved(due)
    kind = workdays.kind(due)
    if kind is DayKind.WORKDAY:
        return _Moved(due)
    if kind is DayKind.MAKE_UP:
        return _Moved(due, say("deadlines.make_up", due=due), True)
    effective = next_workday(workdays, due)
    if effective is None:
        year = due.year if kind is DayKind.UNPUBLISHED else due.year + 1
        return _Moved(None, say("deadlines.not_published", year=year, due=due), True)
    words = say("deadlines.rest_day", due=due, kind=say(f"deadlines.{kind.value}"), effective=effective)
    return _Moved(effective, words, True)


def _status(due: date, today: date, done: bool) -> DeadlineStatus:
    if done:
        return DeadlineStatus.DONE
    if due == today:
        return DeadlineStatus.DUE_TODAY
    return DeadlineStatus.OVERDUE if due < today else DeadlineStatus.UPCOMING


def _reminder(lead: int, due: date, trigger: Trigger) -> ReminderDay:
    day = due - timedelta(days=lead)
    skipped = say("deadlines.before_trigger", event=trigger.label) if day <= trigger.on else None
    return ReminderDay(lead, day, skipped)
