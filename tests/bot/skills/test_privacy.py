"""A contact's own data: all of it on request and none of anybody else's; gone after one confirmation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.messages import Intent, Reply
from tests.bot.talks import LISTED, Desk, text_of

FORGET = "删除我的数据"


@pytest.fixture(autouse=True)
def _files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def _held(reply: Reply) -> dict[str, Any]:
    (attachment,) = reply.attachments
    assert attachment.media_type == "application/json"
    held: dict[str, Any] = json.loads(attachment.path.read_text(encoding="utf-8"))
    return held


async def _life(desk: Desk, chat: str, company: str) -> None:
    await desk.says(f"我们公司叫{company}", chat=chat)
    await desk.says("我们有5个审核师", chat=chat)
    await desk.says(LISTED, chat=chat)
    await desk.says("到期前提醒我", chat=chat)


async def test_an_export_holds_everything_of_ones_own(desk: Desk) -> None:
    await _life(desk, "jsonl:a", "甲化工")
    held = _held(await desk.says("/export"))

    assert held["contact"]["chat"] == "jsonl:a"
    assert [item["name"] for item in held["companies"]] == ["甲化工"]
    assert {item["name"]: item["value"] for item in held["facts"]} == {
        "trained_auditors": 5,
        "list_published": "2026-11-20",
        "audit_kind": "mandatory",
    }
    assert all(item["words"] for item in held["facts"])
    assert {item["key"] for item in held["deadlines"]} == {"register", "start_audit", "report"}
    assert len(held["subscriptions"]) == 1


async def test_an_export_holds_nothing_of_others(desk: Desk) -> None:
    await _life(desk, "jsonl:a", "甲化工")
    await _life(desk, "jsonl:b", "乙电镀")
    exported = json.dumps(_held(await desk.says("/export", chat="jsonl:a")), ensure_ascii=False)

    assert "乙电镀" not in exported
    assert "jsonl:b" not in exported


async def test_whoever_said_nothing_has_an_export_all_the_same(desk: Desk) -> None:
    held = _held(await desk.says("/export"))

    assert (held["companies"], held["facts"], held["deadlines"]) == ([], [], [])


async def test_forgetting_asks_once_and_keeps_everything_until_then(desk: Desk) -> None:
    await desk.says("我们有5个审核师")
    reply = await desk.says(FORGET)

    assert (reply.intent, reply.asks) == (Intent.FORGET, ("confirm",))
    assert reply.facts == {"trained_auditors": 5}


@pytest.mark.parametrize("how", ["是", "是的", "确认", "tap"])
async def test_after_the_confirmation_nothing_is_left(desk: Desk, how: str) -> None:
    await _life(desk, "jsonl:a", "甲化工")
    asked = await desk.says(FORGET)
    confirm = next(button.tap for button in asked.buttons if button.tap.startswith("confirm"))
    done = await (desk.taps(confirm) if how == "tap" else desk.says(how))

    assert done.intent is Intent.FORGET
    assert (done.facts, done.company, done.companies, done.reminders.active) == ({}, None, (), ())
    after = await desk.says("你记了什么")
    assert (after.facts, after.company, after.companies) == ({}, None, ())
    assert "甲化工" not in text_of(after)
    kept = await desk.talk()
    assert (kept.companies, kept.facts, kept.deadlines, kept.subscriptions) == ({}, {}, {}, {})


@pytest.mark.parametrize("how", ["不", "不要", "取消", "tap"])
async def test_a_no_keeps_everything(desk: Desk, how: str) -> None:
    await desk.says("我们有5个审核师")
    await desk.says(FORGET)
    await (desk.taps("cancel") if how == "tap" else desk.says(how))

    assert (await desk.says("你记了什么")).facts == {"trained_auditors": 5}


async def test_a_yes_to_nothing_erases_nothing(desk: Desk) -> None:
    await desk.says("我们有5个审核师")
    await desk.says("是")

    assert (await desk.says("你记了什么")).facts == {"trained_auditors": 5}


@pytest.mark.parametrize("between", ["第十条讲什么", "我们有5个审核师", "/check"])
async def test_a_yes_after_something_else_erases_nothing(desk: Desk, between: str) -> None:
    await desk.says("我们有5个审核师")
    await desk.says(FORGET)
    await desk.says(between)
    await desk.says("是")

    assert (await desk.says("你记了什么")).facts["trained_auditors"] == 5


async def test_forgetting_one_leaves_the_others(desk: Desk) -> None:
    await _life(desk, "jsonl:a", "甲化工")
    await _life(desk, "jsonl:b", "乙电镀")
    await desk.says(FORGET, chat="jsonl:a")
    await desk.says("是", chat="jsonl:a")

    other = await desk.says("我的提醒", chat="jsonl:b")
    assert other.company == "乙电镀"
    assert len(other.reminders.active) == 3


async def test_life_begins_anew_afterwards(desk: Desk) -> None:
    await _life(desk, "jsonl:a", "甲化工")
    await desk.says(FORGET)
    await desk.says("是")

    assert (await desk.says("我们有2个审核师")).facts == {"trained_auditors": 2}


@pytest.mark.parametrize("tap", ["confirm:forget", "confirm:zz", "confirm"])
async def test_a_button_of_a_question_that_was_answered_no_asks_anew(desk: Desk, tap: str) -> None:
    await desk.says("我们有5个审核师")
    await desk.says(FORGET)
    await desk.taps("cancel")
    reply = await desk.taps(tap)

    assert reply.asks == ("confirm",)
    assert (await desk.says("你记了什么")).facts == {"trained_auditors": 5}
