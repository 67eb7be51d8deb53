"""Dates that follow from events, kept with the company so that reminders can rest on them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.messages import Intent, Reply, Timeline
from bot.skills import deadlines
from rules_engine.model import DeadlineStatus, Schedule
from tests.bot.talks import LISTED, Desk, headline, text_of, turn, verbs

DUE = {
    "register": date(2026, 12, 20),
    "start_audit": date(2027, 1, 20),
    "report": date(2027, 11, 20),
}


def schedule(reply: Reply) -> Schedule:
    """The schedule that a reply carries."""
    assert reply.schedule is not None
    return reply.schedule


async def test_a_published_list_gives_its_dates_with_their_clause(desk: Desk) -> None:
    reply = await desk.says(LISTED)

    assert {item.id: item.due for item in schedule(reply).deadlines} == DUE
    assert any("#art_17" in item.ref for item in reply.citations)
    assert "2026年12月20日" in text_of(reply)
    assert {"subscribe", "calendar", "clause"} <= verbs(reply)


async def test_the_dates_are_kept_with_the_company(desk: Desk) -> None:
    await desk.says(LISTED)

    kept = (await desk.talk()).deadlines.values()
    assert {item.key: item.due for item in kept} == DUE
    assert {(item.state, item.revision) for item in kept} == {("open", 1)}


async def test_asking_again_keeps_no_second_copy(desk: Desk) -> None:
    await desk.says(LISTED)
    first = (await desk.talk()).deadlines
    await desk.says("/deadlines")

    assert (await desk.talk()).deadlines == first


async def test_an_event_that_moves_gives_each_date_a_new_revision(desk: Desk) -> None:
    await desk.says(LISTED)
    before = (await desk.talk()).deadlines
    await desk.says("名单其实是2026年11月10日发布的")

    after = (await desk.talk()).deadlines
    assert set(after) == set(before)
    assert {item.revision for item in after.values()} == {2}
    assert min(item.due for item in after.values()) == date(2026, 12, 10)


async def test_a_date_that_moved_after_it_was_done_is_open_again(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.taps("finish:register")
    await desk.says("名单其实是2026年11月10日发布的")

    (register,) = [item for item in (await desk.talk()).deadlines.values() if item.key == "register"]
    assert (register.state, register.settled_at) == ("open", None)


async def test_a_done_date_stays_done_when_nothing_moved(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.taps("finish:register")
    reply = await desk.says("/deadlines")

    status = {item.id: item.status for item in schedule(reply).deadlines}
    assert status["register"] is DeadlineStatus.DONE


async def test_without_an_event_it_is_asked_for(desk: Desk) -> None:
    reply = await desk.says("/deadlines")

    assert reply.intent is Intent.DEADLINES
    assert reply.asks == ("list_published",)
    assert reply.schedule is None
    assert schedule(await desk.says("2026年11月20日")).deadlines


async def test_a_supplied_year_is_said_asked_to_confirm_and_can_be_changed_by_one_tap(desk: Desk) -> None:
    reply = await desk.says("强制审核名单11月20日发布的")

    assert reply.understood["list_published"] == "2026-11-20"
    assert "list_published" in reply.asks
    assert "2026年11月20日" in headline(reply)
    assert 'set:list_published:"2025-11-20"' in [button.tap for button in reply.buttons]


async def test_a_year_that_was_said_is_not_asked_about(desk: Desk) -> None:
    assert (await desk.says(LISTED)).asks == ()


async def test_a_day_that_does_not_exist_is_said_and_asked_again(desk: Desk) -> None:
    reply = await desk.says("强制审核名单是2026年2月30日发布的")

    assert "list_published" not in reply.facts
    assert set(reply.rejected) == {"list_published"}
    assert reply.asks == ("list_published",)


async def test_a_rest_day_is_shown_beside_the_plain_date(desk: Desk) -> None:
    reply = await desk.says(LISTED)
    register = schedule(reply).deadlines[0]

    assert register.due == date(2026, 12, 20)
    assert register.effective == date(2026, 12, 21)
    (timeline,) = [block for block in reply.blocks if isinstance(block, Timeline)]
    assert "2026年12月21日" in timeline.rows[0].note


async def test_a_cycle_is_told_without_any_date(desk: Desk) -> None:
    reply = await desk.says("我们做铅蓄电池，多久审核一次？")

    cycle = schedule(reply).cycle
    assert cycle is not None
    assert cycle.years == 2
    assert "2 年" in headline(reply)
    assert schedule(reply).deadlines == ()


def test_a_failed_acceptance_leads_to_the_next_list_and_no_date() -> None:
    reply = deadlines.answer(turn(acceptance_failed_on="2026-05-08"))

    assert schedule(reply).next_list is not None
    assert schedule(reply).deadlines == ()
    assert "下一轮审核名单" in text_of(reply)


def test_of_many_dates_the_last_missed_and_the_next_are_shown() -> None:
    desk = turn(last_round_completed="2016-06-30", industry="铅蓄电池", key_enterprise=True)
    reply = deadlines.answer(desk)

    (timeline,) = [block for block in reply.blocks if isinstance(block, Timeline)]
    shown = [row.on for row in timeline.rows]
    every = [item.due for item in schedule(reply).deadlines]
    assert shown[0] == max(on for on in every if on < desk.today)
    assert shown[1] == min(on for on in every if on >= desk.today)
    assert len(shown) <= deadlines.SHOWN < len(every)


def test_dates_that_no_longer_follow_are_superseded_not_deleted() -> None:
    desk = turn(list_published="2026-11-20")
    deadlines.answer(desk)
    company = desk.ensure_company()
    del desk.talk.facts[company.id, "list_published"]
    deadlines.keep(desk, deadlines.compute(desk))

    assert {item.state for item in desk.talk.deadlines.values()} == {"superseded"}
    assert desk.deadlines == []


def test_keeping_gives_what_moved() -> None:
    desk = turn(list_published="2026-11-20")
    assert not deadlines.keep(desk, deadlines.compute(desk))
    desk.talk.facts.update(turn(list_published="2026-11-10").talk.facts)

    moved = deadlines.keep(desk, deadlines.compute(desk))

    assert [(old.due.day, new.due.day) for old, new in moved] == [(20, 10)] * 3


def test_nothing_is_kept_for_nobody() -> None:
    desk = turn()
    deadlines.keep(desk, deadlines.compute(desk))

    assert desk.talk.deadlines == {}
    assert desk.talk.companies == {}


async def test_the_notices_own_day_overrides_and_both_are_shown(desk: Desk) -> None:
    before = schedule(await desk.says(LISTED))
    reply = await desk.says("通知上写的是12月25日前注册")

    assert schedule(reply).deadlines[0].due == date(2026, 12, 25)
    assert schedule(reply).deadlines[1:] == before.deadlines[1:]
    assert "2026年12月20日" in text_of(reply)
    assert reply.facts["list_published"] == "2026-11-20"


async def test_a_notices_day_can_be_taken_back_with_a_tap(desk: Desk) -> None:
    await desk.says(LISTED)
    reply = await desk.says("通知上写的注册截止日是2026年12月15日")
    assert "notice" in verbs(reply)

    reply = await desk.taps("notice:register")

    assert {item.id: item.due for item in schedule(reply).deadlines} == DUE
    assert "2026年12月20日" in text_of(reply)
    assert "notice" not in verbs(reply)


async def test_a_notice_that_names_no_deadline_is_asked_about(desk: Desk) -> None:
    await desk.says(LISTED)
    asked = await desk.says("通知要求1月25日前")
    assert asked.asks == ("confirm",)
    (start,) = [button.tap for button in asked.buttons if button.tap.startswith("notice:start_audit:")]
    reply = await desk.taps(start)

    assert "2027-01-25" in [item.due.isoformat() for item in schedule(reply).deadlines]


@pytest.mark.parametrize(
    "tap", ["notice", "notice:register", "notice:register:soon", "notice:nope:2026-12-01"]
)
async def test_a_notice_button_that_means_nothing_changes_nothing(desk: Desk, tap: str) -> None:
    before = schedule(await desk.says(LISTED))

    assert schedule(await desk.taps(tap)).deadlines == before.deadlines


async def test_a_notices_day_waits_for_its_own_company_only(desk: Desk) -> None:
    await desk.says("我们是深圳市宏达电镀有限公司，通知要求12月25日前完成注册")
    await desk.says("切换到深圳市永兴水泥有限公司")
    reply = await desk.says(LISTED)

    assert schedule(reply).deadlines[0].due == date(2026, 12, 20)


async def test_a_question_about_one_date_has_it_in_the_first_line(desk: Desk) -> None:
    await desk.says(LISTED)

    assert "2027年11月20日" in headline(await desk.says("报告什么时候交"))


async def test_a_day_may_follow_the_command(desk: Desk) -> None:
    reply = await desk.says("/deadlines 2026-11-20")

    assert reply.understood == {"list_published": "2026-11-20"}
    assert reply.schedule is not None
    assert len(reply.schedule.deadlines) == 3


async def test_no_day_behind_the_command_is_said_to_be_none(desk: Desk) -> None:
    reply = await desk.says("/deadlines 2026-13-45")

    assert "没有2026-13-45这一天" in text_of(reply)
    assert reply.facts == {}


async def test_that_day_is_the_date_last_asked_about(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("报告最晚哪天交")

    reply = await desk.says("那天不是周末吧")

    assert "2027年11月20日（周六）" in headline(reply)


async def test_a_day_until_which_more_time_is_granted_is_the_notices(desk: Desk) -> None:
    await desk.says("2025年11月3日列入强制名单")
    reply = await desk.says("局里批了，延到2027年1月31日")

    assert reply.schedule is not None
    assert {item.id: item.due.isoformat() for item in reply.schedule.deadlines}["report"] == "2027-01-31"


async def test_how_often_asks_for_what_decides_it(desk: Desk) -> None:
    await desk.says(LISTED)
    reply = await desk.says("那以后几年做一轮？")

    assert reply.asks == ("industry",)
    assert "key-enterprises-2010" in {one.ref for one in reply.citations}


async def test_a_deadline_missed_is_said_to_be_overdue(desk: Desk) -> None:
    await desk.says("名单2026年10月8日发布，强制")

    assert headline(await desk.says("注册过期没有")).startswith("已经过期")


async def test_a_few_words_turn_to_another_deadline(desk: Desk) -> None:
    await desk.says(LISTED)

    assert "2027年11月20日" in headline(await desk.says("那报告呢"))


async def test_the_rules_day_again_takes_the_notices_back(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("通知要求12月10日前完成注册")
    reply = await desk.says("注册还是按细则算吧")

    assert reply.schedule is not None
    assert reply.schedule.deadlines[0].due.isoformat() == "2026-12-20"


@pytest.mark.parametrize(
    ("question", "said"),
    [("现在过期了没", "已经过期"), ("注册是不是超期了", "已经过期"), ("报告来得及吗", "没有过期")],
)
async def test_whether_a_date_is_past_is_said_first(desk: Desk, question: str, said: str) -> None:
    await desk.says("强制名单2026年7月1日发布的")

    assert headline(await desk.says(question)).startswith(said)
