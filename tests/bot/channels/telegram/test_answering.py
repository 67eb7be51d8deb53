"""What the assistant is told of an update, and what the channel itself does beside the answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.telegram import answering
from bot.channels.telegram.sender import REMINDERS_THREAD
from bot.messages import Audience, Button, Incoming, Intent, Place, Reply
from tests.bot.channels.telegram.house import House, open_house, reply, until


async def _heard(house: House) -> Incoming:
    await house.ready()
    return house.assistant.heard[-1]


async def _called(house: House, method: str) -> None:
    async def arrived() -> bool:
        return bool(house.world.called(method))

    await until(arrived)


async def test_an_operator_is_told_from_others_in_private_only() -> None:
    async with open_house(operators=[7]) as house:
        house.world.user(7).writes("你好")
        assert (await _heard(house)).audience is Audience.OPERATORS
        house.world.user(8).writes("你好")
        assert (await _heard(house)).audience is Audience.PRIVATE
        house.world.group(-5).member(7).writes("/check")
        assert (await _heard(house)).audience is Audience.EVERYONE


async def test_in_a_group_it_is_told_whether_the_sender_decides() -> None:
    async with open_house() as house:
        group = house.world.group(-5)
        group.appoints(1)
        group.member(1).writes("/settings")
        assert (await _heard(house)).may_manage
        group.member(2, "李四").writes("/settings")
        heard = await _heard(house)
        assert (heard.may_manage, heard.name) == (False, "李四")


async def test_an_edited_message_comes_under_its_own_number() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("3 名审核师")
        first = await _heard(house)
        ann.edits("4 名审核师")
        second = await _heard(house)
        assert (first.edited, second.edited) == (False, True)
        assert first.message == second.message


async def test_a_caption_comes_with_its_file() -> None:
    async with open_house() as house:
        house.world.user(1).sends_file("名单.csv", b"x", caption="2026-11-20 强制")
        assert (await _heard(house)).caption == "2026-11-20 强制"


async def test_an_answer_goes_to_the_topic_of_its_question() -> None:
    async with open_house() as house:
        group = house.world.group(-5)
        group.opens_topics(11, 12)
        ann = group.member(1)
        ann.topic = 12
        ann.writes("/check")
        assert (await _heard(house)).place == Place(12)
        await house.ready()
        assert ann.last()["message_thread_id"] == 12
        ann.topic = 0
        ann.writes("/check")
        await house.ready()
        assert "message_thread_id" not in ann.last()


async def test_what_the_channel_says_itself_goes_to_the_topic_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "FILE_LIMIT", 1)
    async with open_house() as house:
        group = house.world.group(-5)
        group.opens_topics(11)
        ann = group.member(1)
        ann.topic = 11
        ann.sends_file("名单.csv", b"xx", caption="@XizeTestBot 看看")
        assert "文件太大" in await ann.hears()
        assert ann.last()["message_thread_id"] == 11


async def test_reminders_go_to_the_topic_where_they_were_asked_for() -> None:
    async with open_house() as house:
        house.assistant.intent = Intent.SUBSCRIBE
        group = house.world.group(-5)
        group.opens_topics(11)
        ann = group.member(1)
        ann.topic = 11
        ann.writes("/subscribe@XizeTestBot")

        async def remembered() -> bool:
            return await house.store.bookmark(REMINDERS_THREAD.format(chat="telegram:-5")) is not None

        await until(remembered)
        await house.ready()
        await house.sender.send("telegram:-5", reply("还有 7 天"), delivery_id=9)
        assert ann.last()["message_thread_id"] == 11


async def test_pages_take_the_place_of_the_pressed_message() -> None:
    async with open_house() as house:
        house.assistant.buttons = (Button("几点", "settings:hour"), Button("免打扰", "settings:quiet"))
        ann = house.world.user(1)
        ann.writes("/settings")
        await house.ready()
        ann.taps("几点")
        await house.ready()
        assert ann.sees() == ["回答：settings:hour"]
        ann.taps("免打扰")
        await house.ready()
        assert ann.sees() == ["回答：settings:quiet"]


async def test_the_same_page_again_is_harmless() -> None:
    async with open_house() as house:
        house.assistant.buttons = (Button("几点", "settings:hour"), Button("免打扰", "settings:quiet"))
        ann = house.world.user(1)
        ann.writes("/settings")
        await house.ready()
        for _ in range(2):
            ann.taps("几点")
            await house.ready()
        assert ann.sees() == ["回答：settings:hour"]
        assert {result.ending for result in house.results} == {"sent"}


async def test_a_thumb_is_thanked_for_without_a_message() -> None:
    async with open_house() as house:
        house.assistant.buttons = (
            Button("看条款", "clause:x"),
            Button("👍", "liked:k"),
            Button("👎", "disliked:k"),
        )
        ann = house.world.user(1)
        ann.writes("第十条")
        await house.ready()
        house.assistant.buttons = ()
        ann.taps("👍")
        heard = await _heard(house)
        assert (heard.tap, heard.quiet) == ("liked:k", True)

        async def thanked() -> bool:
            return ann.rows() == [["看条款"]] and not house.world.unanswered_taps

        await until(thanked)
        assert ann.sees() == ["回答：第十条"]


async def test_typing_is_shown_while_an_answer_takes_longer_than_a_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answering, "A_MOMENT", 0.0)
    async with open_house() as house:
        respond, shown = house.assistant.respond, asyncio.Event()

        async def slowly(incoming: Incoming) -> Reply:
            await _called(house, "sendChatAction")
            shown.set()
            return await respond(incoming)

        monkeypatch.setattr(house.assistant, "respond", slowly)
        ann = house.world.user(1)
        ann.writes("第十条")
        assert await ann.hears() == "回答：第十条"
        assert shown.is_set()
        assert house.world.called("sendChatAction")[0]["action"] == "typing"


async def test_a_quick_answer_shows_no_typing() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("第十条")
        await ann.hears()
        assert not house.world.called("sendChatAction")


async def test_inline_queries_are_answered_from_the_law(sources: Any) -> None:
    async with open_house(sources=lambda: sources) as house:
        house.world.user(1).asks_inline("第十条")
        await _called(house, "answerInlineQuery")
        assert "第十条" in house.world.inline_answers[0]["results"][0]["title"]
        assert await house.store.waiting() == []
