"""A reply of the machine interface has every key, whatever the reply holds."""

from __future__ import annotations

import json

import pytest

from bot.channels.contract import converse_as_json
from bot.messages import Button, Intent, Reply, Text
from tests.bot.talks import LISTED, Desk

KEYS = {
    "chat", "text", "intent", "abstain", "citations", "facts", "understood", "asks", "rejected", "check",
    "deadlines", "cycle", "next_list", "reminders", "company", "companies", "buttons", "attachments",
}  # fmt: skip
CITATION = {"ref", "label", "wording", "quote", "status"}
CHECK = {
    "goal", "verdict", "requirements", "failing", "missing", "rejected", "fixes", "notes", "citations"
}  # fmt: skip
REQUIREMENT = {"id", "title", "outcome", "required", "given", "citations"}
DEADLINE = {
    "id", "title", "due", "effective", "postponed", "postponement", "status", "effective_status",
    "days_left", "reminders", "citations",
}  # fmt: skip


def test_an_empty_reply_has_every_key() -> None:
    line = converse_as_json("c1", Reply(Intent.HELP, (Text("hello"),)))

    assert set(line) >= KEYS
    assert (line["chat"], line["text"], line["intent"]) == ("c1", "hello", "help")
    assert line["reminders"] == {"active": [], "done": [], "leads": []}
    for key in ("abstain", "check", "cycle", "next_list", "company"):
        assert line[key] is None
    for key in ("citations", "asks", "deadlines", "companies", "buttons", "attachments"):
        assert line[key] == []


def test_a_button_that_opens_a_page_taps_nothing() -> None:
    reply = Reply(Intent.HELP, (), (Button("page", url="https://example.org/"), Button("tap", "help")))

    assert converse_as_json("c", reply)["buttons"] == [{"label": "tap", "tap": "help"}]


@pytest.mark.parametrize(
    "said", ["第十条讲什么", "请咨询机构做审核，3个审核师", LISTED, "第三十五条", "你好"]
)
async def test_every_reply_is_json_with_every_key(desk: Desk, said: str) -> None:
    line = converse_as_json("c1", await desk.says(said))

    assert json.loads(json.dumps(line, ensure_ascii=False)) == line
    assert set(line) >= KEYS
    assert all(set(item) >= CITATION for item in line["citations"])


async def test_a_check_is_a_check_result(desk: Desk) -> None:
    line = converse_as_json("c1", await desk.says("请咨询机构做审核，3个审核师"))

    assert set(line["check"]) >= CHECK
    assert all(set(row) >= REQUIREMENT for row in line["check"]["requirements"])


async def test_dates_and_reminders_are_told(desk: Desk) -> None:
    await desk.says(LISTED)
    line = converse_as_json("c1", await desk.says("到期前提醒我"))

    assert all(set(item) >= DEADLINE for item in line["deadlines"])
    assert [item["due"] for item in line["deadlines"]] == ["2026-12-20", "2027-01-20", "2027-11-20"]
    assert line["reminders"]["active"] == ["register", "start_audit", "report"]


async def test_a_cycle_and_a_next_list_are_told(desk: Desk) -> None:
    cycle = converse_as_json("c1", await desk.says("我们做铅蓄电池，多久审核一次？"))["cycle"]
    await desk.taps('set:acceptance_failed_on:"2026-05-08"')
    next_list = converse_as_json("c1", await desk.says("/deadlines"))["next_list"]

    assert cycle == {"years": 2, "action": "complete", "statutory": True}
    assert next_list == {"text": "下一轮审核名单", "due": None}


async def test_each_requirement_names_the_words_it_was_judged_on(desk: Desk) -> None:
    reply = await desk.says("代理公司 5 个大专、3 个审核师，自愿")

    rows = {row["id"]: row for row in converse_as_json("c", reply)["check"]["requirements"]}
    assert "3个审核师" in rows["consultant_trained_auditors"]["said"]["trained_auditors"]
    assert rows["consultant_insured_staff"]["said"] == {}
