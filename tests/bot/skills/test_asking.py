"""A question is asked once, in plain words, with likely answers to tap."""

from __future__ import annotations

import pytest

from bot.messages import Intent, Language
from bot.skills.asking import answers, ask, asked_still, question
from bot.taps import parse_tap
from tests.bot.talks import text_of, turn

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
