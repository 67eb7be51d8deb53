"""Values, days and deadlines as a person says them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Language
from bot.skills import deadlines
from bot.skills.showing import brief, day, label, remaining, timeline, value
from tests.bot.talks import turn


def test_a_day_is_said_with_its_weekday() -> None:
    assert day(turn(), date(2026, 2, 28)) == "2026年2月28日（周六）"
    assert "2026-02-28" in day(turn("en"), date(2026, 2, 28))


@given(st.dates())
def test_every_day_can_be_said(on: date) -> None:
    said = day(turn(), on)

    assert f"{on.year}年{on.month}月{on.day}日" in said


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("trained_auditors", 0, "0"),
        ("testing_equipment", True, "是"),
        ("testing_equipment", False, "否"),
        ("trained_auditors", {"min": 5}, "至少 5"),
        ("trained_auditors", {"max": 3}, "至多 3"),
        ("trained_auditors", {"min": 1, "max": 2}, "1 到 2"),
        ("list_published", "2026-11-20", "2026年11月20日（周五）"),
        (
            "list_published",
            {"from": "2026-11-01", "to": "2026-11-30"},
            "2026年11月1日（周日） 到 2026年11月30日（周一）",
        ),
        ("insurance_months", [12, 13], "12、13"),
    ],
)
def test_a_value_is_said_plainly(name: str, held: object, said: str) -> None:
    assert value(turn(), name, held) == said


def test_a_choice_is_said_in_its_words_not_its_code() -> None:
    assert value(turn(), "audit_kind", "mandatory") != "mandatory"
    assert "mandatory" in value(turn("en"), "audit_kind", "mandatory").lower()


def test_zero_is_no_open_end() -> None:
    assert "0" in value(turn(), "trained_auditors", {"min": 0, "max": 2})


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_fact_has_a_noun_and_a_shorter_one(language: Language) -> None:
    desk = turn(language)
    for name in desk.sources.rulebook.facts:
        assert 0 < len(brief(desk, name)) <= len(label(desk, name))


def test_a_name_that_is_no_fact_is_shown_as_it_is() -> None:
    assert label(turn(), "nope") == brief(turn(), "nope") == "nope"


def test_a_timeline_shows_each_deadline_with_what_is_left() -> None:
    desk = turn(list_published="2026-10-23")
    schedule = deadlines.compute(desk)
    rows = timeline(desk, schedule.deadlines).rows

    assert [row.on for row in rows] == [item.due for item in schedule.deadlines]
    assert [row.status for row in rows] == ["due_today", "upcoming", "upcoming"]
    assert "今天" in rows[0].remaining
    assert "30 天" in rows[1].remaining


def test_days_gone_by_are_counted_without_a_sign() -> None:
    desk = turn(list_published="2026-10-20")
    first = deadlines.compute(desk).deadlines[0]

    assert first.days_left == -3
    assert "3 天" in remaining(desk, first)
    assert "-" not in remaining(desk, first)
