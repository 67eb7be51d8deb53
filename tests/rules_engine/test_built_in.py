"""The built-in rulebook as the machine interface's users meet it."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.cases import run_cases
from rules_engine.loader import load, read_cases
from rules_engine.model import ScheduleRequest, Verdict

BOOK = load()
ON = date(2018, 9, 10)
GOOD = {"degree_staff": 4, "trained_auditors": 4, "insured_staff": 4, "senior_title_staff": 1}
GOALS = [
    "consultant-voluntary",
    "consultant-mandatory",
    "self-audit-documents-voluntary",
    "self-audit-documents-mandatory",
    "self-audit-capability",
    "self-audit-voluntary",
    "self-audit-mandatory",
    "national-consultant",
    "national-self-audit",
    "guangdong-2010-provider",
    "municipal-acceptance",
    "provincial-title",
    "provincial-title-2017",
    "reapplication",
    "extension",
]


def test_every_case_holds_and_every_requirement_is_seen_met_not_met_and_unknown() -> None:
    trial = run_cases(BOOK, read_cases())
    assert trial.failures == []
    assert trial.unseen(BOOK) == []


def test_all_goals_are_there() -> None:
    assert sorted(BOOK.goals) == sorted(GOALS)


def test_three_auditors_fail_by_the_second_item_and_a_fourth_mends_it() -> None:
    found = BOOK.check("consultant-voluntary", {**GOOD, "trained_auditors": 3}, ON).as_json()
    assert found["verdict"] == "fail"
    assert found["failing"] == ["sz-rules-2018-draft#art_10__consultant__item_2"]
    assert found["fixes"] == [{"trained_auditors": 4}]
    line = next(row for row in found["requirements"] if row["outcome"] == "not_met")
    assert (line["required"], line["given"]) == (4, 3)


def test_the_draft_is_never_called_in_force() -> None:
    for goal in BOOK.goals.values():
        if goal.layer == "sz-draft-2018":
            notes = BOOK.check(goal.id, {}, ON).as_json("en")["notes"]
            assert any("never took effect" in note for note in notes)


@pytest.mark.parametrize(
    "name", [name for name, fact in BOOK.facts.items() if fact.type == "count" and fact.asked]
)
@pytest.mark.parametrize("value", [-1, 3.5, 10001, "4", "四", True, {"min": 3, "max": 1}, {}, [4]])
def test_a_bad_count_is_rejected_by_name_and_never_passes(name: str, value: Any) -> None:
    for goal in BOOK.goals.values():
        if name in goal.facts:
            result = BOOK.check(goal.id, {**GOOD, name: value}, date(2026, 11, 23))
            assert name in result.rejected
            assert result.verdict is not Verdict.PASS


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(sorted(GOALS)),
    st.fixed_dictionaries(
        {},
        optional={
            name: st.integers(0, 6) if fact.type == "count" else st.booleans()
            for name, fact in BOOK.facts.items()
            if fact.asked and fact.type in ("count", "boolean")
        },
    ),
)
def test_each_fix_alone_turns_the_verdict_to_pass(goal: str, facts: dict[str, Any]) -> None:
    result = BOOK.check(goal, facts, date(2026, 11, 23))
    assert (result.verdict is Verdict.FAIL) or not result.fixes
    for fix in result.fixes:
        assert BOOK.check(goal, {**facts, **fix}, date(2026, 11, 23)).verdict is Verdict.PASS
    assert (result.verdict is Verdict.FAIL) is bool(result.failing) or result.either_way


def test_facts_can_be_asked_in_both_languages() -> None:
    for fact in BOOK.facts.values():
        assert all((fact.label.zh, fact.label.en, fact.question.zh, fact.question.en))


def test_the_national_the_draft_and_the_provincial_conditions_stand_side_by_side() -> None:
    sides = [("national-consultant", ON), ("consultant-voluntary", ON), ("guangdong-2010-provider", ON)]
    found = BOOK.diff(sides, {**GOOD, "fulltime_senior_staff": 1})
    assert [side.verdict for side in found.sides] == [Verdict.UNKNOWN, Verdict.PASS, Verdict.FAIL]
    assert found.demands["trained_auditors"] == (None, 4, None)
    assert found.demands["fulltime_senior_staff"] == (None, None, 2)


def test_the_contracts_deadlines() -> None:
    facts = {
        "list_published": "2026-01-31",
        "last_round_completed": "2022-06-30",
        "acceptance_failed_on": None,
        "audit_kind": "mandatory",
        "industry": "铅蓄电池",
        "in_catalogue": None,
        "key_enterprise": True,
    }
    found = BOOK.schedule(ScheduleRequest(facts, date(2026, 2, 10), done=("register",))).as_json()
    register = found["deadlines"][0]
    assert (register["id"], register["due"], register["effective"]) == (
        "register",
        "2026-02-28",
        "2026-02-28",
    )
    assert (register["postponed"], register["status"], register["days_left"]) == (False, "done", 18)
    assert found["cycle"] == {"years": 2, "action": "complete", "statutory": True}
    assert (found["next_list"], found["asks"]) == (None, [])
    assert [item["id"] for item in found["deadlines"]][3:] == [f"round_{number}" for number in range(1, 6)]


def test_every_answer_about_days_cites_something() -> None:
    for facts in (
        {"list_published": "2026-01-31"},
        {"industry": "钢铁"},
        {"acceptance_failed_on": "2026-01-01"},
    ):
        assert BOOK.schedule(ScheduleRequest(facts, date(2026, 2, 10))).citations


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 20000)
    | st.floats()
    | st.sampled_from(["2026-02-30", "电镀", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["min", "max", "from", "to", "name", "degree"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PLAUSIBLE = {
    "count": st.integers(0, 12)
    | st.fixed_dictionaries({}, optional={"min": st.integers(0, 9), "max": st.integers(0, 9)}),
    "boolean": st.booleans(),
    "date": st.dates(date(2015, 1, 1), date(2027, 12, 31)).map(date.isoformat),
    "dates": st.lists(st.dates(date(2020, 1, 1), date(2027, 12, 31)).map(date.isoformat), max_size=3),
    "counts": st.lists(st.integers(0, 40), max_size=6),
    "number": st.floats(0, 100),
    "text": st.sampled_from(["电镀", "钢铁厂", "化工", "铅酸电池"]),
}


def stated() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={name: PLAUSIBLE.get(fact.type, ANYTHING) | ANYTHING for name, fact in BOOK.facts.items()},
    )


@settings(deadline=None, max_examples=120)
@given(st.sampled_from(sorted(GOALS)), stated(), st.dates(date(2005, 1, 1), date(2030, 1, 1)))
def test_whatever_is_stated_a_check_answers_and_adds_up(goal: str, facts: dict[str, Any], on: date) -> None:
    found = BOOK.check(goal, facts, on).as_json()
    assert json.loads(json.dumps(found)) == found
    assert set(found["rejected"]) <= set(facts)
    if found["verdict"] == "pass":
        assert found["failing"] == found["missing"] == found["fixes"] == []
    for fix in found["fixes"]:
        assert BOOK.check(goal, {**facts, **fix}, on).verdict is Verdict.PASS


@settings(deadline=None, max_examples=80)
@given(stated(), st.dates(date(2016, 1, 1), date(2030, 1, 1)))
def test_whatever_is_stated_a_schedule_answers(facts: dict[str, Any], today: date) -> None:
    found = BOOK.schedule(ScheduleRequest(facts, today)).as_json()
    assert json.loads(json.dumps(found)) == found
    assert all(item["citations"] for item in found["deadlines"])
