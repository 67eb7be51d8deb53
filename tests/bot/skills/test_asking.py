"""A question is asked once, in plain words, with likely answers to tap."""

from __future__ import annotations

import pytest

from bot.messages import Intent, Language
from bot.skills.asking import answers, ask, asked_still, question
from bot.taps import parse_tap
from tests.bot.talks import Desk, headline, text_of, turn

LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")


def test_the_foremost_fact_is_asked_for_and_all_are_remembered() -> None:
    desk = turn()
    reply = ask(desk, Intent.CHECK, ("trained_auditors", "degree_staff"))

    assert reply.asks == ("trained_auditors",)
    assert desk.session.asked == ("trained_auditors", "degree_staff")
    assert desk.session.asking is Intent.CHECK


def test_what_the_user_does_not_know_gives_way_to_the_next() -> None:
    desk = turn()
    desk.session.unknown = ("trained_auditors",)

    assert ask(desk, Intent.CHECK, ("trained_auditors", "degree_staff")).asks == ("degree_staff",)


def test_where_nothing_else_is_left_the_unknown_is_asked_all_the_same() -> None:
    desk = turn()
    desk.session.unknown = ("list_published",)

    assert ask(desk, Intent.DEADLINES, ("list_published",)).asks == ("list_published",)


def test_the_headline_stands_before_the_question() -> None:
    reply = ask(turn(), Intent.CHECK, ("trained_auditors",), headline="H")

    assert text_of(reply).splitlines()[0] == "H"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_a_question_and_buttons_that_answer_it(language: Language) -> None:
    desk = turn(language)
    for name in desk.sources.rulebook.facts:
        assert question(desk, name)
        offered = answers(desk, name)
        assert offered[-1].tap == f"unknown:{name}"
        for button in offered[:-1]:
            value = parse_tap(button.tap).value
            assert desk.sources.rulebook.accept({name: value}).rejected == {}


def test_a_side_question_comes_back_to_what_was_asked() -> None:
    desk = turn()
    assert asked_still(desk) == ()

    ask(desk, Intent.CHECK, ("trained_auditors",))
    (back,) = asked_still(desk)
    assert question(desk, "trained_auditors") in getattr(back, "text", "")


async def test_a_side_question_does_not_come_back_to_what_was_answered(desk: Desk) -> None:
    asked = await desk.says("我们做电镀，多久做一轮")
    await desk.says("在名录里，也是重点企业")
    aside = await desk.says("第十七条原文")

    assert asked.asks == ("in_catalogue",)
    assert aside.intent is Intent.LOOKUP
    assert aside.asks == ()


async def test_going_back_shows_what_was_said_and_asks_again(desk: Desk) -> None:
    await desk.says("咨询机构自愿审核，大专5个")
    await desk.says("3个")
    reply = await desk.says("返回上一题")

    assert reply.asks == ("trained_auditors",)
    assert "3" in headline(reply)
    assert reply.facts["trained_auditors"] == 3, "what was said stays until it is said anew"


async def test_going_back_with_nothing_behind_says_so(desk: Desk) -> None:
    reply = await desk.says("/back")

    assert reply.intent is Intent.HELP
    assert reply.buttons


async def test_a_fact_asked_for_later_is_not_filled_by_an_answer_to_this_one(desk: Desk) -> None:
    asked = await desk.says("我们自己做，强制审核，审核师4个，岗位证4个")

    assert asked.asks == ("testing_equipment",)
    assert (await desk.says("4")).understood == {}


async def test_a_bare_correction_after_two_counts_offers_both(desk: Desk) -> None:
    await desk.says("咨询机构自愿审核，审核师4个大专5个")
    reply = await desk.says("不对，是6个")

    assert set(reply.asks) == {"trained_auditors", "degree_staff"}
    assert {button.tap for button in reply.buttons} == {"set:trained_auditors:6", "set:degree_staff:6"}
    assert not reply.understood


async def test_signs_alone_repeat_the_open_question(desk: Desk) -> None:
    asked = (await desk.says("核对咨询机构强制审核的条件")).asks

    assert (await desk.says("……")).asks == asked
