"""The judges tell a right reply from a wrong one. No product is needed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.evaluation import report, results, running, talk
from tests.evaluation.product import Reply
from tests.evaluation.running import Outcome

ITEM = "sz-rules-2018-draft#art_10__consultant__item_2"
FAILED: Reply = {
    "verdict": "fail",
    "failing": [ITEM],
    "missing": ["senior_title_staff", "total_staff"],
    "rejected": {},
    "fixes": [{"trained_auditors": 4}],
}
EXPECTED = {
    "verdict": "fail",
    "failing": ["sz-rules-2018-draft#art_10__consultant"],
    "missing": ["senior_title_staff"],
    "rejected": [],
    "fixes": [{"trained_auditors": 4}],
}


def test_a_right_check_has_no_faults() -> None:
    assert results.check_faults(FAILED, EXPECTED) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "pass"},
        {"failing": []},
        {"failing": [ITEM, "sz-rules-2018-draft#art_21"]},
        {"missing": []},
        {"missing": ["senior_title_staff", "degree_staff"]},
        {"rejected": {"degree_staff": "negative"}},
        {"fixes": []},
        {"fixes": [{"trained_auditors": 4}, {"trained_auditors": 5}]},
    ],
)
def test_each_wrong_part_of_a_check_is_a_fault(wrong: Reply) -> None:
    assert results.check_faults({**FAILED, **wrong}, EXPECTED)


def test_a_refusal_is_an_error_or_a_rejection() -> None:
    assert results.check_faults({"error": {"code": "unknown", "message": ""}}, {"error": True}) == []
    assert results.check_faults(FAILED, {"error": True})


def schedule(**change: Any) -> Reply:
    register: Reply = {"id": "register", "due": "2026-02-28", "effective": "2026-02-28"}
    register["reminders"] = [{"lead": 30, "on": "2026-01-29", "skipped": "before the trigger"}]
    return {"deadlines": [register], "cycle": None, "next_list": None, "asks": [], "rejected": {}, **change}


WANTED: Reply = {
    "deadlines": {
        "register": {
            "due": "2026-02-28",
            "effective": "2026-02-28",
            "reminders": [{"lead": 30, "on": "2026-01-29", "skipped": True}],
        }
    },
    "cycle": None,
    "next_list": False,
}


def test_a_right_schedule_has_no_faults() -> None:
    assert results.schedule_faults(schedule(), WANTED) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"deadlines": []},
        {"cycle": {"years": 2, "action": "complete", "statutory": True}},
        {"next_list": {"text": "下一轮审核名单", "due": None}},
    ],
)
def test_each_wrong_part_of_a_schedule_is_a_fault(wrong: Reply) -> None:
    assert results.schedule_faults(schedule(**wrong), WANTED)


def test_a_next_list_never_has_a_date() -> None:
    dated = schedule(next_list={"text": "下一轮审核名单", "due": "2027-01-31"})
    assert results.schedule_faults(dated, {"next_list": True})


def test_a_turn_is_judged_by_every_expectation() -> None:
    reply: Reply = {"intent": "check", "understood": {"route": "self"}, "check": None, "asks": ["route"]}
    right = {"intent": ["check", "lookup"], "verdict": "none", "asks_any": ["route"]}
    assert talk.turn_faults(reply, right) == []
    assert len(talk.turn_faults(reply, {"intent": "lookup", "understood": {}, "verdict": "pass"})) == 3


def test_an_error_line_is_never_right() -> None:
    assert talk.turn_faults({"error": {"code": "x", "message": ""}}, {})


class Scripted:
    """Stands in for the product: the same reply to everything."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def ask(self, request: Reply) -> Reply:
        return self.reply


@pytest.mark.parametrize(
    ("wanted", "given", "label"),
    [
        (None, None, "right"),
        ("not_in_source", None, "wrongly answered"),
        (None, "not_in_source", "wrongly refused"),
        ("not_in_source", "out_of_scope", "wrong"),
        (["not_in_source", None], None, "right"),
    ],
)
def test_answers_and_abstentions_are_told_apart(wanted: Any, given: str | None, label: str) -> None:
    entry = {"id": "q", "kind": "k", "text": "?", "expect": {"abstain": wanted}}
    (outcome,) = running.run_questions(Scripted({"text": "", "abstain": given}), [entry])
    assert outcome.label == label


def test_the_table_counts_by_kind_and_in_all() -> None:
    outcomes = [Outcome("a", "x", "", "right"), Outcome("b", "y", "", "wrong", ("why",))]
    lines = report.table("title", outcomes)
    assert lines[-1].strip() == "50.0% right"
    assert report.wrong_ones(outcomes)[1].strip() == "why"
