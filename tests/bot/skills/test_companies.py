"""Several companies of one contact: named, switched, never mixed."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from tests.bot.talks import LISTED, Desk, text_of

FIRST, SECOND = "甲化工", "乙电镀"


async def _two(desk: Desk) -> None:
    await desk.says(f"我们公司叫{FIRST}")
    await desk.says("我们有5个审核师")
    await desk.says(f"我们公司叫{SECOND}")


async def test_what_was_said_before_the_name_belongs_to_the_company_named(desk: Desk) -> None:
    await desk.says("我们有5个审核师")
    reply = await desk.says(f"我们公司叫{FIRST}")

    assert (reply.company, reply.companies) == (FIRST, (FIRST,))
    assert reply.facts == {"trained_auditors": 5}


async def test_a_second_company_begins_with_nothing(desk: Desk) -> None:
    await _two(desk)
    reply = await desk.says("你记了什么")

    assert (reply.company, reply.companies) == (SECOND, (FIRST, SECOND))
    assert reply.facts == {}


async def test_facts_go_to_the_company_in_play_alone(desk: Desk) -> None:
    await _two(desk)
    await desk.says("我们有2个审核师")
    assert (await desk.says(f"换到{FIRST}")).facts == {"trained_auditors": 5}

    reply = await desk.says(f"换到{SECOND}")

    assert reply.company == SECOND
    assert reply.facts == {"trained_auditors": 2}


async def test_dates_and_reminders_are_not_mixed_either(desk: Desk) -> None:
    await desk.says(f"我们公司叫{FIRST}")
    await desk.says(LISTED)
    await desk.says("到期前提醒我")
    await desk.says(f"我们公司叫{SECOND}")

    reply = await desk.says("我的提醒")
    assert reply.reminders.active == ()
    assert reply.schedule is None
    assert (await desk.says(f"换到{FIRST}")).reminders.active == ("register", "start_audit", "report")


async def test_a_button_switches(desk: Desk) -> None:
    await _two(desk)
    tap = next(button.tap for button in (await desk.says("你记了什么")).buttons if button.label == FIRST)
    reply = await desk.taps(tap)

    assert (reply.intent, reply.company) == (Intent.COMPANY, FIRST)


async def test_switching_leaves_the_check_of_the_other_company(desk: Desk) -> None:
    await _two(desk)
    await desk.taps("goal:consultant-voluntary")
    reply = await desk.says(f"换到{FIRST}")

    assert reply.asks == ()
    assert reply.check is None


async def test_the_same_name_again_is_the_same_company(desk: Desk) -> None:
    await _two(desk)
    await desk.says(f"我们公司叫{FIRST}")

    assert len((await desk.talk()).companies) == 2


async def test_what_is_noted_is_shown_with_the_users_own_words(desk: Desk) -> None:
    await desk.says("审核师我们有5个")
    reply = await desk.says("你记了什么")

    (fact,) = (await desk.talk()).facts.values()
    assert fact.words in "审核师我们有5个"
    assert fact.words in text_of(reply)
    assert "2026-11-23" in text_of(reply)


async def test_before_anything_was_said_nothing_is_noted(desk: Desk) -> None:
    reply = await desk.says("你记了什么")

    assert reply.intent is Intent.COMPANY
    assert reply.company is None
    assert reply.buttons, "there is always a next step"


async def test_an_unknown_company_button_asks_which(desk: Desk) -> None:
    await _two(desk)
    reply = await desk.taps("company:nobody")

    assert reply.asks == ("company",)
    assert {button.label for button in reply.buttons} == {FIRST}
    assert reply.company == SECOND


async def test_a_name_may_follow_the_command(desk: Desk) -> None:
    assert (await desk.says("/company 甲电镀")).company == "甲电镀"


@pytest.mark.parametrize("behind", ["审核师要几名？", "审核师4个", "甲" * 41])
async def test_what_is_no_name_names_no_company(desk: Desk, behind: str) -> None:
    assert (await desk.says(f"/company {behind}")).company is None


async def test_before_any_company_it_is_said_how_to_name_one(desk: Desk) -> None:
    reply = await desk.says("/company")

    assert reply.asks == ("company",)
    assert (await desk.says("深圳某某电镀有限公司")).company == "深圳某某电镀有限公司"


async def test_they_are_the_client_just_named(desk: Desk) -> None:
    await desk.says(f"我有一家客户叫{FIRST}有限公司，他们是自愿做的，自己搞")
    reply = await desk.says("他们审核师3个")

    assert reply.facts == {"audit_kind": "voluntary", "route": "self", "trained_auditors": 3}


async def test_a_client_introduced_is_noted_and_asked_nothing(desk: Desk) -> None:
    reply = await desk.says(f"我手上两家客户，一家叫{FIRST}有限公司，强制的，请的我们做")

    assert reply.intent is Intent.COMPANY
    assert reply.asks == ()
    assert "强制审核" in text_of(reply)


async def test_a_misspelt_name_is_mended_and_what_was_told_stays(desk: Desk) -> None:
    await desk.says(f"我们公司叫{FIRST}")
    await desk.says("我们有5个审核师")

    reply = await desk.says(f"公司名写错了，是{SECOND}")

    assert reply.companies == (SECOND,)
    assert reply.facts == {"trained_auditors": 5}
