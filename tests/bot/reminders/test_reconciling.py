"""Stored deadlines brought in line with a schedule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.reminders.reconciling import Reconciled, reconcile
from rules_engine.model import DeadlineResult, DeadlineStatus, RulebookStamp, Schedule, Words
from storage.records import Deadline
from tests.bot.reminders.house import DUE, deadline

BEGUN = date(2030, 4, 20)


def computed(key: str = "first", due: date = DUE, on: date = BEGUN) -> DeadlineResult:
    """A deadline as the rules give it."""
    return DeadlineResult(
        key, Words(key, key), "begun", on, due, due, False, None, DeadlineStatus.UPCOMING, None, 0, (), ()
    )


def schedule(*deadlines: DeadlineResult, version: str = "2") -> Schedule:
    """A schedule of these."""
    return Schedule(deadlines, None, None, (), {}, (), (), RulebookStamp("book", version, "x"))


def brought(held: list[Deadline], *deadlines: DeadlineResult) -> Reconciled:
    """The outcome for one company."""
    return reconcile(held, schedule(*deadlines), "acme", lambda: "new")


def test_a_new_deadline_is_added_and_tells_nothing() -> None:
    result = brought([], computed())
    assert [(item.id, item.due, item.rulebook) for item in result.deadlines] == [("new", DUE, "book@2")]
    assert result.pairs == ()


def test_what_did_not_change_stays_the_same_record() -> None:
    held = deadline()
    assert brought([held], computed()).deadlines == (held,)


def test_behind_a_notice_the_day_of_the_rules_follows_them() -> None:
    old, new = DUE + timedelta(days=3), DUE + timedelta(days=5)
    held = replace(deadline(), origin="notice", computed=old)
    [kept] = brought([held], replace(computed(), computed=new)).deadlines
    assert (kept.due, kept.computed, kept.revision) == (DUE, new, held.revision)


def test_a_moved_day_gets_a_new_revision() -> None:
    later = DUE + timedelta(days=1)
    [(old, new)] = brought([deadline()], computed(due=later)).pairs
    assert (old.due, new.due, new.revision, new.rulebook) == (DUE, later, 2, "book@2")


def test_done_stays_done_when_only_the_rules_changed() -> None:
    held = replace(deadline(), state="done")
    result = brought([held], computed(due=DUE + timedelta(days=1)))
    assert (result.deadlines, result.pairs) == ((held,), ())


def test_another_event_opens_a_done_deadline_again() -> None:
    held = replace(deadline(), state="done", settled_by="ann")
    [new] = brought([held], computed(on=BEGUN + timedelta(days=365))).deadlines
    assert (new.state, new.settled_by) == ("open", None)


def test_what_the_schedule_no_longer_has_is_void_and_told_of_if_it_was_open() -> None:
    done = replace(deadline("second"), state="done")
    result = brought([deadline(), done])
    assert [item.state for item in result.deadlines] == ["superseded", "superseded"]
    assert [old.key for old, _ in result.pairs] == ["first"]


def test_what_is_void_already_is_left_alone() -> None:
    assert brought([replace(deadline(), state="superseded")]) == Reconciled((), ())


def test_the_computed_day_is_kept_beside_a_notices_day() -> None:
    held = replace(deadline(), origin="notice", computed=DUE - timedelta(days=9))
    earlier = replace(computed(on=BEGUN + timedelta(days=1)), computed=DUE - timedelta(days=8))
    [new] = brought([held], earlier).deadlines
    assert (new.due, new.computed, new.origin) == (DUE, DUE - timedelta(days=8), "notice")
