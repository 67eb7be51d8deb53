"""What is said beside a verdict."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.loader import load
from rules_engine.model import CheckResult, Verdict

BOOK = load()
ON = date(2026, 11, 23)
GOOD = {"degree_staff": 4, "trained_auditors": 4, "insured_staff": 4, "senior_title_staff": 1}


def notes(result: CheckResult) -> str:
    return "\n".join(note.zh for note in result.notes)


def person(name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "degree": "本科",
        "major": "环境工程",
        "auditor_certificate": "国家",
        "insurance_months": 24,
        "title": "高级",
        "title_field": "环保",
        **more,
    }


def test_the_inclusive_reading_is_said_on_the_edge_only() -> None:
    assert "包括本数" in notes(BOOK.check("consultant-voluntary", GOOD, ON))
    assert "包括本数" not in notes(BOOK.check("consultant-voluntary", dict.fromkeys(GOOD, 9), ON))


def test_stated_and_counted_numbers_that_differ_are_both_told() -> None:
    result = BOOK.check("consultant-voluntary", {**GOOD, "insurance_months": [24, 3]}, ON)
    assert "按您说的 4 计；按明细算是 1" in notes(result)


def test_a_person_with_an_unclear_major_is_named() -> None:
    result = BOOK.check("consultant-voluntary", {"roster": [person("赵六", major="工程管理")]}, ON)
    assert "赵六的「专业」" in notes(result)


def test_the_stricter_reading_of_a_roster_is_told_where_it_differs() -> None:
    four = [person(name) for name in "甲乙丙丁"]
    assert "每人只能计入一项" in notes(BOOK.check("consultant-voluntary", {"roster": four}, ON))
    thirteen = [person(f"第{number}人") for number in range(13)]
    assert "每人只能计入一项" not in notes(BOOK.check("consultant-voluntary", {"roster": thirteen}, ON))


def test_the_stricter_reading_finds_the_right_seats() -> None:
    only = {"auditor_certificate": "无", "insurance_months": 0, "title": "无", "degree": "高中"}
    people = [person(f"学{n}", **{**only, "degree": "本科"}) for n in range(4)]
    people += [person(f"证{n}", **{**only, "auditor_certificate": "国家"}) for n in range(4)]
    people += [person(f"保{n}", **{**only, "insurance_months": 12}) for n in range(4)]
    people += [person("高", **{**only, "title": "高级"})]
    assert "每人只能计入一项" not in notes(BOOK.check("consultant-voluntary", {"roster": people}, ON))


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2026, 11, 23)), st.dates(date(2024, 1, 1), date(2026, 11, 23)))
def test_a_penalty_heals_on_the_first_day_that_passes(penalty: date, application: date) -> None:
    def checked(on: date) -> CheckResult:
        facts = {
            "materials_submitted": True,
            "penalty_dates": [penalty.isoformat()],
            "application_on": on.isoformat(),
        }
        return BOOK.check("municipal-acceptance", facts, ON)

    result = checked(application)
    if result.heals_on is None:
        assert result.verdict is Verdict.PASS
    else:
        assert result.heals_on > application
        assert checked(result.heals_on).verdict is Verdict.PASS
        assert checked(result.heals_on - timedelta(days=1)).verdict is Verdict.FAIL


def test_days_after_the_application_are_said_not_to_count() -> None:
    facts = {"materials_submitted": True, "penalty_dates": ["2026-05-01"], "application_on": "2026-01-01"}
    assert "晚于" in notes(BOOK.check("municipal-acceptance", facts, ON))


def test_the_notes_of_standing_can_be_told_from_the_others() -> None:
    result = BOOK.check("consultant-voluntary", GOOD, ON)
    assert len(result.standing) == 1
    assert result.standing[0] in result.notes
    assert "征求意见稿" in result.standing[0].zh
