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
