"""One thing that was told is struck out again, and nothing else with it."""

from __future__ import annotations

import pytest

from tests.bot.talks import Desk, headline, text_of

TOLD = "代理机构 强制 学历5 审核师4 社保满一年4 高工2"


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("高工那条先别记，还没核实", "senior_title_staff"),
        ("社保那个删掉吧 我还要核实", "insured_staff"),
        ("审核师那项不算数", "trained_auditors"),
        ("remove the auditors please", "trained_auditors"),
    ],
)
async def test_what_is_named_is_dropped_and_judged_anew(desk: Desk, words: str, gone: str) -> None:
    before = (await desk.says(TOLD)).facts
    reply = await desk.says(words)

    assert set(before) - set(reply.facts) == {gone}
    assert reply.check is not None
    assert gone in reply.check.missing
    assert gone not in reply.asks


async def test_it_says_what_was_dropped(desk: Desk) -> None:
    await desk.says(TOLD)

    assert "高级职称 2" in headline(await desk.says("高工那条先别记"))


async def test_a_day_struck_out_takes_its_dates_along(desk: Desk) -> None:
    await desk.says("名单是2026年11月20日发布的，强制")
    await desk.says("名单日期先删掉，我再查查")

    assert "list_published" not in (await desk.says("你记了什么")).facts
    assert not [item for item in (await desk.talk()).deadlines.values() if item.state == "open"]


@pytest.mark.parametrize(
    "words",
    [
        "审核师那项不算数吗",
        "把它删掉",
        "检测设备那项删掉",
        "兼职的审核师不算数",
        "审核师去了广州",
        "审核师里有外省的证不算数",
    ],
)
async def test_nothing_is_dropped_that_is_asked_about_or_not_named(desk: Desk, words: str) -> None:
    before = (await desk.says(TOLD)).facts

    assert (await desk.says(words)).facts == before
    assert "审核师" in text_of(await desk.says("你记了什么"))


_LISTED = "我司4月15日进了强审名单，属铅蓄电池行业，重点企业"


@pytest.mark.parametrize("words", ["把行业那条删了吧", "行业删掉", "delete the industry"])
async def test_what_is_noted_is_dropped_by_what_people_call_it(desk: Desk, words: str) -> None:
    await desk.says(_LISTED)
    reply = await desk.says(words)

    assert "industry" not in reply.facts
    assert "list_published" in reply.facts


@pytest.mark.parametrize(
    ("words", "asked"),
    [("日期记错了", "list_published"), ("行业写错了", "industry"), ("that date is wrong", "list_published")],
)
async def test_what_is_said_to_be_wrong_is_asked_for_anew(desk: Desk, words: str, asked: str) -> None:
    await desk.says(_LISTED)
    reply = await desk.says(words)

    assert reply.asks == (asked,)
    assert asked in reply.facts


@pytest.mark.parametrize("words", ["全忘了吧", "全部删除", "wipe everything", "咩都唔好記", "刪晒佢"])
async def test_all_is_erased_only_after_a_yes(desk: Desk, words: str) -> None:
    await desk.says(_LISTED)
    asked = await desk.says(words)

    assert asked.asks == ("confirm",)
    assert asked.facts
    assert not (await desk.says("确定")).facts
