"""``converse``, ``check`` and ``deadlines``: a line for a line, whatever the line; and options for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.lines import check, converse, deadlines
from tests.bot.channels.test_contract import CHECK, DEADLINE, KEYS

NOW = "2026-11-23T09:00:00+08:00"
ENOUGH = {"degree_staff": 4, "trained_auditors": 4, "insured_staff": 4, "senior_title_staff": 1}
COMMANDS = {"converse": converse, "check": check, "deadlines": deadlines}
GOOD: Mapping[str, Mapping[str, Any]] = {
    "converse": {"chat": "c", "text": "你好", "now": NOW},
    "check": {"goal": "consultant-voluntary"},
    "deadlines": {"today": "2026-02-10"},
}


ANY_LINE = st.dictionaries(
    st.sampled_from(
        ["chat", "text", "tap", "now", "goal", "facts", "on", "events", "today", "leads", "done"]
    ),
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.lists(st.integers(), max_size=2), st.just({})),
    max_size=4,
)


def xize(name: str, *arguments: str, lines: str | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(COMMANDS[name], arguments, input=lines, catch_exceptions=False)


def served(name: str, *lines: object, arguments: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Answers to lines; a text stands for itself, anything else is written as JSON."""
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = xize(name, "--jsonl", *arguments, lines="\n".join(written) + "\n")
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def said(text: str, chat: str = "c", **more: str) -> dict[str, str]:
    """A converse line."""
    return {"chat": chat, "text": text, "now": NOW, **more}


# --- any command ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    "line", ["{", "null", "[]", "7", '"x"', "[" * 20_000, '{"a":' * 20_000, "\x00", "{'a': 1}", '{"a": NaN}']
)
def test_a_line_that_is_no_object_is_said_to_be_none_and_the_next_is_served(name: str, line: str) -> None:
    bad, good = served(name, line, GOOD[name])

    assert bad["error"]["code"] == "malformed"
    assert "error" not in good


@pytest.mark.parametrize("name", COMMANDS)
def test_an_unknown_key_is_named_and_the_next_line_is_served(name: str) -> None:
    bad, good = served(name, {**GOOD[name], "nmae": 1}, GOOD[name])

    assert bad["error"]["code"] == "unknown_key"
    assert "nmae" in bad["error"]["message"]
    assert "error" not in good


@pytest.mark.parametrize("name", COMMANDS)
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(lines=st.lists(ANY_LINE, min_size=1, max_size=20))
def test_values_of_any_type_give_one_answer_and_no_failure_inside(
    name: str, lines: list[dict[str, Any]]
) -> None:
    answers = served(name, *lines)

    assert len(answers) == len(lines)
    assert all(answer.get("error", {}).get("code") != "internal" for answer in answers)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_lines_no_answers(name: str) -> None:
    assert served(name) == []


# --- converse ---------------------------------------------------------------------------------------


def test_a_talk_has_every_key_in_every_answer_and_goes_on_from_line_to_line() -> None:
    answers = served("converse", said("请咨询机构做审核，3个审核师"), said("不对，是5个"), said("取消"))

    assert all(set(answer) >= KEYS for answer in answers)
    assert [answer["facts"].get("trained_auditors") for answer in answers] == [3, 5, 5]
    assert [answer["intent"] for answer in answers] == ["check", "check", "cancel"]


def test_chats_are_apart_and_answers_come_in_order() -> None:
    answers = served(
        "converse", said("我们有5个审核师", "a"), said("你记了什么", "b"), said("你记了什么", "a")
    )

    assert [answer["chat"] for answer in answers] == ["a", "b", "a"]
    assert [answer["facts"] for answer in answers] == [{"trained_auditors": 5}, {}, {"trained_auditors": 5}]


def test_a_tap_is_a_line_too() -> None:
    (answer,) = served("converse", {"chat": "c", "tap": "goal:consultant-voluntary", "now": NOW})

    assert answer["check"]["goal"] == "consultant-voluntary"
    assert answer["asks"]


