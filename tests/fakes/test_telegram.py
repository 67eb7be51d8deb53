"""The fake is as strict as the real one: what it lets through, Telegram lets through."""

from typing import Any

import httpx
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.channels.telegram.building import TelegramBot, build_telegram
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_errors import gateway, limited, network


@pytest.fixture
def world() -> FakeTelegram:
    world = FakeTelegram()
    world.user(1)
    return world


@pytest.fixture
def bot(world: FakeTelegram) -> TelegramBot:
    return build_telegram(world.token, request=world.request, updates_request=world.request)


def _keys(data: str = "x", **button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("键", **(button or {"callback_data": data}))]])


@pytest.mark.parametrize("text", ["四" * 4096, "<b>" + "四" * 4096 + "</b>", "&lt;" * 4096, "😀" * 2048])
async def test_text_up_to_the_limit_after_entities_arrives(bot: TelegramBot, text: str) -> None:
    assert (await bot.send_message(1, text, parse_mode="HTML")).message_id


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("四" * 4097, "too long"),
        ("😀" * 2048 + "x", "too long"),
        ("", "empty"),
        ("<b> </b>", "empty"),
        ("<b>x", "can't find end tag"),
        ("<b><i>x</b></i>", "unexpected end tag"),
        ("<div>x</div>", "unsupported start tag"),
        ("1 < 2", "unsupported start tag"),
    ],
)
async def test_text_beyond_the_limits_is_refused(bot: TelegramBot, text: str, complaint: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(1, text, parse_mode="HTML")
    assert complaint in str(caught.value).lower()


async def test_entities_are_counted_in_utf16(bot: TelegramBot) -> None:
    message = await bot.send_message(1, "😀<b>四</b>", parse_mode="HTML")
    assert [(item.type, item.offset, item.length) for item in message.entities] == [("bold", 2, 1)]


@pytest.mark.parametrize("keys", [_keys("四" * 22), _keys(url="http://localhost/x")])
async def test_keyboards_are_checked(bot: TelegramBot, keys: InlineKeyboardMarkup) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(1, "x", reply_markup=keys)
    assert (await bot.send_message(1, "x", reply_markup=_keys("x" * 64))).reply_markup


async def test_captions_are_shorter_than_messages(bot: TelegramBot) -> None:
    assert (await bot.send_document(1, b"x", filename="a", caption="四" * 1024)).caption
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_document(1, b"x", filename="a", caption="四" * 1025)


async def test_an_edit_must_change_something(bot: TelegramBot, world: FakeTelegram) -> None:
    message = await bot.send_message(1, "x", reply_markup=_keys())
    await bot.edit_message_text("y", 1, message.message_id, reply_markup=_keys())
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("y", 1, message.message_id, reply_markup=_keys())
    await bot.edit_message_reply_markup(1, message.message_id)
    assert world.user(1).buttons() == []
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("y", 1, 999)


async def test_chats_that_cannot_be_reached(bot: TelegramBot, world: FakeTelegram) -> None:
    world.user(1).blocks()
    with pytest.raises(Forbidden):
        await bot.send_message(1, "x")
    world.user(1).unblocks()
    await bot.send_message(1, "x")
    with pytest.raises(BadRequest, match="not found"):
        await bot.send_message(2, "x")
    world.group(-5).migrates(-1005, world.user(1))
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-5, "x")
    assert caught.value.new_chat_id == -1005


async def test_updates_come_until_they_are_confirmed(bot: TelegramBot, world: FakeTelegram) -> None:
    numbers = [world.user(1).writes(text) for text in "一二三"]
    for _ in range(2):
        assert [item["update_id"] for item in await bot.fetch(0, 0, ())] == numbers
    assert [item["update_id"] for item in await bot.fetch(numbers[1], 0, ())] == numbers[1:]
    world.repeat([{"update_id": numbers[0]}])
    assert [item["update_id"] for item in await bot.fetch(numbers[2] + 1, 0, ())] == numbers[:1]


async def test_polling_and_a_webhook_exclude_each_other(bot: TelegramBot) -> None:
    await bot.set_webhook("https://x.example/")
    with pytest.raises(Conflict):
        await bot.fetch(0, 0, ())
    await bot.delete_webhook()
    assert await bot.fetch(0, 0, ()) == []


async def test_faults_look_as_the_library_makes_them(bot: TelegramBot, world: FakeTelegram) -> None:
    ann = world.user(1)
    world.faults.next(
        "sendMessage", network(httpx.ReadTimeout, accepted=True), network(httpx.ReadError), gateway()
    )
    with pytest.raises(TimedOut) as caught:
        await bot.send_message(1, "x")
    assert isinstance(caught.value.__cause__, httpx.ReadTimeout)
    assert ann.sees() == ["x"]
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(1, "y")
    world.faults.always("sendMessage", limited(3))
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "y")
    world.faults.always("sendMessage", None)
    await bot.send_message(1, "z")
    assert ann.sees() == ["x", "z"]


async def test_another_token_is_refused(world: FakeTelegram) -> None:
    other = build_telegram("1:another", request=world.request, updates_request=world.request)
    with pytest.raises(InvalidToken):
        await other.get_me()


async def test_a_button_that_cannot_be_seen_cannot_be_tapped(bot: TelegramBot, world: FakeTelegram) -> None:
    await bot.send_message(1, "x", reply_markup=_keys())
    with pytest.raises(AssertionError, match="键"):
        world.user(1).taps("别的")
