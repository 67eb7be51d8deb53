"""👍 and 👎: under answers only, why in one tap; and the questions that found no answer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.messages import Reply
from storage.records import Feedback
from tests.bot.talks import LISTED, Desk, headline, open_desk, verbs

ODD = "电镀企业能不能养猫"


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk(outbox=("telegram",)) as desk:
        desk.here = "telegram:1"
        yield desk


async def _kept(desk: Desk) -> list[Feedback]:
    kinds = ("unanswered", "liked", "disliked")
    return sorted(await desk.store.feedback(kinds=kinds), key=lambda one: one.at)


def _tap(reply: Reply, verb: str) -> str:
    return next(button.tap for button in reply.buttons if button.tap.startswith(f"{verb}:"))


async def test_an_answer_can_be_liked(desk: Desk) -> None:
    reply = await desk.says("自行组织审核需要几名审核师？")
    assert "谢谢" in headline(await desk.taps(_tap(reply, "liked")))
    (kept,) = await _kept(desk)
    assert (kept.kind, kept.text, kept.reason) == ("liked", "自行组织审核需要几名审核师？", "")
    assert kept.refs
    assert kept.contact_id == (await desk.talk()).contact.id


async def test_a_dislike_asks_why_in_one_tap(desk: Desk) -> None:
    reply = await desk.says("第十条讲什么")
    why = await desk.taps(_tap(reply, "disliked"))
    assert len(why.buttons) == 4
    assert await _kept(desk) == []
    await desk.taps(next(button.tap for button in why.buttons if button.tap.endswith(":unclear")))
    (kept,) = await _kept(desk)
    assert (kept.kind, kept.text, kept.reason) == ("disliked", "第十条讲什么", "unclear")


async def test_a_dislike_without_a_reason_is_not_lost(desk: Desk) -> None:
    reply = await desk.says("第十条讲什么")
    await desk.taps(_tap(reply, "disliked"))
    await desk.says("第十六条讲什么")
    (kept,) = await _kept(desk)
    assert (kept.kind, kept.text, kept.reason) == ("disliked", "第十条讲什么", "")


async def test_an_answer_is_rated_once(desk: Desk) -> None:
    reply = await desk.says("第十条讲什么")
    await desk.taps(_tap(reply, "liked"))
    again = await desk.taps(_tap(reply, "liked"))
    assert "谢谢" not in headline(again)
    assert len(await _kept(desk)) == 1


async def test_an_older_answer_is_rated_as_what_it_was(desk: Desk) -> None:
    first = await desk.says("第十条讲什么")
    await desk.says("第十六条讲什么")
    await desk.taps(_tap(first, "liked"))
    assert [kept.text for kept in await _kept(desk)] == ["第十条讲什么"]


@pytest.mark.parametrize("tap", ["liked", "liked:", "disliked:nothing", "disliked:x:wrong"])
async def test_a_rating_of_nothing_is_out_of_date(desk: Desk, tap: str) -> None:
    await desk.taps(tap)
    assert await _kept(desk) == []


@pytest.mark.parametrize("text", ["/check", "/settings", "/help", "你好", "/company", "/deadlines"])
async def test_questions_and_settings_are_not_rated(desk: Desk, text: str) -> None:
    assert not verbs(await desk.says(text)) & {"liked", "disliked"}


async def test_dates_can_be_rated(desk: Desk) -> None:
    assert verbs(await desk.says(LISTED)) >= {"liked", "disliked"}


async def test_a_channel_that_takes_the_reply_itself_shows_no_thumbs(desk: Desk) -> None:
    assert not verbs(await desk.says("第十条讲什么", chat="jsonl:a")) & {"liked", "disliked"}


async def test_a_question_that_nothing_knows_is_kept_for_the_operators(desk: Desk) -> None:
    reply = await desk.says(ODD)
    assert reply.abstain is not None
    (kept,) = await _kept(desk)
    assert (kept.kind, kept.text) == ("unanswered", ODD)


@pytest.mark.parametrize("text", ["第三十五条规定罚五万，对吧", "第十九条怎么规定的", "第十条讲什么"])
async def test_a_known_gap_is_no_news(desk: Desk, text: str) -> None:
    await desk.says(text)
    assert await _kept(desk) == []


async def test_only_the_last_answers_are_remembered(desk: Desk) -> None:
    first = await desk.says("第十条讲什么")
    for _ in range(8):
        await desk.says("第十六条讲什么")
    await desk.taps(_tap(first, "liked"))
    assert await _kept(desk) == []
    assert len((await desk.talk()).contact.session["answers"]) == 8


@pytest.mark.parametrize(
    ("tap", "text"),
    [("clause:sz-rules-2018-draft#art_21", "第二十一条"), ("ask:第十条讲什么", "第十条讲什么")],
)
async def test_what_a_button_asked_is_kept_in_words(desk: Desk, tap: str, text: str) -> None:
    reply = await desk.taps(tap)
    await desk.taps(_tap(reply, "liked"))
    (kept,) = await _kept(desk)
    assert text in kept.text


@pytest.mark.parametrize("tap", ["clause:nothing#here", "topic:nothing"])
async def test_a_button_that_leads_nowhere_is_not_rated(desk: Desk, tap: str) -> None:
    assert not verbs(await desk.taps(tap)) & {"liked", "disliked"}
