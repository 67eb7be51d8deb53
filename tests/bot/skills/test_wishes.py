"""Wishes to be reminded of a company: begun, ended, one deadline again."""

from __future__ import annotations

from bot.skills import reminders, wishes
from tests.bot.talks import LISTED, Desk, turn


def test_beginning_twice_is_one_wish() -> None:
    desk = turn(list_published="2026-11-20")
    company = desk.ensure_company()
    first, second = wishes.begin(desk, company), wishes.begin(desk, company)

    assert first.id == second.id
    assert wishes.of(desk, company) == second


def test_an_end_says_whether_there_was_one() -> None:
    desk = turn(list_published="2026-11-20")
    reminders.subscribe(desk)
    company = desk.ensure_company()

    assert wishes.end(desk, company)
    assert not wishes.end(desk, company)


async def test_one_deadline_is_silent_and_heard_again(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("到期前提醒我")
    assert (await desk.says("报告那个先别提醒")).reminders.active == ("register", "start_audit")
    assert "不提醒：完成清洁生产审核报告" in str(await desk.says("现在还剩哪些提醒"))

    assert (await desk.says("报告的提醒还是打开吧")).reminders.active == ("register", "start_audit", "report")
