"""Help names real things to ask; leaving something keeps what was said."""

from __future__ import annotations

import pytest

from bot.messages import Bullets, Intent, Language
from bot.session import Session
from bot.skills import help as guidance
from tests.bot.talks import Desk, text_of, turn, verbs


async def test_every_example_of_the_help_is_understood(desk: Desk) -> None:
    (examples,) = [block for block in guidance.answer(turn()).blocks if isinstance(block, Bullets)]

    assert examples.items
    for number, example in enumerate(examples.items):
        reply = await desk.says(example, chat=f"jsonl:{number}")
        assert reply.intent not in (Intent.ABSTAIN, Intent.HELP, Intent.SMALLTALK), example


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_help_says_the_limit_and_where_to_begin(language: Language) -> None:
    reply = guidance.answer(turn(language))

    assert "2018" in text_of(reply)
    assert {"check", "dates"} <= verbs(reply)


def test_cancel_leaves_all_that_was_begun() -> None:
    desk = turn(trained_auditors=5)
    desk.session.goals, desk.session.asked, desk.session.pending = ("g",), ("a",), "forget"
    begun = text_of(guidance.cancel(desk))

    assert desk.session == Session(left=("g",))
    assert desk.facts == {"trained_auditors": 5}
    assert text_of(guidance.cancel(desk)) != begun


def test_restart_forgets_what_the_talk_was_about_but_no_fact() -> None:
    desk = turn(trained_auditors=5)
    desk.session.goals, desk.session.last_refs = ("g",), ("x#art_1",)
    reply = guidance.restart(desk)

    assert reply.intent is Intent.CANCEL
    assert desk.session == Session(left=("g",))
    assert desk.facts == {"trained_auditors": 5}


def test_what_is_not_understood_is_asked_back() -> None:
    assert guidance.unclear(turn()).asks == ("intent",)


def test_an_old_button_is_said_to_be_old() -> None:
    reply = guidance.stale(turn())

    assert text_of(reply)
    assert reply.buttons


@pytest.mark.parametrize("behind", ["en", "英文", "english"])
async def test_a_language_may_follow_its_command(desk: Desk, behind: str) -> None:
    assert (await desk.says(f"/language {behind}")).language == "en"
    assert (await desk.says("第十条讲什么")).language == "en"


async def test_a_language_that_we_do_not_speak_is_asked_about(desk: Desk) -> None:
    assert verbs(await desk.says("/language 火星语")) == {"lang"}
