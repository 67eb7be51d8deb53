"""Chats with several people: who may decide, and who did what."""

import pytest

from bot.messages import Audience, Incoming, Place, Reply
from tests.bot.talks import LISTED, Desk, headline, text_of

GROUP = "telegram:-5"


async def _says(desk: Desk, text: str = "", *, tap: str | None = None, manages: bool = False) -> Reply:
    return await desk.assistant.respond(
        Incoming(
            GROUP,
            desk.now,
            text=None if tap else text,
            tap=tap,
            sender="7",
            name="张三",
            may_manage=manages,
            audience=Audience.EVERYONE,
            place=Place(),
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "/settings",
        "/forget",
        "/company",
        "删除我的资料",
        "/export",
        "/feed",
        "/unsubscribe",
        "别再提醒我们了",
    ],
)
async def test_only_administrators_decide_for_a_group(desk: Desk, text: str) -> None:
    refusal = await _says(desk, text)
    assert "只有群管理员" in headline(refusal)
    assert len(refusal.blocks) == 1
    assert "只有群管理员" not in text_of(await _says(desk, text, manages=True))


@pytest.mark.parametrize(
    "tap",
    [
        "settings:hour:8",
        "forget",
        "confirm:forget",
        "company:x",
        "invite",
        "lang:en",
        "unsubscribe",
        "feed",
        "feed:revoke",
        "document:feed",
    ],
)
async def test_a_button_does_not_get_around_it(desk: Desk, tap: str) -> None:
    assert "只有群管理员" in headline(await _says(desk, tap=tap))


@pytest.mark.parametrize("text", ["第十条讲什么", "/check", "/deadlines", "/help", "/reminders"])
async def test_everybody_may_ask(desk: Desk, text: str) -> None:
    assert "只有群管理员" not in text_of(await _says(desk, text))


async def test_what_is_refused_leaves_no_trace(desk: Desk) -> None:
    await _says(desk, "/forget")
    await _says(desk, tap="confirm:forget")
    await _says(desk, LISTED)
    assert not (await desk.talk(GROUP)).erase
    assert (await desk.talk(GROUP)).deadlines


async def test_who_pressed_done_is_shown(desk: Desk) -> None:
    await _says(desk, LISTED)
    done = await _says(desk, tap="finish:register")
    assert "操作人：张三" in text_of(done)


async def test_a_choice_of_what_is_done_is_not_yet_done(desk: Desk) -> None:
    await _says(desk, LISTED)
    assert "操作人" not in text_of(await _says(desk, "/done"))


async def test_in_a_private_chat_nobody_signs(desk: Desk) -> None:
    await desk.says(LISTED)
    assert "操作人" not in text_of(await desk.taps("finish:register"))