def test_the_given_clock_is_the_only_one() -> None:
    late = {**said("我们上了强制审核名单，昨天发布的"), "now": "2030-05-02T00:30:00+08:00"}

    assert served("converse", late)[0]["understood"]["list_published"] == "2030-05-01"


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ({"chat": "c", "text": "x", "tap": "help", "now": NOW}, "one_of", "tap"),
        ({"chat": "c", "now": NOW}, "one_of", "text"),
        ({"text": "x", "now": NOW}, "missing_key", "chat"),
        ({"chat": "c", "text": "x"}, "missing_key", "now"),
        ({"chat": "c", "text": 5, "now": NOW}, "wrong_type", "text"),
        ({"chat": 5, "text": "x", "now": NOW}, "wrong_type", "chat"),
        (said("x", lang="fr"), "unknown_language", "fr"),
        ({"chat": "c", "text": "x", "now": "2026-02-30T09:00:00+08:00"}, "no_such_time", "now"),
        ({"chat": "c", "text": "x", "now": "2026-11-23T09:00:00"}, "no_such_time", "offset"),
        ({"chat": "c", "text": "x", "now": "0001-01-01T00:00:00+08:00"}, "no_such_time", "now"),
        ({"chat": "c", "text": "x", "now": "9999-12-31T23:59:59-08:00"}, "no_such_time", "now"),
    ],
)
def test_a_converse_line_that_cannot_be_served_names_why(line: object, code: str, named: str) -> None:
    bad, good = served("converse", line, said("你好"))

    assert bad["error"]["code"] == code
    assert named in bad["error"]["message"]
    assert good["intent"] == "smalltalk"


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "a\x00b", "\n\n", "？", "😀", "第十条 " * 25_000, "<b>&amp;"]
)
def test_any_text_is_answered(text: str) -> None:
    (answer,) = served("converse", said(text))

    assert answer["text"]
    assert answer["facts"] == {}


def test_an_answer_comes_in_the_language_asked_for() -> None:
    english, traditional = served("converse", said("你好", lang="en"), said("你好", "d", lang="zh-Hant"))

    assert english["text"].isascii()
    assert traditional["text"] != english["text"]


def test_talks_are_kept_where_a_database_is_named(tmp_path: Path) -> None:
    where = ("--database", f"sqlite:///{tmp_path / 'x.db'}")
    served("converse", said("我们有5个审核师"), arguments=where)

    (answer,) = served("converse", said("你记了什么"), arguments=where)
    assert answer["facts"] == {"trained_auditors": 5}


# --- check ------------------------------------------------------------------------------------------


def test_one_auditor_short_fails_on_its_item_and_one_more_mends_it() -> None:
    facts = {**ENOUGH, "trained_auditors": 3}
    (answer,) = served("check", {"goal": "consultant-voluntary", "facts": facts, "on": "2018-09-10"})

    assert set(answer) >= CHECK
    assert answer["verdict"] == "fail"
    assert answer["failing"] == ["sz-rules-2018-draft#art_10__consultant__item_2"]
    assert answer["fixes"] == [{"trained_auditors": 4}]


def test_null_and_absent_facts_are_unknown() -> None:
    answers = served(
        "check",
        {"goal": "consultant-voluntary"},
        {"goal": "consultant-voluntary", "facts": None},
        {"goal": "consultant-voluntary", "facts": {"degree_staff": None}},
    )

    assert [answer["verdict"] for answer in answers] == ["unknown"] * 3
    assert all(set(answer["missing"]) == set(ENOUGH) for answer in answers)


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ({"goal": "no-such-goal"}, "unknown_goal", "no-such-goal"),
        ({"goal": "consultant-volontary"}, "unknown_goal", "did you mean consultant-voluntary"),
        ({"goal": "consultant-voluntary", "facts": {"degre_staff": 1}}, "unknown_fact", "mean degree_staff"),
        ({"goal": "consultant-voluntary", "facts": {"nope": 1}}, "unknown_fact", "nope"),
        ({"goal": "consultant-voluntary", "facts": []}, "wrong_type", "facts"),
        ({"goal": "consultant-voluntary", "on": "2018-02-30"}, "no_such_day", "on"),
        ({"goal": "consultant-voluntary", "on": 20180901}, "wrong_type", "on"),
        ({"facts": {}}, "missing_key", "goal"),
    ],
)
def test_a_check_line_that_cannot_be_served_names_why(line: object, code: str, named: str) -> None:
    bad, good = served("check", line, {"goal": "consultant-voluntary", "facts": ENOUGH})

    assert bad["error"]["code"] == code
    assert named in bad["error"]["message"]
    assert good["verdict"] == "pass"


@pytest.mark.parametrize(
    "value", [-1, 3.5, 10_001, 10**30, "four", True, [1], {"min": "x"}, {"foo": 1}, {"min": 5, "max": 2}]
)
def test_a_count_that_cannot_be_is_rejected_and_the_rest_is_judged(value: object) -> None:
    (answer,) = served("check", {"goal": "consultant-voluntary", "facts": {**ENOUGH, "degree_staff": value}})

    assert set(answer["rejected"]) == {"degree_staff"}
    assert answer["verdict"] == "unknown"
    assert answer["missing"] == ["degree_staff"]


# --- deadlines --------------------------------------------------------------------------------------


