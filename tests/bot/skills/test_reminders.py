"""Reminders as a contact handles them: begun, shown, changed, settled, ended."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from bot.skills import reminders
from tests.bot.talks import LISTED, Desk, headline, text_of, turn, verbs

ALL = ("register", "start_audit", "report")


async def test_a_wish_covers_all_open_dates(desk: Desk) -> None:
    await desk.says(LISTED)
    reply = await desk.says("到期前提醒我")

    assert reply.intent is Intent.SUBSCRIBE
    assert reply.reminders.active == ALL
    assert reply.reminders.leads == desk.sources.leads
    assert {"reminders", "calendar", "unsubscribe"} <= verbs(reply)


async def test_own_days_take_the_place_of_the_default(desk: Desk) -> None:
    await desk.says(LISTED)
    assert (await desk.says("到期前提醒我，提前10天和2天")).reminders.leads == (10, 2)
    assert (await desk.says("提前5天提醒我")).reminders.leads == (5,)


async def test_wishing_twice_is_one_wish(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.taps("subscribe")
    await desk.taps("subscribe")

    assert len((await desk.talk()).subscriptions) == 1


async def test_wishing_again_keeps_own_days(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("到期前提醒我，提前10天和2天")

    assert (await desk.taps("subscribe")).reminders.leads == (10, 2)


async def test_without_dates_the_event_is_asked_for_and_the_wish_goes_on_with_it(desk: Desk) -> None:
    asked = await desk.says("到期前提醒我")
    assert asked.asks == ("list_published",)
    assert asked.reminders.active == ()

    reply = await desk.says("2026年11月20日")
    assert reply.intent is Intent.SUBSCRIBE
    assert reply.reminders.active == ALL


async def test_an_end_stops_reminders_and_keeps_the_dates(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("到期前提醒我")
    reply = await desk.says("不用再提醒了")

    assert reply.intent is Intent.UNSUBSCRIBE
    assert reply.reminders.active == ()
    assert {item.state for item in (await desk.talk()).deadlines.values()} == {"open"}
    assert {item.state for item in (await desk.talk()).subscriptions.values()} == {"ended"}


async def test_ended_reminders_can_be_taken_up_again(desk: Desk) -> None:
    await desk.says(LISTED)
    for tap in ("subscribe", "unsubscribe", "subscribe"):
        reply = await desk.taps(tap)

    assert reply.reminders.active == ALL


async def test_there_may_be_nothing_to_end(desk: Desk) -> None:
    reply = await desk.taps("unsubscribe")

    assert reply.intent is Intent.UNSUBSCRIBE
    assert (await desk.talk()).subscriptions == {}


async def test_the_overview_says_what_is_open_and_whether_reminders_are_on(desk: Desk) -> None:
    await desk.says(LISTED)
    off = await desk.says("我的提醒")
    assert off.intent is Intent.REMINDERS
    assert {"subscribe", "finish"} <= verbs(off)

    await desk.taps("subscribe")
    on = await desk.says("我的提醒")
    assert "unsubscribe" in verbs(on)
    assert "2026年12月20日" in text_of(on)


async def test_the_overview_of_nothing_leads_to_the_dates(desk: Desk) -> None:
    reply = await desk.says("我的提醒")

    assert reply.schedule is None
    assert "dates" in verbs(reply)


async def test_done_by_words(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.taps("subscribe")
    reply = await desk.says("注册已经完成了")

    assert reply.intent is Intent.DONE
    assert reply.reminders.done == ("register",)
    assert reply.reminders.active == ("start_audit", "report")


async def test_done_without_saying_what_asks_which(desk: Desk) -> None:
    await desk.says(LISTED)
    reply = await desk.says("已完成")

    assert reply.asks == ("confirm",)
    assert [button.tap for button in reply.buttons] == [f"finish:{key}" for key in ALL]
    assert reply.reminders.done == ()


async def test_done_is_clear_when_one_is_left(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.taps("finish:register")
    await desk.taps("finish:start_audit")
    reply = await desk.says("已完成")

    assert reply.reminders.done == ALL


@pytest.mark.parametrize("key", ["register", "start_audit", "report"])
async def test_done_by_the_button_of_a_date_names_the_rest(desk: Desk, key: str) -> None:
    await desk.says(LISTED)
    reply = await desk.taps(f"finish:{key}")

    assert reply.reminders.done == (key,)
    rest = [item.title for item in (await desk.talk()).deadlines.values() if item.key != key]
    assert all(title in text_of(reply) for title in rest)


async def test_done_twice_is_done_once(desk: Desk) -> None:
    await desk.says(LISTED)
    first = await desk.taps("finish:register")
    settled = (await desk.talk()).deadlines
    second = await desk.taps("finish:register")

    assert first.reminders.done == second.reminders.done == ("register",)
    assert (await desk.talk()).deadlines == settled


@pytest.mark.parametrize("back", ["撤回", "button"])
async def test_what_was_done_in_one_message_is_taken_back_together(desk: Desk, back: str) -> None:
    await desk.says(LISTED)
    reply = await desk.says("都做完了")
    assert set(reply.reminders.done) == set(ALL)

    if back == "button":
        undone = await desk.taps(next(b.tap for b in reply.buttons if b.tap.startswith("reopen:")))
    else:
        undone = await desk.says(back)

    assert undone.reminders.done == ()
    assert {item.state for item in (await desk.talk()).deadlines.values()} == {"open"}
    assert all(item.title in text_of(undone) for item in (await desk.talk()).deadlines.values())


async def test_what_was_done_before_stays_done_when_the_last_is_taken_back(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("注册做完了")
    await desk.says("启动也做完了")

    assert (await desk.says("撤回")).reminders.done == ("register",)


async def test_nothing_can_be_done_where_nothing_is_open(desk: Desk) -> None:
    reply = await desk.says("/done")

    assert reply.reminders.done == ()
    assert "dates" in verbs(reply)


def test_finishing_settles_for_the_company_and_skips_what_waits() -> None:
    desk = turn(list_published="2026-11-20")
    reminders.subscribe(desk)
    deadline = desk.deadlines[0]
    reminders.finish(desk, [deadline])

    settled = desk.talk.deadlines[deadline.id]
    assert (settled.state, settled.settled_by, settled.settled_at) == ("done", "me", desk.now)
    assert (deadline.id, "done") in desk.talk.skip


@pytest.mark.parametrize("verb", ["done", "snooze", "mute"])
@pytest.mark.parametrize("argument", ["", "0", "99", "-1", "x", "１"])
async def test_a_button_under_no_reminder_of_ours_is_said_to_be_unknown(
    desk: Desk, verb: str, argument: str
) -> None:
    await desk.says(LISTED)
    before = await desk.talk()
    reply = await desk.taps(f"{verb}:{argument}:1")

    assert text_of(reply)
    assert reply.reminders.done == ()
    assert (await desk.talk()).deadlines == before.deadlines


async def test_days_before_are_changed_without_saying_the_word_again(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")

    assert (await desk.says("改成提前10天和2天")).reminders.leads == (10, 2)
    assert (await desk.says("只要提前5天")).reminders.leads == (5,)
    assert not (await desk.talk()).contact.session.get("companies")


async def test_one_deadline_can_be_muted_by_its_name(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")
    reply = await desk.says("注册那个不用再提醒了")

    assert reply.intent is Intent.UNSUBSCRIBE
    assert reply.reminders.active == ("start_audit", "report")


async def test_what_is_left_is_said_first(desk: Desk) -> None:
    await desk.says(LISTED)

    assert "3" in headline(await desk.says("还有哪些没做"))
    for _ in ALL:
        await desk.taps(
            next(b.tap for b in (await desk.taps("reminders")).buttons if b.tap.startswith("finish:"))
        )
    assert "3" not in headline(await desk.says("还有哪些没做"))


async def test_a_done_that_was_a_mistake_is_taken_back_by_words(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")
    await desk.says("注册已经完成")

    assert (await desk.says("弄错了，还没注册")).reminders.active == ALL


@pytest.mark.parametrize(
    ("said", "day"),
    [("三天后再提醒我", "11月26日"), ("下周一再提醒我", "11月30日"), ("下个工作日再提醒我", "11月24日")],
)
async def test_a_reminder_on_a_day_can_be_asked_for_before_any_came(desk: Desk, said: str, day: str) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")

    assert day in headline(await desk.says(said))


async def test_a_title_is_said_in_the_talks_language(desk: Desk) -> None:
    await desk.says(LISTED)

    assert "Register" in text_of(await desk.says("what is still open?"))


@pytest.mark.parametrize(
    "words", ["启动的那个只提醒我这一个就好", "其他的不用，只要启动那个提醒", "只留启动的"]
)
async def test_of_one_deadline_only(desk: Desk, words: str) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")

    assert (await desk.says(words)).reminders.active == ("start_audit",)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("取消报告的提醒", ("register", "start_audit")),
        ("先别提醒注册那个了，后天再说", ("register", "start_audit", "report")),
        ("刚才取消的提醒再打开", ("register", "start_audit", "report")),
        ("都退了吧", ()),
    ],
)
async def test_what_is_stopped_is_no_more_than_was_said(
    desk: Desk, words: str, left: tuple[str, ...]
) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")

    assert (await desk.says(words)).reminders.active == left


@pytest.mark.parametrize(
    ("words", "leads"), [("只在当天提醒", (0,)), ("提前太早了，改成提前3天和当天", (3, 0))]
)
async def test_the_day_itself_is_a_day_to_remind(desk: Desk, words: str, leads: tuple[int, ...]) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")

    assert (await desk.says(words)).reminders.leads == leads


async def test_each_deadline_gets_the_days_said_of_it(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")
    said = headline(await desk.says("注册的提前三天就好，报告的提前一个月"))

    assert "3 天" in said
    assert "30 天" in said
