"""The contact's hours: zones, clock changes, quiet hours, working days, and never across the deadline."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.timing import (
    allowed,
    fire_time,
    instant,
    is_quiet,
    monday_to_friday,
)
from bot.zones import zone_of
from storage.records import Contact

SATURDAY = date(2030, 5, 18)
MONDAY = date(2030, 5, 20)


def contact(**fields: object) -> Contact:
    """A contact in Shenzhen unless said otherwise."""
    return Contact("ann", "web:ann", **fields)  # type: ignore[arg-type]


def local(moment: datetime, zone: str = "Asia/Shanghai") -> str:
    """A moment as read on a wall."""
    return f"{moment.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Kathmandu", "America/Sao_Paulo", "Europe/Berlin"])
@given(st.dates(date(2026, 1, 1), date(2032, 1, 1)))
def test_the_hour_is_local_in_every_zone(zone: str, day: date) -> None:
    assert fire_time(contact(timezone=zone), day, day, monday_to_friday).astimezone(ZoneInfo(zone)).hour == 9


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2027, 1, 1), time(9), datetime(2027, 1, 1, 3, 15, tzinfo=UTC)),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0), datetime(2018, 11, 4, 3, tzinfo=UTC)),
    ],
)
def test_hours_that_do_not_exist_or_exist_twice(zone: str, day: date, hour: time, utc: datetime) -> None:
    assert instant(day, hour, ZoneInfo(zone)) == utc


@pytest.mark.parametrize(
    ("start", "end", "hour", "quiet"),
    [
        (time(22), time(7), time(23), True),
        (time(22), time(7), time(6, 59), True),
        (time(22), time(7), time(7), False),
        (time(12), time(14), time(13), True),
        (time(12), time(14), time(14), False),
        (time(8), time(8), time(8), False),
        (None, time(8), time(7), False),
    ],
)
def test_quiet_hours_may_go_past_midnight(start: time | None, end: time, hour: time, *, quiet: bool) -> None:
    assert is_quiet(contact(quiet_from=start, quiet_to=end), hour) is quiet


def test_quiet_hours_delay_to_their_end() -> None:
    person = contact(quiet_from=time(22), quiet_to=time(10))
    assert local(fire_time(person, SATURDAY, MONDAY, monday_to_friday)) == "05-18 10:00"


def test_quiet_hours_before_midnight_delay_to_the_next_morning() -> None:
    person = contact(preferred=time(23), quiet_from=time(22), quiet_to=time(7))
    assert local(fire_time(person, SATURDAY, MONDAY, monday_to_friday)) == "05-19 07:00"


def test_quiet_hours_do_not_delay_across_the_deadline() -> None:
    person = contact(preferred=time(23), quiet_from=time(22), quiet_to=time(7))
    assert local(fire_time(person, MONDAY, MONDAY, monday_to_friday)) == "05-20 21:59"


def test_working_days_delay_to_the_next_one() -> None:
    person = contact(working_days_only=True)
    assert local(fire_time(person, SATURDAY, MONDAY, monday_to_friday)) == "05-20 09:00"


def test_working_days_go_back_where_the_deadline_is_in_the_way() -> None:
    person = contact(working_days_only=True)
    assert local(fire_time(person, SATURDAY, SATURDAY, monday_to_friday)) == "05-17 09:00"


def test_what_is_overdue_already_may_wait() -> None:
    person = contact(working_days_only=True)
    assert local(fire_time(person, SATURDAY, SATURDAY - timedelta(days=1), monday_to_friday)) == "05-20 09:00"


def test_the_published_arrangement_decides_what_a_working_day_is() -> None:
    person = contact(working_days_only=True)
    assert local(fire_time(person, SATURDAY, MONDAY, lambda day: day == SATURDAY)) == "05-18 09:00"


def test_a_contact_without_any_working_day_is_still_reminded() -> None:
    person = contact(working_days_only=True)
    assert local(fire_time(person, SATURDAY, MONDAY, lambda _: False)) == "05-18 09:00"


HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))


@given(
    st.dates(date(2030, 1, 1), date(2031, 1, 1)),
    st.integers(0, 30),
    HOURS,
    st.none() | HOURS,
    st.none() | HOURS,
    st.booleans(),
)
def test_no_shift_crosses_the_deadline_or_falls_into_quiet_hours(
    due: date, lead: int, hour: time, start: time | None, end: time | None, working: bool
) -> None:
    person = contact(preferred=hour, quiet_from=start, quiet_to=end, working_days_only=working)
    moment = fire_time(person, due - timedelta(days=lead), due, monday_to_friday)
    there = moment.astimezone(zone_of(person))
    assert there.date() <= due
    assert not is_quiet(person, there.time())


@given(st.dates(date(2030, 1, 1), date(2031, 1, 1)), HOURS, st.none() | HOURS, st.none() | HOURS)
def test_without_a_deadline_a_shift_only_delays(
    day: date, hour: time, start: time | None, end: time | None
) -> None:
    person = contact(quiet_from=start, quiet_to=end)
    wished = instant(day, hour, zone_of(person))
    moment = allowed(person, day, hour, None, monday_to_friday)
    assert wished <= moment <= wished + timedelta(days=1)