def test_a_list_gives_its_three_dates_with_statuses() -> None:
    (answer,) = served(
        "deadlines",
        {
            "events": {"list_published": "2026-01-31"},
            "audit_kind": "mandatory",
            "today": "2026-02-10",
            "done": ["register"],
        },
    )

    assert all(set(item) >= DEADLINE for item in answer["deadlines"])
    assert [(item["id"], item["due"], item["status"]) for item in answer["deadlines"]] == [
        ("register", "2026-02-28", "done"),
        ("start_audit", "2026-03-31", "upcoming"),
        ("report", "2027-01-31", "upcoming"),
    ]
    assert answer["deadlines"][2]["effective"] is None
    assert answer["deadlines"][2]["postponement"]


def test_a_failed_acceptance_gives_the_next_list_and_never_a_date() -> None:
    (answer,) = served("deadlines", {"events": {"acceptance_failed_on": "2026-05-08"}, "today": "2026-06-01"})

    assert answer["next_list"] == {"text": "下一轮审核名单", "due": None}
    assert answer["deadlines"] == []


def test_a_day_of_an_event_that_does_not_exist_is_rejected_by_name() -> None:
    (answer,) = served("deadlines", {"events": {"list_published": "2026-02-30"}, "today": "2026-03-01"})

    assert set(answer["rejected"]) == {"list_published"}
    assert answer["deadlines"] == []


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ({"events": {"nope": "2026-01-31"}}, "unknown_fact", "nope"),
        ({"events": []}, "wrong_type", "events"),
        ({"today": "2026-02-30"}, "no_such_day", "today"),
        ({"done": [1]}, "wrong_type", "done"),
        ({"leads": ["x"]}, "wrong_type", "leads"),
        ({"leads": [-1]}, "out_of_range", "leads"),
        ({"leads": [10**12]}, "out_of_range", "leads"),
        ({"horizon_years": True}, "wrong_type", "horizon_years"),
        ({"horizon_years": -1}, "out_of_range", "horizon_years"),
        ({"horizon_years": 10**6}, "out_of_range", "horizon_years"),
    ],
)
def test_a_deadlines_line_that_cannot_be_served_names_why(line: object, code: str, named: str) -> None:
    bad, good = served("deadlines", line, GOOD["deadlines"])

    assert bad["error"]["code"] == code
    assert named in bad["error"]["message"]
    assert "error" not in good


# --- for people -------------------------------------------------------------------------------------


def test_a_check_for_people_says_the_verdict() -> None:
    short = [f"{name}={value}" for name, value in {**ENOUGH, "trained_auditors": 3}.items()]
    done = xize("check", "consultant-voluntary", *short)

    assert done.exit_code == 0
    assert "3 / 4" in done.stdout
    assert "第十条" in done.stdout


def test_dates_for_people() -> None:
    done = xize("deadlines", "list_published=2026-01-31", "--today", "2026-02-10")

    assert done.exit_code == 0
    assert "2026年2月28日" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("check",), "goal"),
        (("check", "no-such-goal"), "no-such-goal"),
        (("check", "consultant-voluntary", "nope=1"), "nope"),
        (("check", "consultant-voluntary", "degree_staff"), "degree_staff"),
        (("check", "consultant-voluntary", "degree_staff=-1"), "degree_staff=-1"),
        (("check", "consultant-voluntary", "--on", "2018-02-30"), "2018-02-30"),
        (("check", "consultant-voluntary", "--lang", "fr"), "fr"),
        (("deadlines",), "list_published"),
        (("deadlines", "list_published=2026-02-30"), "list_published"),
        (("deadlines", "nope=2026-02-28"), "nope"),
        (("deadlines", "list_published=2026-01-31", "--today", "x"), "x"),
        (("converse",), "--jsonl"),
    ],
)
def test_wrong_use_is_one_sentence_that_names_the_thing(arguments: tuple[str, ...], named: str) -> None:
    done = xize(*arguments)

    assert done.exit_code == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_a_roster_is_read_from_its_path_and_its_buttons_go_on(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("姓名,证书\n张三,国家\n", encoding="gbk")
    asked, told = served(
        "converse",
        {"chat": "c", "file": str(path), "now": NOW},
        {"chat": "c", "tap": "roster:column:1:auditor_certificate:yes", "now": NOW},
    )

    assert asked["asks"] == ["confirm"]
    assert told["facts"] == {"trained_auditors": 1}
    assert "张三" in told["text"]
    assert path.exists()


def test_a_file_that_is_no_roster_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"PK\x03\x04")
    (reply,) = served("converse", {"chat": "c", "file": str(path), "now": NOW})

    assert reply["intent"] == "help"
    assert reply["facts"] == {}
    assert len(reply["text"].splitlines()) == 1
