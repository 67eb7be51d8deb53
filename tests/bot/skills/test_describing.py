"""What a reminder says of a stored deadline, in today's words, or its stored title where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.messages import TAP_LIMIT
from bot.skills import deadlines
from bot.skills.describing import describe
from bot.turn import Turn
from storage.records import Deadline
from tests.bot.talks import turn

ON = date(2026, 12, 1)


def _kept() -> tuple[Turn, Deadline]:
    desk = turn(list_published="2026-11-20")
    deadlines.keep(desk, deadlines.compute(desk))
    return desk, desk.deadlines[0]


def test_it_names_the_matter_the_event_and_the_clause() -> None:
    desk, register = _kept()
    words = describe(desk.sources, register, ON, "zh-Hans")

    assert words.title == register.title
    assert "2026-11-20" in words.trigger
    assert "第十七条" in words.clause
    assert len(words.clause_tap.encode()) <= TAP_LIMIT
    assert any("#art_17" in item.ref for item in words.citations)


def test_a_rest_day_is_explained_and_the_standing_said() -> None:
    desk, register = _kept()
    words = describe(desk.sources, register, ON, "zh-Hans")

    assert words.effective == date(2026, 12, 21)
    assert "2026年12月21日" in words.rest_day
    assert "未施行" in words.standing


def test_other_readers_get_their_language() -> None:
    desk, register = _kept()

    assert describe(desk.sources, register, ON, "en").title.isascii()
    assert describe(desk.sources, register, ON, "zh-Hant").title != register.title


def test_a_deadline_that_the_rules_no_longer_know_keeps_its_title() -> None:
    desk, register = _kept()
    for gone in (replace(register, key="gone"), replace(register, trigger="gone")):
        words = describe(desk.sources, gone, ON, "zh-Hans")
        assert words.title == register.title
        assert words.citations == ()


def test_every_deadline_of_a_list_can_be_described() -> None:
    desk, _ = _kept()

    assert all(describe(desk.sources, item, ON, "zh-Hans").clause for item in desk.deadlines)
