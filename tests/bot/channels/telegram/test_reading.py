from collections.abc import Callable
from typing import Any

import pytest

from bot.channels.telegram.reading import (
    ALLOWED_UPDATES,
    Event,
    Identity,
    Membership,
    Moved,
    Origin,
    Said,
    Tapped,
    Unreadable,
    Uploaded,
    chat_of,
    origin_of,
    read,
)
from bot.messages import Button
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person

ME = Identity(424242, "XizeTestBot")


def _last(world: FakeTelegram) -> dict[str, Any]:
    return world.waiting[-1]


def _event(do: Callable[[Person, FakeTelegram], object], *, group: bool = False) -> Event | None:
    world = FakeTelegram()
    person = world.group(-5).member(1) if group else world.user(1)
    do(person, world)
    return read(_last(world), ME)


def test_words_in_a_private_chat() -> None:
    assert _event(lambda ann, _: ann.writes(" 第十条讲什么 ")) == Said("第十条讲什么")


def test_an_edited_message_is_said_anew() -> None:
    def edit(ann: Person, _: FakeTelegram) -> None:
        ann.writes("3 名审核师")
        ann.edits("不对，4 名审核师")

    assert _event(edit) == Said("不对，4 名审核师", edited=True)


def test_a_deep_link_keeps_its_payload() -> None:
    assert _event(lambda ann, _: ann.starts("art_10")) == Said("/start art_10", "zh-Hans")


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh-hans", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-hant", "zh-Hant"), ("zh", "zh-Hans"), ("en", "en")],
)
def test_a_greeting_takes_the_language_of_the_users_telegram(code: str, language: str) -> None:
    world = FakeTelegram()
    world.user(1, language=code).starts()
    assert read(_last(world), ME) == Said("/start", language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/check@XizeTestBot 4人", "/check 4人"),
        ("/check@xizetestbot", "/check"),
        ("/check 4人", "/check 4人"),
    ],
)
def test_a_command_loses_the_bots_name(text: str, said: str) -> None:
    assert _event(lambda ann, _: ann.writes(text)) == Said(said)
    assert _event(lambda ann, _: ann.writes(text), group=True) == Said(said)


@pytest.mark.parametrize("text", ["/check@AnotherBot", "/check@AnotherBot 4人"])
def test_another_bots_command_is_not_ours(text: str) -> None:
    assert _event(lambda ann, _: ann.writes(text)) is None
    assert _event(lambda ann, _: ann.writes(text), group=True) is None


@pytest.mark.parametrize("text", ["大家好", "第十条讲什么", "/weather", "@SomebodyElse 第十条", "见 a/check"])
def test_talk_in_a_group_is_not_ours(text: str) -> None:
    assert _event(lambda ann, _: ann.writes(text), group=True) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@XizeTestBot 第十条讲什么", "第十条讲什么"),
        ("😀 @xizetestbot 第十条", "😀   第十条"),
        ("第十条 @XizeTestBot", "第十条"),
    ],
)
def test_a_mention_in_a_group_is_ours_without_the_name(text: str, said: str) -> None:
    assert _event(lambda ann, _: ann.writes(text), group=True) == Said(said)


def test_a_reply_to_the_bot_in_a_group_is_ours() -> None:
    def answer(ann: Person, world: FakeTelegram) -> None:
        ann.writes("4 名", to=world.say(ann.chat, world.bot_user, {"text": "几名？"}))

    assert _event(answer, group=True) == Said("4 名")


def test_a_reply_to_somebody_else_in_a_group_is_not() -> None:
    def answer(ann: Person, world: FakeTelegram) -> None:
        ben = world.member(ann.chat, 2)
        ben.writes("几名？")
        ann.writes("4 名", to=ben.chat.messages[-1])

    assert _event(answer, group=True) is None


