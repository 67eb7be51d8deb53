"""Deadlines, cycles and what has no date."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.loader import load
from rules_engine.model import Schedule, ScheduleRequest

BOOK = load()
TODAY = date(2026, 2, 10)


def scheduled(facts: dict[str, Any], today: date = TODAY, **more: Any) -> Schedule:
    return BOOK.schedule(ScheduleRequest(facts, today, **more))


@settings(deadline=None)
@given(st.dates(date(2017, 5, 26), date(2035, 12, 31)))
def test_all_periods_count_from_the_publication(published: date) -> None:
    found = {item.id: item for item in scheduled({"list_published": published.isoformat()}).deadlines}
    months = {
        name: (item.due.year - published.year) * 12 + item.due.month - published.month
        for name, item in found.items()
    }
    assert months == {"register": 1, "start_audit": 2, "report": 12}
    assert all(item.trigger_on == published and item.due.day <= published.day for item in found.values())
    assert all(item.effective is None or item.effective >= item.due for item in found.values())


def test_reminders_on_or_before_the_publication_are_left_out_with_the_reason() -> None:
    register = scheduled({"list_published": "2026-01-31"}, leads=(30, 28, 27, 0)).deadlines[0]
    assert [bool(day.skipped) for day in register.reminders] == [True, True, False, False]
    assert [day.on for day in register.reminders] == [
        register.due - timedelta(days=n) for n in (30, 28, 27, 0)
    ]


@pytest.mark.parametrize(
    ("today", "status", "effective_status", "left"),
    [
        (date(2026, 1, 30), "upcoming", "upcoming", 1),
        (date(2026, 1, 31), "due_today", "upcoming", 0),
        (date(2026, 2, 1), "overdue", "upcoming", -1),
        (date(2026, 2, 2), "overdue", "due_today", -2),
        (date(2026, 2, 3), "overdue", "overdue", -3),
    ],
)
def test_status_goes_by_the_plain_day_and_the_moved_one_is_told_beside(
    today: date, status: str, effective_status: str, left: int
) -> None:
    register = scheduled({"list_published": "2025-12-31"}, today).deadlines[0]
    assert (register.status, register.effective_status, register.days_left) == (
        status,
        effective_status,
        left,
    )
    assert register.postponed


def test_a_year_without_an_arrangement_is_said_so() -> None:
    report = scheduled({"list_published": "2026-01-31"}).deadlines[2]
    assert report.effective is None
    assert report.effective_status is None
    assert report.postponement is not None
    assert "2027" in report.postponement.zh


def test_the_date_on_a_notice_counts_and_both_are_shown() -> None:
    found = scheduled({"list_published": "2025-12-31"}, noticed={"register": date(2026, 2, 10)})
    register = found.deadlines[0]
    assert (register.due, register.computed) == (date(2026, 2, 10), date(2026, 1, 31))
    assert register.postponement is not None
    assert "2026-01-31" in register.postponement.en
    assert any("2026-02-10" in note.en and "2026-01-31" in note.en for note in found.notes)


def test_a_day_known_only_roughly_counts_from_its_earliest_and_is_asked() -> None:
    found = scheduled({"list_published": {"from": "2026-01-01", "to": "2026-01-31"}})
    assert found.asks == ("list_published",)
    assert found.deadlines[0].due == date(2026, 2, 1)
    assert found.deadlines[0].latest_trigger == date(2026, 1, 31)


def test_a_day_without_an_earliest_one_is_only_asked() -> None:
    found = scheduled({"list_published": {"to": "2026-01-31"}})
    assert (found.asks, found.deadlines) == (("list_published",), ())


def test_a_list_before_the_rules_gives_no_dates() -> None:
    found = scheduled({"list_published": "2015-01-01"})
    assert found.deadlines == ()
    assert any("2015" in note.zh for note in found.notes)


def test_a_day_at_the_calendars_end_is_no_crash() -> None:
    assert scheduled({"list_published": "9999-12-31"}).deadlines == ()


@pytest.mark.parametrize(("years", "industry"), [(2, "铅蓄电池"), (3, "水泥")])
def test_rounds_over_the_horizon_count_from_the_last_one(years: int, industry: str) -> None:
    facts = {"industry": industry, "key_enterprise": True, "last_round_completed": "2024-02-29"}
    found = scheduled(facts, horizon_years=12).deadlines
    assert [item.due.year for item in found] == list(range(2024 + years, 2037, years))
    assert all(item.due.day == (29 if item.due.year % 4 == 0 else 28) for item in found)


def test_rounds_reach_beyond_the_horizon_until_one_lies_ahead() -> None:
    facts = {"industry": "水泥", "key_enterprise": True, "last_round_completed": "2011-05-05"}
    assert [item.due.year for item in scheduled(facts).deadlines][-1] == 2026


def test_a_failed_acceptance_goes_to_the_next_list_without_a_date() -> None:
    found = scheduled({"acceptance_result": "failed"}).as_json()
    assert found["next_list"] == {"text": "下一轮审核名单", "due": None}
    assert found["deadlines"] == []


def test_key_enterprise_is_a_declared_reading_and_asked() -> None:
    found = scheduled({"industry": "水泥"})
    assert found.cycle is not None
    assert (found.cycle.years, found.asks) == (3, ("key_enterprise",))
    assert any("重点企业" in note.zh for note in found.notes)


def test_an_ambiguous_industry_names_its_readings() -> None:
    found = scheduled({"industry": "化工厂"})
    assert found.asks == ("industry",)
    assert any("煤化工" in note.zh for note in found.notes)


def test_a_catalogue_answer_alone_says_nothing_of_a_cycle() -> None:
    assert scheduled({"in_catalogue": True}).cycle is None


def test_the_class_may_be_given_outright() -> None:
    found = scheduled({"industry_class": "catalogue", "key_enterprise": True})
    assert found.cycle is not None
    assert (found.cycle.years, found.cycle.action) == (5, "begin")


def test_a_round_finished_before_the_rules_still_comes_back_under_them() -> None:
    facts = {"industry": "水泥", "key_enterprise": True, "last_round_completed": "2008-05-05"}
    assert scheduled(facts).deadlines[-1].due == date(2026, 5, 5)
