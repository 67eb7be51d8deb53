"""A company's stored deadlines brought in line with a schedule: what is new, what moved, what is void."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.reminders.moves import Pair
from rules_engine.model import DeadlineResult, Schedule
from storage.records import Deadline


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Deadlines as they are to be stored, and those whose day changed or that are void, as (was, is)."""

    deadlines: tuple[Deadline, ...]
    pairs: tuple[Pair, ...]


def reconcile(
    held: Iterable[Deadline], schedule: Schedule, company_id: str, new_id: Callable[[], str]
) -> Reconciled:
    """Bring a company's deadlines in line. What is done stays done unless its event itself is another;
    what the schedule no longer has is superseded."""
    known = {item.key: item for item in held if item.state in ("open", "done")}
    stamp = f"{schedule.rulebook.id}@{schedule.rulebook.version}"
    deadlines, pairs = [], []
    for result in schedule.deadlines:
        old = known.pop(result.id, None)
        new = _new(result, stamp, company_id, new_id()) if old is None else _renewed(old, result, stamp)
        deadlines.append(new)
        if old is not None and old.due != new.due:
            pairs.append((old, new))
    for old in known.values():
        void = replace(old, state="superseded", revision=old.revision + 1)
        deadlines.append(void)
        if old.state == "open":
            pairs.append((old, void))
    return Reconciled(tuple(deadlines), tuple(pairs))


def _new(result: DeadlineResult, stamp: str, company_id: str, deadline_id: str) -> Deadline:
    return Deadline(
        id=deadline_id,
        company_id=company_id,
        key=result.id,
        title=result.title.zh,
        trigger=result.trigger,
        trigger_on=result.trigger_on,
        due=result.due,
        rulebook=stamp,
        computed=result.computed,
    )


def _renewed(old: Deadline, result: DeadlineResult, stamp: str) -> Deadline:
    """The stored deadline with the schedule's day; the same record where nothing changed."""
    same_event = (old.trigger, old.trigger_on) == (result.trigger, result.trigger_on)
    if same_event and (old.state == "done" or old.due == result.due):
        behind = old.origin == "notice" and old.computed != result.computed
        return replace(old, computed=result.computed, rulebook=stamp) if behind else old
    reopened = old if same_event else replace(old, state="open", settled_at=None, settled_by=None)
    return replace(
        reopened,
        due=result.due,
        trigger=result.trigger,
        trigger_on=result.trigger_on,
        computed=result.computed,
        revision=old.revision + 1,
        rulebook=stamp,
    )
