"""What a deadline wants for a contact, at any moment, under any wish."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.timing import is_quiet
from bot.reminders.wanting import HORIZON, SPREAD_OVER, Wanted, Wanting, spread
from bot.zones import local_day, zone_of
from storage.records import Company, Contact, Subscription
from storage.store import Plan
from tests.bot.reminders.house import deadline

HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
CONTACTS = st.builds(
    Contact,
    id=st.just("ann"),
    chat=st.just("web:ann"),
    timezone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu"]),
    preferred=HOURS,
    quiet_from=st.none() | HOURS,
    quiet_to=st.none() | HOURS,
    working_days_only=st.booleans(),
)
LEADS = st.none() | st.lists(st.integers(0, 400), max_size=6, unique=True).map(tuple)
MOMENTS = st.datetimes(datetime(2029, 6, 1), datetime(2031, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLANS = st.builds(
    Plan,
    deadline=st.dates(date(2030, 1, 1), date(2030, 12, 31)).map(lambda due: deadline(due=due)),
    subscription=st.builds(Subscription, st.just("w"), st.just("ann"), st.just("acme"), leads=LEADS),
    contact=CONTACTS,
    company=st.just(Company("acme")),
)


def wanted(plan: Plan, now: datetime) -> Wanted:
    """What is wanted at a moment, by the usual working days."""
    return Wanting().of(plan, now)


@given(PLANS, MOMENTS)
def test_of_what_is_due_only_one_is_wanted_and_nothing_from_beyond_the_horizon(
    plan: Plan, now: datetime
) -> None:
    found = wanted(plan, now)
    rows = found.deliveries
    assert sum(row.due_at <= now and row.dedupe_key not in found.missed for row in rows) <= 1
    assert all(row.due_at <= now for row in rows if row.dedupe_key in found.missed)
    assert all(row.due_at <= now + HORIZON for row in rows)
    assert len({row.dedupe_key for row in rows}) == len(rows)
    assert len({row.due_at for row in rows}) == len(rows)


@given(PLANS, MOMENTS)
def test_reminders_before_the_due_day_never_come_after_it(plan: Plan, now: datetime) -> None:
    for row in wanted(plan, now).deliveries:
        day = local_day(plan.contact, row.due_at)
        assert day <= plan.deadline.due if row.kind == "lead" else day > plan.deadline.due


@given(PLANS, MOMENTS)
def test_each_reminder_ends_when_the_next_begins(plan: Plan, now: datetime) -> None:
    rows = sorted(wanted(plan, now).deliveries, key=lambda row: row.due_at)
    for row, after in pairwise(rows):
        assert row.not_after == after.due_at


@given(PLANS, MOMENTS, st.floats(0, 0.99))
def test_until_it_says_so_nothing_else_is_wanted(plan: Plan, now: datetime, part: float) -> None:
    first = wanted(plan, now)
    if first.until is None:
        return
    later = now + min(first.until - now, timedelta(hours=1)) * part
    again = wanted(plan, later)
    assert (again.deliveries, again.standing) == (first.deliveries, first.standing)


@given(PLANS, st.integers(1, 400))
def test_day_after_day_no_reminder_is_planned_only_when_it_is_late(plan: Plan, start: int) -> None:
    now = datetime.combine(plan.deadline.due - timedelta(days=start), time(), UTC)
    known: set[str] = {row.dedupe_key for row in wanted(plan, now).deliveries}
    before = now
    for _ in range(5):
        now += timedelta(days=7)
        for row in wanted(plan, now).deliveries:
            assert row.dedupe_key in known or row.due_at > now or row.due_at <= before
            known.add(row.dedupe_key)
        before = now


@given(CONTACTS, MOMENTS)
def test_spreading_keeps_the_day_and_the_quiet_hours(contact: Contact, now: datetime) -> None:
    later = spread(contact, now)
    assert now <= later < now + SPREAD_OVER
    assert local_day(contact, later) == local_day(contact, now)
    if later != now:
        assert not is_quiet(contact, later.astimezone(zone_of(contact)).time())