def test_a_tap_tells_what_stands_under_the_message() -> None:
    def tap(ann: Person, world: FakeTelegram) -> None:
        markup = {"inline_keyboard": [[{"text": "已完成", "callback_data": "done:7"}]]}
        world.say(ann.chat, world.bot_user, {"text": "还有 7 天", "reply_markup": markup})
        ann.taps("已完成")

    assert _event(tap, group=True) == Tapped("done:7", "tap1", ((Button("已完成", "done:7"),),))


def test_a_file_and_its_name() -> None:
    event = _event(lambda ann, _: ann.sends_file("名单.xlsx", b"12345", caption="我们的人"))
    assert event == Uploaded("file1", "名单.xlsx", 5, "我们的人")


def test_a_voice_is_said_to_us_but_cannot_be_read() -> None:
    assert _event(lambda ann, _: ann.sends_voice()) == Unreadable()
    assert _event(lambda ann, _: ann.sends_voice(), group=True) is None


def test_blocking_and_coming_back() -> None:
    assert _event(lambda ann, _: ann.blocks()) == Membership(reachable=False)
    assert _event(lambda ann, _: ann.unblocks()) == Membership(reachable=True)


def test_being_thrown_out_of_a_group() -> None:
    world = FakeTelegram()
    group = world.group(-5)
    group.removes_bot(group.member(1))
    assert read(_last(world), ME) == Membership(reachable=False)


def test_a_group_that_moves_says_so_in_both_chats() -> None:
    world = FakeTelegram()
    group = world.group(-5)
    group.migrates(-1005, group.member(1))
    assert [read(update, ME) for update in world.waiting] == [Moved(-5, -1005)] * 2
    assert [chat_of(update) for update in world.waiting] == [-5, -1005]


@pytest.mark.parametrize("content", [{"new_chat_title": "新名"}, {"pinned_message": None}])
def test_service_messages_are_not_ours(content: dict[str, Any]) -> None:
    world = FakeTelegram()
    ann = world.user(1)
    world.happen("message", world.say(ann.chat, {"id": 1, "is_bot": False, "first_name": "A"}, content))
    assert read(_last(world), ME) is None


def test_where_a_message_comes_from() -> None:
    world = FakeTelegram()
    world.user(7, "张三").writes("你好")
    message = world.waiting[-1]["message"]["message_id"]
    assert origin_of(_last(world)) == Origin("7", "张三", message, language="zh-hans")


def test_a_message_in_a_forum_names_its_topic() -> None:
    world = FakeTelegram()
    group = world.group(-5)
    group.opens_topics(11)
    ann = group.member(1)
    ann.topic = 11
    ann.writes("/check")
    found = origin_of(_last(world))
    assert (found.thread, found.in_group) == (11, True)


def test_a_thread_of_replies_is_no_topic() -> None:
    message = {"message_id": 3, "chat": {"id": -5, "type": "supergroup"}, "message_thread_id": 2}
    assert origin_of({"update_id": 1, "message": message}).thread == 0


def test_an_administrator_may_speak_as_the_group() -> None:
    chat = {"id": -5, "type": "supergroup"}
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    message = {"message_id": 3, "chat": chat, "from": bot, "sender_chat": chat, "text": "/settings"}
    assert origin_of({"update_id": 1, "message": message}).is_chat


def test_a_tap_comes_from_the_message_that_it_is_under() -> None:
    world = FakeTelegram()
    ann = world.user(1, "Ann")
    markup = {"inline_keyboard": [[{"text": "已完成", "callback_data": "done:7"}]]}
    shown = world.say(ann.chat, world.bot_user, {"text": "还有 7 天", "reply_markup": markup})
    ann.taps("已完成")
    found = origin_of(_last(world))
    assert (found.sender, found.name, found.message) == ("1", "Ann", shown["message_id"])


@pytest.mark.parametrize("raw", [{}, {"update_id": 1}, {"update_id": 1, "poll": {}}])
def test_what_has_no_message_comes_from_nowhere(raw: dict[str, Any]) -> None:
    assert origin_of(raw) == Origin()
    assert chat_of(raw) is None
    assert read(raw, ME) is None


def test_inline_queries_are_asked_for() -> None:
    assert "inline_query" in ALLOWED_UPDATES
