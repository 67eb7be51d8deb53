"""The tools give what their schemas say, and name what they cannot serve."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.app import load_sources
from bot.channels.jsonl import LineError
from bot.channels.machine import checked, scheduled
from bot.mcp.tools import TOOLS

TODAY = date(2026, 11, 23)


def call(name: str, **arguments: Any) -> dict[str, Any]:
    """Use a tool; its answer is held against its own schema."""
    tool, sources = TOOLS[name], load_sources()
    answer = tool.call(sources, arguments, TODAY)
    Draft202012Validator(tool.gives()).validate(answer)
    return dict(json.loads(json.dumps(answer)))


@pytest.mark.parametrize("name", TOOLS)
def test_schemas_are_schemas_and_describe_every_key(name: str) -> None:
    tool = TOOLS[name]
    takes, gives = tool.takes(load_sources().rulebook), tool.gives()

    Draft202012Validator.check_schema(takes)
    Draft202012Validator.check_schema(gives)
    assert takes["type"] == gives["type"] == "object"
    assert takes["additionalProperties"] is False
    assert all("description" in schema for schema in takes["properties"].values())


def test_goals_and_facts_are_named_to_the_model() -> None:
    book = load_sources().rulebook
    takes = TOOLS["check_requirements"].takes(book)
    facts = next(part for part in takes["properties"]["facts"]["anyOf"] if part["type"] == "object")

    assert takes["properties"]["goal"]["enum"] == list(book.goals)
    assert set(facts["properties"]) == set(book.facts)


def test_a_check_is_the_machine_interfaces() -> None:
    asked = {"goal": "consultant-voluntary", "facts": {"degree_staff": 4, "trained_auditors": 3}}

    assert call("check_requirements", **asked) == json.loads(
        json.dumps(checked(load_sources(), asked, TODAY))
    )


def test_dates_are_the_machine_interfaces() -> None:
    asked = {"events": {"list_published": "2026-01-31"}, "audit_kind": "mandatory"}

    assert call("compute_deadlines", **asked) == json.loads(
        json.dumps(scheduled(load_sources(), asked, TODAY))
    )


@pytest.mark.parametrize("question", ["第十条", "sz-rules-2018-draft#art_10", "自行组织审核需要几名审核师？"])
def test_a_clause_comes_with_the_provisions_behind_every_sentence(question: str) -> None:
    answer = call("lookup_clause", question=question)
    library = load_sources().library

    assert answer["abstain"] is None
    assert answer["statements"]
    assert all(one["refs"] for one in answer["statements"])
    assert {"sz-rules-2018-draft"} == {one["instrument"] for one in answer["provisions"]}
    assert all(one["text"] == library.provision(one["ref"]).text for one in answer["provisions"])
    assert answer["standing"]


def test_several_questions_come_with_an_answer_each() -> None:
    answer = call("lookup_clause", question="请中介要几个高工，他们收费标准是多少？")

    assert [one["abstain"] for one in answer["questions"]] == [None, "not_in_source"]
    assert all(one["asked"] and one["statements"] for one in answer["questions"])
    assert call("lookup_clause", question="第十条")["questions"] == []


@pytest.mark.parametrize(
    ("question", "why"), [("第三十五条", "out_of_range"), ("ISO 14001认证要多少钱", "out_of_scope")]
)
def test_where_the_sources_are_silent_it_says_so(question: str, why: str) -> None:
    answer = call("lookup_clause", question=question)

    assert answer["abstain"] == why
    assert answer["provisions"] == []


def test_our_sentences_come_in_english_and_the_laws_words_as_they_are() -> None:
    chinese, english = (call("lookup_clause", question="第二十一条", lang=lang) for lang in ("zh-Hans", "en"))

    assert english["statements"][0]["text"] != chinese["statements"][0]["text"]
    assert [one["quote"] for one in english["provisions"]] == [one["quote"] for one in chinese["provisions"]]


@pytest.mark.parametrize(
    ("name", "arguments", "named"),
    [
        ("lookup_clause", {}, "question"),
        ("lookup_clause", {"question": ""}, "question"),
        ("lookup_clause", {"question": "第十条", "on": "2026-02-30"}, "2026-02-30"),
        ("lookup_clause", {"question": "第十条", "lang": "fr"}, "lang"),
        ("check_requirements", {"gaol": "x"}, "gaol"),
        ("check_requirements", {"goal": "no-such-goal"}, "no-such-goal"),
        ("check_requirements", {"goal": "consultant-voluntary", "facts": {"nope": 1}}, "nope"),
        ("check_requirements", {"goal": "consultant-voluntary", "facts": "none"}, "facts"),
        ("compute_deadlines", {"today": "tomorrow"}, "today"),
        ("compute_deadlines", {"events": {"nope": "2026-01-31"}}, "nope"),
        ("compute_deadlines", {"leads": [10**12]}, "leads"),
    ],
)
def test_what_cannot_be_served_is_named(name: str, arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(LineError, match=named):
        TOOLS[name].call(load_sources(), arguments, TODAY)


@pytest.mark.parametrize("name", TOOLS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    arguments=st.dictionaries(
        st.sampled_from(["question", "goal", "facts", "on", "events", "today", "leads", "done", "noticed"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just({}), st.just([1])),
        max_size=3,
    )
)
def test_any_arguments_are_answered_or_refused_by_name(name: str, arguments: dict[str, Any]) -> None:
    try:
        answered = bool(call(name, **arguments))
    except LineError as error:
        answered = bool(str(error))

    assert answered
